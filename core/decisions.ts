import type { PersonId } from './id.ts';
import { type UseCaseName, useCases } from './permissions.ts';
import { phrase } from './phrase.ts';
import { Refusal } from './refusal.ts';
import type { Actor } from './use-case.ts';
import type { Deps } from './world.ts';

type Decided = {
  id?: string | undefined;
  caseId?: string | undefined;
  coordinatorId?: PersonId | undefined;
  decidedBy?: PersonId | undefined;
};

/** What a role decides, whoever the case belongs to: a technician hears the role and the name [GUIDE g078, g098]. */
const decidedByRole = new Set<UseCaseName>([
  'close-alert',
  'validate-note',
  'return-note',
  'assign-technician',
  'book-appointment',
]);

/** The refusal of a right: whose decision it is, by name, so that a prepared request can be offered (domain 4) [GUIDE]. */
export async function decisionOf(
  useCase: UseCaseName,
  subject: Decided,
  deps: Deps & { actor: Actor },
): Promise<Refusal> {
  const decidedBy = subject.decidedBy ?? subject.coordinatorId ?? (await ownCoordinator(deps));
  const decider = decidedBy && decidedBy !== deps.actor.id ? await deps.store.people.get(decidedBy) : undefined;
  if (!decider) return new Refusal(phrase('refusals:notYours'));
  const caseNumber = await caseNumberOf(useCase, subject, deps);
  if (deps.actor.roles.includes('beneficiary'))
    return new Refusal(phrase('refusals:beneficiary', { name: decider.name }), decider.id, caseNumber);
  if (decidedByRole.has(useCase))
    return new Refusal(
      phrase('refusals:notYourRole', { role: phrase(`general:role.${decider.role}`), name: decider.name }),
      decider.id,
      caseNumber,
    );
  return new Refusal(phrase('refusals:notYourCase', { name: decider.name }), decider.id, caseNumber);
}

async function ownCoordinator({ actor, store }: Deps & { actor: Actor }): Promise<PersonId | undefined> {
  return actor.id && (await store.people.get(actor.id))?.coordinatorId;
}

async function caseNumberOf(
  useCase: UseCaseName,
  { id, caseId }: Decided,
  { store }: Deps,
): Promise<string | undefined> {
  const known = useCases[useCase] === 'case' ? id : caseId;
  return known && (await store.cases.get(known))?.number;
}
