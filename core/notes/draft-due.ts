import { CaseId, type PersonId } from '../id.ts';
import type { Looks } from '../world.ts';
import { sheetDueAt } from './note.ts';

/** A visit report that was begun and left: the visit has been, so its report has a term [GUIDE g044]. */
export type DraftDue = { run: string; caseId: CaseId; dueAt: Date };

/** A form as far as its term goes: which, which filling-in, what was answered so far. */
type Begun = { name: string; run: string; answers: Record<string, unknown> };

/** The form of a visit report, and the fields of it that tell when it is due. */
export const visitReport = { form: 'visit-report', case: 'case', when: 'when' } as const;

/** The draft of this filling-in, if it still waits in one of the person's talks. */
export async function draftOf(personId: PersonId, run: string, deps: Looks): Promise<DraftDue | undefined> {
  const talks = await deps.store.conversations.find({ personId });
  const open = talks.flatMap(({ form, drafts }) => (form ? [form, ...drafts] : drafts)).find((one) => one.run === run);
  return open && draftDue(open, deps);
}

/** When the report of a draft is due; `undefined` before case and hour of the visit are known. */
export function draftDue({ name, run, answers }: Begun, { settings }: Pick<Looks, 'settings'>): DraftDue | undefined {
  const caseId = CaseId.safeParse(answers[visitReport.case]).data;
  const visited = answers[visitReport.when];
  if (name !== visitReport.form || !caseId || typeof visited !== 'string' || !visited) return undefined;
  return { run, caseId, dueAt: sheetDueAt(new Date(visited), settings) };
}

/** Key of the timer that reminds of a draft. */
export const draftKey = (run: string): string => `draft-${run}`;
