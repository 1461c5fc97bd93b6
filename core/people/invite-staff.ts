import { z } from 'zod';
import type { DomainEvent } from '../events.ts';
import { PersonId } from '../id.ts';
import { makeInvitation } from '../invitations/make-invitation.ts';
import { languages, phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { staffRoles } from '../roles.ts';
import { defineUseCase } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { nameFrom, placeFrom } from './checked.ts';
import type { Person } from './person.ts';

/** Enters somebody on staff and makes their invitation. A technician works only under a coordinator [GUIDE]. */
export const inviteStaff = defineUseCase({
  name: 'invite-staff',
  input: z.object({
    role: z.enum(staffRoles),
    name: z.string().max(200),
    phone: z.string().max(40).optional(),
    language: z.enum(languages),
    placeCode: z.string().max(40).optional(),
    coordinatorId: PersonId.optional(),
  }),
  subject: () => ({ id: 'office' }),

  async run({ role, name, phone, language, placeCode, coordinatorId }, deps) {
    const { store, now, newId } = deps;
    if (role === 'technician') await refuseUnlessCoordinator(coordinatorId, deps);
    const person: Person = {
      id: newId<PersonId>(),
      version: 0,
      role,
      name: nameFrom(name),
      ...(phone ? { phone } : {}),
      language,
      isLanguageChosen: false,
      status: 'invited',
      accounts: [],
      epoch: 1,
      ...(role === 'technician' && coordinatorId ? { coordinatorId } : {}),
      ...(placeCode ? { placeCode: placeFrom(placeCode) } : {}),
      hasStopped: false,
      createdAt: now,
    };
    await store.people.insert(person);
    const { invitation, code, events } = await makeInvitation(person, 'access', deps);
    const about = { about: { kind: 'person', id: person.id as string } };
    const entered: DomainEvent[] = [{ type: 'staff.entered', ...about, personId: person.id, role }];
    if (person.coordinatorId)
      entered.push({
        type: 'coordinator.named',
        ...about,
        technicianId: person.id,
        coordinatorId: person.coordinatorId,
      });
    return { events: [...entered, ...events], result: { person, invitation, code } };
  },
});

/** Only a coordinator who is there, invited or linked, may coordinate. */
export async function refuseUnlessCoordinator(id: PersonId | undefined, { store }: Pick<Deps, 'store'>): Promise<void> {
  const coordinator = id && (await store.people.get(id));
  if (coordinator?.role !== 'coordinator' || coordinator.status === 'left')
    throw new Refusal(phrase('people:needCoordinator'));
}
