import { z } from 'zod';
import { CaseId, PersonId, RequestId } from '../id.ts';
import { type Phrase, phrase } from '../phrase.ts';
import { type UseCaseName, useCases } from '../permissions.ts';
import type { Looks } from '../world.ts';

/** What somebody may not do alone, asked of whoever decides it: prepared by the program, sent by a human (domain 4) [GUIDE]. */
export const PreparedRequest = z.object({
  id: RequestId,
  version: z.number().int(),
  /** For example R-7. */
  number: z.string(),
  askedBy: PersonId,
  decidedBy: PersonId,
  /** The use case that was refused; empty when it is not known any more. */
  useCase: z.string(),
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
export const refOfRequest = async ({ caseId, number }: PreparedRequest, { store }: Pick<Looks, 'store'>): Promise<string> =>
  (caseId && (await store.cases.get(caseId))?.number) || number;

/** The prepared text: what is asked for, with the case. It carries no name and no story. */
export function preparedText(useCase: string, caseRef: string | undefined): Phrase {
  const what = whatOf(useCase);
  if (what === 'access' && caseRef) return phrase('refusals:prepared.access', { caseRef });
  return phrase('refusals:prepared.other', { what: phrase(`refusals:what.${what}`) });
}

type What = 'access' | 'closeAlert' | 'alert' | 'note' | 'appointment' | 'assign' | 'message' | 'people' | 'other';

function whatOf(useCase: string): What {
  const named = byName[useCase as UseCaseName];
  return named ?? byKind[useCases[useCase as UseCaseName]] ?? 'other';
}

const byName: Partial<Record<UseCaseName, What>> = { 'close-alert': 'closeAlert', 'assign-technician': 'assign', 'book-appointment': 'appointment', 'ask-for-appointment': 'appointment' };
const byKind: Partial<Record<string, What>> = { case: 'access', alert: 'alert', note: 'note', appointment: 'appointment', message: 'message', person: 'people', office: 'people', invitation: 'people' };

/** Whether agreeing to it is done by giving the case to the technician who asks. */
export const isForAccess = ({ useCase }: PreparedRequest): boolean => whatOf(useCase) === 'access';

/** A use case as the small number of a button: made from its name, as an index would mean another one after the table has grown. */
export const codeOfUseCase = (name: string): number => [...name].reduce((code, sign) => (code * 31 + (sign.codePointAt(0) ?? 0)) % 65_521, 7);

export const useCaseOfCode = (code: number): UseCaseName | undefined => (Object.keys(useCases) as UseCaseName[]).find((name) => codeOfUseCase(name) === code);
