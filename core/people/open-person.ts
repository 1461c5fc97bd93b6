import { z } from 'zod';
import type { Case } from '../cases/case.ts';
import { type CaseId, PersonId } from '../id.ts';
import { makeInvitation } from '../invitations/make-invitation.ts';
import { nameDistance } from '../language/name-keys.ts';
import { languages, phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { toLocal } from '../time.ts';
import { defineUseCase } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { nameFrom, placeFrom, yearFrom } from './checked.ts';
import type { Person } from './person.ts';

/**
 * Opens a person with a case, a contact from the first hello [ECSILI], and makes the invitation. A name much like one on
 * file is refused with the number of that case, until it is said to be another person.
 */
export const openPerson = defineUseCase({
  name: 'open-person',
  input: z.object({
    name: z.string().max(200),
    phone: z.string().max(40).optional(),
    birthYear: z.string().max(20),
    language: z.enum(languages),
    placeCode: z.string().max(40),
    technicianIds: z.array(PersonId).max(10).default([]),
    isOtherPerson: z.boolean().default(false),
    /** Whose case it is, when the system opens it; else it is the actor's. */
    coordinatorId: PersonId.optional(),
  }),
  subject: () => ({ id: 'office' }),

  async run({ phone, language, technicianIds, isOtherPerson, coordinatorId, ...typed }, deps) {
    const { store, now, newId, actor } = deps;
    const name = nameFrom(typed.name);
    const birthYear = yearFrom(typed.birthYear, toLocal(now).year);
    const placeCode = placeFrom(typed.placeCode);
    if (!isOtherPerson) await refuseSameName(name, deps);

    const person: Person = {
      id: newId<PersonId>(),
      version: 0,
      role: 'beneficiary',
      name,
      ...(phone ? { phone } : {}),
      birthYear,
      language,
      isLanguageChosen: false,
      status: 'invited',
      accounts: [],
      epoch: 1,
      placeCode,
      hasStopped: false,
      createdAt: now,
    };
    const opened: Case = {
      id: newId<CaseId>(),
      version: 0,
      number: `C-${await store.counters.next('case')}`,
      placeCode,
      personId: person.id,
      coordinatorId: PersonId.parse(actor.id ?? coordinatorId),
      technicianIds,
      stage: 'intake',
      openedAt: now,
    };
    await store.people.insert(person);
    await store.cases.insert(opened);
    const { invitation, code, events } = await makeInvitation(person, 'access', deps);
    const caseOpened = {
      type: 'case.opened' as const,
      about: { kind: 'case', id: opened.id as string },
      caseId: opened.id as string,
      personId: person.id,
      coordinatorId: opened.coordinatorId,
      technicianIds,
    };
    return { events: [caseOpened, ...events], result: { person, case: opened, invitation, code } };
  },
});

/** How far apart two names may be and still be one, by `nameDistance`. */
const sameName = 0.3;

async function refuseSameName(name: string, { store }: Deps): Promise<void> {
  for (const other of await store.people.named(name)) {
    if (other.role !== 'beneficiary' || nameDistance(name, other.name) > sameName) continue;
    const known = await store.cases.ofPerson(other.id);
    if (known) throw new Refusal(phrase('people:sameName', { caseRef: known.number }));
  }
}
