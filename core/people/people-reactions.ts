import type { Lane } from '../delivery/outbox.ts';
import type { PersonId } from '../id.ts';
import { invitationReactions } from '../invitations/invitation-reactions.ts';
import type { Message } from '../message.ts';
import { officeReactions } from '../office/office-reactions.ts';
import { phrase, words } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import { contactsOf } from './contact.ts';
import type { PeopleEvents } from './people-events.ts';
import type { Person } from './person.ts';

/** Who hears of a change of people: the contact of the person, the two whom a new bond concerns. */
export const peopleReactions: Reactions<PeopleEvents> = {
  ...invitationReactions,
  ...officeReactions,
  'staff.entered': () => [],
  'case.opened': async (event, deps) => [
    ...(await assigned(event.technicianIds, event.caseId, deps)),
    { do: 'home', of: event.coordinatorId },
  ],
  'language.chosen': ({ personId }) => [{ do: 'home', of: personId }],
  'writing.stopped': ({ personId }, deps) =>
    told(personId, 'waiting', (caseRef) => ({ lines: [phrase('people:notice.stopped', { caseRef })] }), deps),
  'writing.resumed': () => [],
  'account.unlinked': ({ personId }, deps) =>
    told(personId, 'waiting', (caseRef) => wrongPerson(personId, caseRef), deps),
  'coordinator.named': async ({ technicianId, coordinatorId, formerId }, deps) => {
    const [technician, coordinator] = [
      await deps.store.people.must(technicianId),
      await deps.store.people.must(coordinatorId),
    ];
    const former: Reaction[] = formerId ? [{ do: 'home', of: formerId }] : [];
    return [
      say(coordinatorId, { lines: [phrase('people:notice.newTechnician', { name: technician.name })] }),
      say(technicianId, {
        lines: [phrase('people:notice.newCoordinator', { name: coordinator.name })],
        buttons: [[{ label: phrase('general:button.more'), action: 'more' }]],
      }),
      { do: 'home', of: coordinatorId },
      ...former,
    ];
  },
  'technicians.assigned': async (event, deps) => [
    ...(await assigned(event.added, event.caseId, deps)),
    ...(await removed(event.removed, event.caseId, deps)),
    { do: 'home', of: event.coordinatorId },
  ],
  'access.closed': async ({ personId, heirId }, { store }) => {
    const { phone } = await store.office.get();
    return [
      say(personId, { lines: [phrase('people:notice.accessClosed', { phone: words(phone ?? '—') })] }),
      ...(heirId ? inherits(heirId, await store.people.must(personId)) : []),
    ];
  },
  'account.cut': async ({ personId, isLast }, deps) => {
    if (!isLast) return [say(personId, { lines: [phrase('people:notice.accountCut')] }), { do: 'home', of: personId }];
    return told(personId, 'waiting', (caseRef) => lostChat(personId, caseRef), deps);
  },
};

const say = (to: PersonId, message: Message, lane: Lane = 'waiting'): Reaction => ({ do: 'tell', to, message, lane });

/** The contact of a person is told, with the case number; for staff, who have none, with the name. */
async function told(
  personId: PersonId,
  lane: Lane,
  message: (caseRef: string) => Message,
  deps: ReactionDeps,
): Promise<Reaction[]> {
  const person: Person = await deps.store.people.must(personId);
  const known = await deps.store.cases.ofPerson(personId);
  const contacts = await contactsOf(personId, deps);
  return contacts.flatMap((to) => [
    say(to, message(known?.number ?? person.name), lane),
    { do: 'home', of: to } as const,
  ]);
}

/** Everything of somebody who left comes to one colleague, and they know it. */
const inherits = (heirId: PersonId, { name }: Person): Reaction[] => [
  say(heirId, { lines: [phrase('people:notice.inherited', { name })] }),
  { do: 'home', of: heirId },
];

const lostChat = (personId: PersonId, who: string): Message => ({
  lines: [phrase('people:notice.chatCut', { who })],
  buttons: [[{ label: phrase('invitations:button.reissue'), action: 'people.reissue', subject: personId }]],
});

const wrongPerson = (personId: PersonId, caseRef: string): Message => ({
  lines: [phrase('people:notice.wrongPerson', { caseRef })],
  buttons: [[{ label: phrase('invitations:button.reissue'), action: 'people.reissue', subject: personId }]],
});

async function assigned(
  technicianIds: PersonId[],
  caseId: string | undefined,
  deps: ReactionDeps,
): Promise<Reaction[]> {
  return toTechnicians(
    technicianIds,
    caseId,
    (caseRef, name) => ({ lines: [phrase('work:notice.assigned', { caseRef, name })] }),
    deps,
  );
}

async function removed(technicianIds: PersonId[], caseId: string | undefined, deps: ReactionDeps): Promise<Reaction[]> {
  return toTechnicians(
    technicianIds,
    caseId,
    (caseRef, name) => ({ lines: [phrase('work:notice.unassigned', { caseRef, name })] }),
    deps,
  );
}

async function toTechnicians(
  ids: PersonId[],
  caseId: string | undefined,
  message: (caseRef: string, name: string) => Message,
  { store }: ReactionDeps,
): Promise<Reaction[]> {
  const { number, coordinatorId } = await store.cases.must(caseId ?? '');
  const { name } = await store.people.must(coordinatorId);
  return ids.flatMap((of) => [say(of, message(number, name)), { do: 'home', of } as const]);
}
