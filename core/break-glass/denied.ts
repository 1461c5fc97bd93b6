import { type Ability, may } from '../ability.ts';
import type { DomainEvent } from '../events.ts';
import { type UseCaseName, useCases } from '../permissions.ts';
import { isStaff } from '../roles.ts';
import type { Actor } from '../use-case.ts';
import type { Deps } from '../world.ts';

type Wanted = { id?: string | undefined; caseId?: string | undefined };

/** A reading that was refused to somebody of the office, or to a partner, because the case is not theirs; `undefined` for anything else. */
export async function deniedReading(
  useCase: UseCaseName,
  wanted: Wanted,
  { actor, ability, store }: Deps & { actor: Actor; ability: Ability },
): Promise<DomainEvent | undefined> {
  if (!useCase.startsWith('read-') || !actor.id || !actor.roles.some((role) => isStaff(role) || role === 'partner'))
    return undefined;
  const caseId = useCases[useCase] === 'case' ? wanted.id : wanted.caseId;
  const one = caseId ? await store.cases.get(caseId) : undefined;
  if (!one || may(ability, 'read-case', one)) return undefined;
  return {
    type: 'case.denied',
    about: { kind: 'case', id: one.id },
    caseId: one.id,
    asked: useCase,
    by: actor.id,
  };
}
