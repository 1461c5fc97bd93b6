import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Seal } from '#core/seal.ts';
import { type MovableClock, movableClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { masterKeysOf } from '../master-keys.ts';
import { connectMongo } from '../mongo.ts';
import { seededIds } from '../new-id.ts';
import { openSeal } from '../seal.ts';
import type { Servers } from '../setup/servers.ts';
import { slackChat, telegramChat } from '../start-chats.ts';
import { type House, type HouseOptions, openHouse } from '../start-house.ts';
import { type Clockwork, clockwork } from './clockwork.ts';
import { cityPeople, cityPerson } from './people.ts';
import { cityBegins, seedCity } from './seed.ts';
import { type StandIns, startStandIns } from './stand-ins.ts';

export type CityWishes = {
  servers: Servers;
  log: Log;
  /** Undefined: nobody is woken, the sweep does it all. */
  wake: 'bullmq' | 'none';
  databaseName?: string;
  /** The clock stands still between moves (tests). */
  isFrozen?: boolean;
  alarmUrl?: string | undefined;
  /** When the city's time begins; a Monday in November unless given. */
  begins?: Date;
};

/** One run of the city, from a fresh database to its end. `names`: people and cases by id, as the page calls them. */
export type Run = {
  house: House;
  standIns: StandIns;
  clockwork: Clockwork;
  names: Map<string, string>;
  /** City names of who has duty, as last told. */
  onDuty: Set<string>;
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** Called when something changed on a phone or on a desk, by account. */
export type Show = { phone: (userId: number) => void; desk: (userId: string) => void };

/** Starts everything of one run of the city, on a fresh database. */
export async function startRun(wishes: CityWishes, show: Show): Promise<Run> {
  const name = wishes.databaseName ?? `city_${randomBytes(6).toString('hex')}`;
  const clock = movableClock(wishes.begins ?? cityBegins, { isFrozen: wishes.isFrozen ?? false });
  const standIns = await startStandIns(clock, show);
  const connection = await connectMongo(wishes.servers.mongodbUri, name);
  const options = houseOptions(
    name,
    wishes,
    connection,
    clock,
    standIns,
    await openSeal(connection, masterKeysOf(randomBytes(32))),
  );
  const house = await openHouse(options);
  const run: Run = {
    house,
    standIns,
    names: await seededNames(house),
    onDuty: new Set(),
    clockwork: clockwork(house, clock),
    async restart() {
      await run.house.stop();
      run.house = await openHouse(options);
      run.clockwork = clockwork(run.house, clock);
    },
    async close() {
      await run.house.stop();
      await standIns.close();
      await connection.dropDatabase().catch(() => {});
      await connection.close();
    },
  };
  await liveIn(run);
  return run;
}

/** The city's clock is moved: nothing waits there for real seconds. */
export const cityPace = { perSecond: 1000, atOnce: 12, kept: 4 };

/** The real house, with both bots on the stand-ins. */
function houseOptions(
  name: string,
  { servers, log, wake, alarmUrl }: CityWishes,
  connection: Connection,
  clock: MovableClock,
  { telegram, slack }: StandIns,
  seal: Seal,
): HouseOptions {
  return {
    connection,
    seal,
    clock,
    newId: seededIds(name),
    redisUrl: wake === 'bullmq' ? servers.redisUrl : undefined,
    prefix: `{${name}}`,
    sweepMs: wake === 'bullmq' ? 500 : 250,
    log,
    alarmUrl,
    isAlone: true,
    office: { name: 'DAS Arad', phone: '+40257555100', hours: '8:00–16:00', hasTelegram: true, hasSlack: true },
    chats: async (world) => [
      await telegramChat(world, { token: telegram.token, apiRoot: telegram.url, webhook: undefined }, log, cityPace),
      await slackChat(
        world,
        { botToken: slack.botToken, apiUrl: slack.apiUrl, way: { kind: 'socket', appToken: slack.appToken } },
        log,
        cityPace,
      ),
    ],
  };
}

/** Fills the database with the people of the city and their cases. */
async function seededNames({ world }: House): Promise<Map<string, string>> {
  const people = await seedCity(world);
  const names = new Map([...people].map(([id, person]) => [person.id as string, cityPerson(id).shortName]));
  for (const one of await world.store.cases.find({})) names.set(one.id, one.number);
  return names;
}

/** Everybody has used the bot before this morning: the phones show their keyboards, the workspace its home. */
async function liveIn(run: Run): Promise<void> {
  const { telegram, slack } = run.standIns;
  for (const { place, account } of cityPeople) {
    if (place === 'phone') telegram.user(Number(account)).start();
    else slack.user(account).opensHome();
  }
  await settled(run);
  for (const { place, account } of cityPeople) if (place === 'phone') telegram.user(Number(account)).reads();
}

/** Waits until what people just did has arrived and nothing is left to do. */
export async function settled({ standIns, clockwork: work, house }: Run): Promise<void> {
  for (let round = 0; round < 100; round++) {
    await standIns.slack.quiet();
    const onTheWay = standIns.telegram.pendingUpdates();
    await work.settle();
    const waiting = (await house.world.store.mailbox.waiting(house.world.clock.wall())).length;
    if (onTheWay === 0 && waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
