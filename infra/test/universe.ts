import type { Connection } from 'mongoose';
import type { Case } from '#core/cases/case.ts';
import { execute, inStep, type Outcome } from '#core/execute.ts';
import type { CaseId, DutyId, PersonId } from '#core/id.ts';
import { askerFor, system } from '#core/people/actor.ts';
import type { Person } from '#core/people/person.ts';
import type { UseCaseName } from '#core/permissions.ts';
import type { PersonRole } from '#core/roles.ts';
import type { UseCase } from '#core/use-case.ts';
import type { World } from '#core/world.ts';
import { onDue } from '#jobs/on-due.ts';
import { runDue, type TimerWork } from '#jobs/timers.ts';
import { type MovableClock, movableClock } from '../clock.ts';
import { erasePerson } from '../erase-person.ts';
import { masterKeysOf } from '../master-keys.ts';
import { buildIndexes, connectMongo } from '../mongo.ts';
import { seededIds } from '../new-id.ts';
import { quietWorld } from '../quiet-world.ts';
import { linked } from './linked.ts';
import { testPlace } from './place.ts';
import { raisedLimits } from './raised-limits.ts';

export type Universe = {
  world: World;
  clock: MovableClock;
  connection: Connection;
  person(role: PersonRole, name: string, more?: Partial<Person>): Promise<Person>;
  case(of: Person, coordinator: Person, technicians?: Person[], more?: Partial<Case>): Promise<Case>;
  onDuty(person: Person, hours?: number): Promise<void>;
  lastResort(...people: Person[]): Promise<void>;
  as<N extends UseCaseName, I, R>(
    who: Person | 'system',
    useCase: UseCase<N, I, R>,
    input: NoInfer<I>,
  ): Promise<Outcome<R>>;
  /** Moves the clock and does everything that falls due on the way, in order. */
  fastForward(minutes: number): Promise<void>;
  close(): Promise<void>;
};

/** Monday 23 November 2026, 8:00 in Bucharest. */
export const monday = new Date('2026-11-23T06:00:00Z');

/** The master key of every universe. */
export const universeKey = Buffer.alloc(32, 7);

/** A small universe for tests of rules: real MongoDB, a clock that stands still, seeded ids, named people. */
export const openUniverse = async (from = monday, limits = raisedLimits): Promise<Universe> =>
  universeOn(await connectMongo(testPlace().mongodbUri), from, limits);

/** The same with an empty database, for a file that opens one before each test. */
export async function openFreshUniverse(from = monday, limits = raisedLimits): Promise<Universe> {
  const connection = await connectMongo(testPlace().mongodbUri);
  await emptied(connection);
  return universeOn(connection, from, limits);
}

/** A sixth of what dropping it costs, as its collections and indexes need not be made again. */
async function emptied({ db }: Connection): Promise<void> {
  const collections = (await db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
  await Promise.all(collections.map(({ name }) => db?.collection(name).deleteMany({})));
}

async function universeOn(connection: Connection, from: Date, limits: typeof raisedLimits): Promise<Universe> {
  const clock = movableClock(from, { isFrozen: true });
  const newId = seededIds(testPlace().databaseName);
  const quiet = await quietWorld(connection, clock, masterKeysOf(universeKey));
  const { store } = quiet;
  const world: World = { ...quiet, newId, settings: async () => ({ ...(await store.office.settings()), limits }) };
  await buildIndexes(store);
  let count = 0;
  const work: TimerWork = {
    world,
    onDue,
    outside: { 'erase-person': (timer) => erasePerson({ world, connection, folders: [] }, timer) },
    onError: (id, error) => {
      throw new Error(`timer ${id}`, { cause: error });
    },
  };

  const universe: Universe = {
    world,
    clock,
    connection,
    async person(role, name, more = {}) {
      const key = String(1000 + ++count);
      const who = { id: newId<PersonId>(), role, name, channel: 'telegram' as const, key, at: clock.wall() };
      const person = linked(who, more);
      await store.people.insert(person);
      return person;
    },
    async case(of, coordinator, technicians = [], more = {}) {
      const one: Case = {
        id: newId<CaseId>(),
        version: 0,
        number: `C-${++count}`,
        placeCode: 'AR-07',
        personId: of.id,
        coordinatorId: coordinator.id,
        technicianIds: technicians.map(({ id }) => id),
        stage: 'monitoring',
        openedAt: clock.wall(),
        ...more,
      };
      await store.cases.insert(one);
      return one;
    },
    onDuty: (person, hours = 24 * 7) =>
      store.duty.insert({
        id: newId<DutyId>(),
        version: 0,
        personId: person.id,
        from: clock.wall(),
        to: new Date(clock.wall().getTime() + hours * 3_600_000),
      }),
    async lastResort(...people) {
      await store.office.put({ ...(await store.office.get()), lastResort: people.map(({ id }) => id) });
    },
    as: async (who, useCase, input) => {
      const actor =
        who === 'system' ? system : await askerFor(await store.people.must(who.id), { store, now: clock.wall() });
      return inStep(world, `test-${++count}`, (step) => execute(step, useCase, { actor, input }));
    },
    async fastForward(minutes) {
      const until = new Date(clock.wall().getTime() + minutes * 60_000);
      for (;;) {
        const next = await nextDue(world);
        if (!next || next > until) break;
        clock.moveTo(next);
        await runDue(work);
      }
      clock.moveTo(until);
    },
    close: () => connection.close(),
  };
  return universe;
}

/** The next instant at which something falls due. */
export async function nextDue({ store }: World): Promise<Date | undefined> {
  const alert = await store.alerts.nextDue();
  const timer = (await store.timers.waiting(1))[0];
  return [alert?.nextStepAt, timer?.dueAt]
    .filter((at) => at !== undefined)
    .sort((a, b) => a.getTime() - b.getTime())[0];
}
