import { alertForm, isOnLife } from '#core/alerts/alert-form.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import type { Conversation, OpenForm } from '#core/conversations/conversation-store.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import type { Timer } from '#core/delivery/timer.ts';
import { execute, type Step } from '#core/execute.ts';
import { CaseId, type FileId, type PersonId } from '#core/id.ts';
import type { Message } from '#core/message.ts';
import { askerFor, stranger, system } from '#core/people/actor.ts';
import { phrase } from '#core/phrase.ts';

/**
 * A form on danger to life that was left for three minutes is raised as it stands, by whoever began it, or by the system when they may not any more;
 * any other is asked about, once (`experience.md` 3).
 */
export async function raiseAbandoned(step: Step, { id, subject }: Timer): Promise<void> {
  const { store } = step.deps;
  const conversation = await store.conversations.get(subject);
  const form =
    conversation && [conversation.form, ...conversation.drafts].find((one) => one && id === `abandoned-${one.run}`);
  if (!conversation?.personId || !form) return;
  if (!isOnLife(form)) return recall(step, conversation, conversation.personId, form);

  await raise(step, form, conversation.personId);
  const { form: open, ...rest } = conversation;
  await store.conversations.save({
    ...rest,
    ...(open && open.run !== form.run ? { form: open } : {}),
    drafts: conversation.drafts.filter(({ run }) => run !== form.run),
  });
}

async function raise(step: Step, form: OpenForm, by: PersonId): Promise<void> {
  const { people, cases } = step.deps.store;
  const person = await people.get(by);
  const caseId = CaseId.safeParse(form.answers.case).data;
  const known = caseId && (await cases.get(caseId));
  const input = { level: 'life' as const, observed: spokenIn(form), caseId: known?.id };
  const actor = person ? await askerFor(person, step.deps) : stranger;
  const raised = await execute(step, raiseAlert, { actor, input });
  if (raised.is === 'refused') await execute(step, raiseAlert, { actor: system, input: { ...input, seenBy: by } });
}

/** "You began an alert and did not send it": asked in the chat where it was begun, with the way on and the way out. */
async function recall({ deps, tray }: Step, conversation: Conversation, to: PersonId, form: OpenForm): Promise<void> {
  if (form.answers[alertForm.recalled] !== undefined) return;
  form.answers[alertForm.recalled] = 'yes';
  await deps.store.conversations.save(conversation);
  const person = await deps.store.people.must(to);
  const account = person.accounts.find(({ channel, isDead }) => !isDead && conversation.id.startsWith(`${channel}:`));
  const there = account && { ...account, language: person.language, personId: to, epoch: person.epoch };
  if (there) tray.rows.push(newRow(deps, there, 'urgent', { message: leftUnsent(form) }));
}

const leftUnsent = ({ run: subject }: OpenForm): Message => ({
  lines: [phrase('alerts:call112'), phrase('alerts:leftUnsent')],
  buttons: [
    [
      {
        label: phrase('general:button.continue'),
        action: 'form.resume',
        subject,
        value: 1,
        style: 'primary',
        opensForm: true,
      },
    ],
    [{ label: phrase('alerts:wide.drop'), action: 'form.resume', subject, value: 3 }],
  ],
});

type Seen = { words?: string; files?: FileId[] } | undefined;

function spokenIn({ answers }: OpenForm): { words: string; files: FileId[] } {
  const parts = [answers[alertForm.who], answers[alertForm.observed]] as Seen[];
  return {
    words: parts.flatMap((part) => part?.words || []).join('\n'),
    files: parts.flatMap((part) => part?.files ?? []),
  };
}
