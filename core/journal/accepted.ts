import { z } from 'zod';
import type { Store } from '../store.ts';
import { type Finding, isOfHead } from './finding.ts';

/** What looking into a finding has shown. Codes, as nobody's words stand in the journal; the rest is in the papers of the office. */
export const causes = ['bug', 'repair', 'storage', 'tampering'] as const;

/** A place of the journal where something was found, and marks of what lies there: another change there is a new finding. */
export const Judged = z.object({
  chain: z.string(),
  number: z.number().int(),
  marks: z.array(z.string()).min(1),
  because: z.enum(causes),
});
export type Judged = z.infer<typeof Judged>;

/** So many different administrators sign. */
export const signaturesNeeded = 2;

type Journal = Store['journal'];
/** `line`: its number in the chain of the office. */
type At = { at: Date; by?: string | undefined; line: number };

/** What was accepted, the oldest first. Only lines that prove themselves count: one whose type somebody changed accepts nothing. */
export const acceptedIn = (journal: Journal): Promise<(Judged & At)[]> => judgedBy('journal.findingAccepted', journal);

/** The signatures so far. */
export const signedIn = (journal: Journal): Promise<(Judged & At)[]> => judgedBy('journal.findingSigned', journal);

const judgedBy = async (type: string, journal: Journal): Promise<(Judged & At)[]> =>
  (await journal.ofOffice(type)).map(({ fields, at, by, number = 0 }) => ({
    ...Judged.parse(fields),
    at,
    by,
    line: number,
  }));

/** The same place, as it is now. The cause may differ: two people may judge it differently. */
export const isSamePlace = (one: Judged, other: Judged): boolean =>
  one.chain === other.chain && one.number === other.number && one.marks.join() === other.marks.join();

/** Those that nobody has accepted. A head is mended when it is accepted, so one that is found again is a new finding. */
export const notAccepted = (findings: readonly Finding[], accepted: readonly Judged[]): Finding[] =>
  findings.filter(
    ({ fault, chain, number, mark }) =>
      isOfHead(fault) ||
      mark === undefined ||
      !accepted.some((one) => one.chain === chain && one.number === number && one.marks.includes(mark)),
  );
