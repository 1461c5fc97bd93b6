import { z } from 'zod';
import { CaseId, PersonId, RequestId } from '../id.ts';
import { type UseCaseName, useCases } from '../permissions.ts';
import { type Phrase, phrase } from '../phrase.ts';
import type { Looks } from '../world.ts';

/** What somebody may not do alone, asked of whoever decides it: prepared by the program, sent by a human (domain 4) [GUIDE]. */
export const PreparedRequest = z.object({
  id: RequestId,
  version: z.number().int(),
  /** For example R-7. */
  number: z.string(),
  askedBy: PersonId,
  decidedBy: PersonId,
  /** What was refused, by name; empty when it is not known any more. */
  asked: z.string(),
  caseId: CaseId.optional(),
  /** What the asker added. */
  words: z.string(),
  askedAt: z.date(),
  state: z.enum(['waiting', 'agreed', 'declined']),
  answeredBy: PersonId.optional(),
  answeredAt: z.date().optional(),
  reason: z.string().optional(),
});
export type PreparedRequest = z.infer<typeof PreparedRequest>;

/** What every event of a request carries. */
export const aboutRequest = ({ id, caseId }: PreparedRequest) => ({
  about: { kind: 'request', id: id as string },
  caseId: caseId as string | undefined,
  requestId: id,
});

/** The number of its case, else its own. */
export const refOfRequest = async (
  { caseId, number }: PreparedRequest,
  { store }: Pick<Looks, 'store'>,
): Promise<string> => (caseId && (await store.cases.get(caseId))?.number) || number;

/** The prepared text: what is asked for, with the case. It carries no name and no story. */
export function preparedText(asked: string, caseRef: string | undefined): Phrase {
  const what = whatOf(asked);
  if (caseRef && isPrepared(what)) return phrase(`refusals:prepared.${what}`, { caseRef });
  return phrase('refusals:prepared.other', { what: phrase(`refusals:what.${what}`) });
}

type Prepared = 'access' | 'close' | 'refer' | 'plan' | 'service' | 'assess';
type What = Prepared | 'closeAlert' | 'alert' | 'note' | 'appointment' | 'assign' | 'message' | 'people' | 'other';

const prepared: readonly string[] = ['access', 'close', 'refer', 'plan', 'service', 'assess'] satisfies Prepared[];
const isPrepared = (what: What): what is Prepared => prepared.includes(what);

/** By the name of what was refused: a use case, or one of the decisions the program has no use case for yet. */
const whatOf = (asked: string): What => byName[asked] ?? byKind[useCases[asked as UseCaseName]] ?? 'other';

const byName: Partial<Record<string, What>> = {
  'close-alert': 'closeAlert',
  'assign-technician': 'assign',
  'book-appointment': 'appointment',
  'ask-for-appointment': 'appointment',
  'close-case': 'close',
  'refer-case': 'refer',
  'change-plan': 'plan',
  'approve-service': 'service',
  'assess-case': 'assess',
};
const byKind: Partial<Record<string, What>> = {
  case: 'access',
  alert: 'alert',
  note: 'note',
  appointment: 'appointment',
  message: 'message',
  person: 'people',
  office: 'people',
  invitation: 'people',
};

/** Whether agreeing to it is done by giving the case to the technician who asks. */
export const isForAccess = ({ asked }: PreparedRequest): boolean => whatOf(asked) === 'access';

/** What was refused as the small number of a button: made from its name, as an index would mean another one after the table has grown. */
export const codeOfAsked = (name: string): number =>
  [...name].reduce((code, sign) => (code * 31 + (sign.codePointAt(0) ?? 0)) % 65_521, 7);

const askable = [...Object.keys(useCases), ...Object.keys(byName)];
/** The name behind the small number of a button; empty when there is none. */
export const askedOfCode = (code: number): string => askable.find((name) => codeOfAsked(name) === code) ?? '';
