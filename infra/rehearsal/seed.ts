import { bookAppointment } from '#core/appointments/book-appointment.ts';
import { execute, inStep } from '#core/execute.ts';
import type { CaseId, DutyId, PersonId } from '#core/id.ts';
import { askerFor } from '#core/people/actor.ts';
import type { Person } from '#core/people/person.ts';
import { fromLocal } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { cityPeople } from './people.ts';

/** Monday 23 November 2026, 8:00 in Bucharest: when the city begins. */
export const cityBegins = fromLocal(Temporal.PlainDateTime.from('2026-11-23T08:00'));

const phones: Record<string, string> = {
  ioana: '+40257555101',
  andrei: '+40257555102',
  carmen: '+40257555103',
  mihai: '+40740555104',
  irina: '+40740555105',
};

/** Fills an empty database: people with their accounts, cases, the duty roster, a last resort, appointments. What goes through a rule goes through its use case. */
export async function seedCity(world: World): Promise<Map<string, Person>> {
  const people = await seedPeople(world);
  const at = (id: string) => people.get(id) as Person;
  const oksana = await seedCase(world, 'C-07', 'AR-07', at('oksana'), at('ioana'), [at('mihai')]);
  await seedCase(world, 'C-09', 'AR-03', at('serhii'), at('ioana'), [at('irina')]);
  const elena = await seedCase(world, 'C-10', 'AR-07', at('elena'), at('ioana'), [at('mihai')]);
  await seedDuty(world, at('andrei'));
  await world.store.office.put({ ...(await world.store.office.get()), lastResort: [at('carmen').id, at('andrei').id] });
  await book(world, at('ioana'), oksana, '2026-11-24T10:30');
  await book(world, at('ioana'), elena, '2026-11-25T09:00');
  return people;
}

async function seedPeople({ store, newId, clock }: World): Promise<Map<string, Person>> {
  const people = new Map<string, Person>();
  for (const { id, name, role, language, place, account } of cityPeople) {
    const now = clock.wall();
    const person: Person = {
      id: newId<PersonId>(),
      version: 0,
      role,
      name,
      ...(phones[id] ? { phone: phones[id] } : {}),
      ...(role === 'beneficiary' ? { birthYear: 1984 } : {}),
      language,
      isLanguageChosen: true,
      status: 'active',
      accounts: [
        {
          channel: place === 'phone' ? 'telegram' : 'slack',
          key: account,
          address: account,
          linkedAt: now,
          isDead: false,
        },
      ],
      epoch: 1,
      placeCode: 'AR-07',
      hasStopped: false,
      createdAt: now,
    };
    people.set(id, person);
  }
  const ioana = people.get('ioana') as Person;
  for (const [id, person] of people)
    await store.people.insert(person.role === 'technician' ? withCoordinator(people, id, person, ioana) : person);
  return people;
}

function withCoordinator(people: Map<string, Person>, id: string, person: Person, coordinator: Person): Person {
  const coordinated = { ...person, coordinatorId: coordinator.id };
  people.set(id, coordinated);
  return coordinated;
}

async function seedCase(
  { store, newId, clock }: World,
  number: string,
  placeCode: string,
  of: Person,
  coordinator: Person,
  technicians: Person[],
): Promise<CaseId> {
  const id = newId<CaseId>();
  await store.cases.insert({
    id,
    version: 0,
    number,
    placeCode,
    personId: of.id,
    coordinatorId: coordinator.id,
    technicianIds: technicians.map((one) => one.id),
    stage: 'monitoring',
    openedAt: clock.wall(),
  });
  return id;
}

async function seedDuty({ store, newId }: World, person: Person): Promise<void> {
  const from = cityBegins;
  const to = new Date(from.getTime() + 28 * 24 * 3_600_000);
  await store.duty.insert({ id: newId<DutyId>(), version: 0, personId: person.id, from, to });
}

async function book(world: World, by: Person, caseId: CaseId, local: string): Promise<void> {
  const actor = await askerFor(by, { store: world.store, now: world.clock.wall() });
  const startsAt = fromLocal(Temporal.PlainDateTime.from(local));
  const place = { at: 'elsewhere' as const, words: 'str. Mihai Eminescu nr. 12' };
  await inStep(world, `seed:${caseId}`, (step) =>
    execute(step, bookAppointment, { actor, input: { caseId, startsAt, place, bring: '', hasInterpreter: true } }),
  );
}
