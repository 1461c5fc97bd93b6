import { raiseAlert } from '#core/alerts/raise-alert.ts';
import type { OpenForm } from '#core/conversations/conversation-store.ts';
import type { Timer } from '#core/delivery/timer.ts';
import { execute, type Step } from '#core/execute.ts';
import { CaseId, type FileId } from '#core/id.ts';
import { askerFor } from '#core/people/actor.ts';

/** A form on danger to life that was left for three minutes is raised as it stands, by whoever began it (`experience.md` 3). */
export async function raiseAbandoned(step: Step, { id, subject }: Timer): Promise<void> {
  const { store } = step.deps;
  const conversation = await store.conversations.get(subject);
  const form =
    conversation && [conversation.form, ...conversation.drafts].find((one) => one && id === `abandoned-${one.run}`);
  if (!conversation?.personId || !form) return;

  const person = await store.people.must(conversation.personId);
  const actor = await askerFor(person, step.deps);
  await execute(step, raiseAlert, {
    actor,
    input: { level: 'life', observed: spokenIn(form), caseId: CaseId.safeParse(form.answers.case).data },
  });
  const { form: open, ...rest } = conversation;
  await store.conversations.save({
    ...rest,
    ...(open && open.run !== form.run ? { form: open } : {}),
    drafts: conversation.drafts.filter(({ run }) => run !== form.run),
  });
}

function spokenIn({ answers }: OpenForm): { words: string; files: FileId[] } {
  const observed = answers.observed as { words?: string; files?: FileId[] } | undefined;
  return { words: observed?.words ?? '', files: observed?.files ?? [] };
}
