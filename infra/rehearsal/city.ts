import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { movableClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { connectMongo } from '../mongo.ts';
import { seededIds } from '../new-id.ts';
import { makeSeal } from '../seal.ts';
import type { Servers } from '../setup/servers.ts';
import { slackChat, telegramChat } from '../start-chats.ts';
import { type House, type HouseOptions, openHouse } from '../start-house.ts';
import { deskActs, phoneActs } from './acts.ts';
import { type Clockwork, clockwork } from './clockwork.ts';
import { clockOf, insideOf, insideUnreachable } from './inside.ts';
import { cityPeople, cityPerson } from './people.ts';
import { cityBegins, seedCity } from './seed.ts';
import type { CityState, DeskState, InsideState } from './shapes.ts';
import { type StandIns, startStandIns } from './stand-ins.ts';
import { type Troubles, troublesOf } from './troubles.ts';
import type { City } from './web.ts';
import type { CityEvent } from './web-actions.ts';

export type RunningCity = City & {
  house(): House;
  clockwork(): Clockwork;
  standIns(): StandIns;
  settle(): Promise<void>;
  /** The program ends and starts again on the same database, as after an update; the people notice nothing. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

type CityWishes = {
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

type Whole = {
  house: House;
  standIns: StandIns;
  clockwork: Clockwork;
  clock: ReturnType<typeof movableClock>;
  names: Map<string, string>;
  onDuty: Set<string>;
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** The rehearsal city: the stand-ins of both chats, the real bots on real databases, invented people, a clock that can be moved. */
export async function openCity(wishes: CityWishes): Promise<RunningCity> {
  const listeners = new Set<(event: CityEvent) => void>();
  let number = 0;
  const tell = (name: CityEvent['name'], state: unknown, id?: string) => {
    number += 1;
    for (const listener of listeners) listener({ number, name, state, ...(id ? { id } : {}) });
  };
  const show = {
    phone: (userId: number) =>
      later(`phone-${userId}`, () => tell('phone', whole.standIns.telegram.user(userId).state(), idOf(String(userId)))),
    desk: (userId: string) => later(`desk-${userId}`, () => tell('desk', deskOf(userId), idOf(userId))),
  };
  /** What Slack shows, with what a colleague at the next desk would know. */
  const deskOf = (userId: string): DeskState => {
    const person = whole.standIns.slack.user(userId);
    const { lastProblem: problem } = person;
    return {
      ...person.state(),
      isOnDuty: whole.onDuty.has(idOf(userId)),
      shortcuts,
      problem: problem && { at: new Date(problem.at).toISOString(), text: problem.says },
    };
  };
  let whole = await build(wishes, show);
  const troubles: Troubles = troublesOf(() => whole.standIns, wishes.servers);
  const inside = async (): Promise<InsideState> => {
    const list = troubles.list();
    if (list.some(({ name, isOn }) => name === 'databaseOff' && isOn)) return insideUnreachable(list);
    return insideOf(whole.house.world, list, whole.names).catch(() => insideUnreachable(list));
  };
  const clockState = () => clockOf(whole.house.world, whole.clockwork.isMoving(), whole.names);
  const ticker = ticking(async () => {
    await noteDuty(whole, show.desk);
    tell('inside', await inside());
    tell('clock', await clockState());
  }, 500);

  const city: RunningCity = {
    house: () => whole.house,
    clockwork: () => whole.clockwork,
    standIns: () => whole.standIns,
    settle: () => settled(whole),
    restart: () => whole.restart(),
    async state(): Promise<CityState> {
      const phones = Object.fromEntries(
        cityPeople
          .filter(({ place }) => place === 'phone')
          .map(({ id, account }) => [id, whole.standIns.telegram.user(Number(account)).state()]),
      );
      const desks = Object.fromEntries(
        cityPeople.filter(({ place }) => place === 'desk').map(({ id, account }) => [id, deskOf(account)]),
      );
      return {
        number,
        starting: [],
        people: cityPeople,
        phones,
        desks,
        inside: await inside(),
        clock: await clockState(),
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    phone: phoneActs((id) => whole.standIns.telegram.user(Number(cityPerson(id).account))),
    desk: deskActs((id) => whole.standIns.slack.user(cityPerson(id).account)),
    clock: {
      next: () => settled(whole).then(() => whole.clockwork.next()),
      forward: (minutes) => settled(whole).then(() => whole.clockwork.forward(minutes)),
      to: (iso) => settled(whole).then(() => whole.clockwork.moveTo(new Date(iso))),
    },
    trouble: (name, isOn) => troubles.set(name, isOn),
    async reset() {
      await troubles.clear();
      await whole.close();
      whole = await build(wishes, show);
      tell('reset', null);
    },
    async file(kind, id) {
      const file = kind === 'telegram' ? whole.standIns.telegram.file(id) : undefined;
      return file ? { bytes: file.bytes, mimetype: file.mimeType ?? 'application/octet-stream' } : null;
    },
    async stop() {
      ticker.stop();
      await troubles.clear();
      await whole.close();
    },
  };
  return city;
}

/** Everything of one run of the city, on a fresh database. */
async function build(
  { servers, log, wake, databaseName, isFrozen, alarmUrl, begins = cityBegins }: CityWishes,
  show: { phone: (id: number) => void; desk: (id: string) => void },
): Promise<Whole> {
  const name = databaseName ?? `city_${randomBytes(6).toString('hex')}`;
  const clock = movableClock(begins, { isFrozen: isFrozen ?? false });
  const standIns = await startStandIns(clock, show);
  const connection = await connectMongo(servers.mongodbUri, name);
  const { telegram, slack } = standIns;
  const options: HouseOptions = {
    connection,
    seal: makeSeal(randomBytes(32)),
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
      await telegramChat(world, { token: telegram.token, apiRoot: telegram.url, webhook: undefined }, log),
      await slackChat(
        world,
        { botToken: slack.botToken, apiUrl: slack.apiUrl, way: { kind: 'socket', appToken: slack.appToken } },
        log,
      ),
    ],
  };
  const house = await openHouse(options);
  const people = await seedCity(house.world);
  const names = new Map([...people].map(([id, person]) => [person.id as string, cityPerson(id).shortName]));
  for (const one of await house.world.store.cases.find({})) names.set(one.id, one.number);
  const work = clockwork(house, clock);
  const whole: Whole = {
    house,
    standIns,
    clock,
    names,
    onDuty: new Set(),
    clockwork: work,
    async restart() {
      await whole.house.stop();
      whole.house = await openHouse(options);
      whole.clockwork = clockwork(whole.house, clock);
    },
    async close() {
      await whole.house.stop();
      await standIns.close();
      await connection.dropDatabase().catch(() => {});
      await connection.close();
    },
  };
  await liveIn(whole);
  return whole;
}

/** Who is on duty now, by the roster; a change is shown. */
async function noteDuty({ house, names, onDuty }: Whole, show: (userId: string) => void): Promise<void> {
  const slots = await house.world.store.duty.at(house.world.clock.wall());
  const now = new Set(
    slots.map(({ personId }) => cityPeople.find(({ shortName }) => shortName === names.get(personId))?.id ?? ''),
  );
  for (const { id, account, place } of cityPeople) {
    if (place !== 'desk' || now.has(id) === onDuty.has(id)) continue;
    if (now.has(id)) onDuty.add(id);
    else onDuty.delete(id);
    show(account);
  }
}

/** Everybody has used the bot before this morning: the phones show their keyboards, the workspace its home. */
async function liveIn(whole: Whole): Promise<void> {
  const { telegram, slack } = whole.standIns;
  for (const { place, account } of cityPeople) {
    if (place === 'phone') telegram.user(Number(account)).start();
    else slack.user(account).opensHome();
  }
  await settled(whole);
  for (const { place, account } of cityPeople) if (place === 'phone') telegram.user(Number(account)).reads();
}

/** Waits until what people just did has arrived and nothing is left to do. */
async function settled({ standIns, clockwork: work, house }: Whole): Promise<void> {
  for (let round = 0; round < 100; round++) {
    await standIns.slack.quiet();
    const onTheWay = standIns.telegram.pendingUpdates();
    await work.settle();
    const waiting = (await house.world.store.mailbox.waiting(house.world.clock.wall())).length;
    if (onTheWay === 0 && waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Message shortcuts of the app's manifest. */
const shortcuts = readManifest().features.shortcuts.map(({ callback_id: callbackId, name }) => ({ callbackId, name }));

function readManifest(): { features: { shortcuts: { callback_id: string; name: string }[] } } {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'bots', 'slack', 'manifest.json'), 'utf8'));
}

const idOf = (account: string): string => cityPeople.find((person) => person.account === account)?.id ?? account;

const waiting = new Map<string, NodeJS.Timeout>();

/** Several changes in one moment are told once. */
function later(key: string, tell: () => void): void {
  if (waiting.has(key)) return;
  waiting.set(
    key,
    setTimeout(() => {
      waiting.delete(key);
      try {
        tell();
      } catch {
        // The city is being rebuilt; the page fetches everything again.
      }
    }, 15),
  );
}

function ticking(work: () => Promise<void>, everyMs: number) {
  let isStopped = false;
  const next = async () => {
    if (isStopped) return;
    await work().catch(() => {});
    setTimeout(next, everyMs).unref();
  };
  void next();
  return {
    stop() {
      isStopped = true;
    },
  };
}
