import { execute, inStep } from '#core/execute.ts';
import type { PersonId } from '#core/id.ts';
import { system } from '#core/people/actor.ts';
import { inviteStaff } from '#core/people/invite-staff.ts';
import type { Person } from '#core/people/person.ts';
import type { PersonRole } from '#core/roles.ts';
import { fromLocal, isWorkingDay, toLocal } from '#core/time.ts';
import type { World } from '#core/world.ts';
import type { WatchChat } from '#jobs/probe.ts';
import { movableClock } from '../clock.ts';
import { masterKeysOf } from '../master-keys.ts';
import { connectMongo } from '../mongo.ts';
import { seededIds } from '../new-id.ts';
import { cityPace } from '../rehearsal/city-run.ts';
import { clockwork } from '../rehearsal/clockwork.ts';
import { openSeal } from '../seal.ts';
import { slackChat, telegramChat } from '../start-chats.ts';
import { openHouse } from '../start-house.ts';
import { openBothChats, type Someone } from './both-chats.ts';
import { linked } from './linked.ts';
import { testPlace } from './place.ts';
import { heardLog, refuseLeaks } from './planted.ts';
import { raiseLimits } from './raised-limits.ts';

type Wishes<N extends string> = {
  people: Record<N, Someone>;
  /** Which bots run; both by default. */
  chats?: ('telegram' | 'slack')[];
  /** Telegram delivers to a port of ours. */
  webhook?: { url: string; secret: string; port: number };
  alarmUrl?: string;
  /** Who gets the synthetic alert of each bot. */
  watchChats?: WatchChat[];
  /** The limits of what one person may send stand as they are. */
  hasLimits?: boolean;
  /** The clock stands still between moves, by default; else it runs on, for what is measured in real time. */
  isFrozen?: boolean;
};

/** An office on an empty database: real bots over real HTTP, people nobody knows yet, a clock that stands still. */
export async function openTestOffice<N extends string>({
  people,
  chats: running = ['telegram', 'slack'],
  webhook,
  alarmUrl,
  watchChats = [],
  hasLimits = false,
  isFrozen = true,
}: Wishes<N>) {
  const place = testPlace();
  const { log, lines } = heardLog('office');
  const clock = movableClock(nextMorning(), { isFrozen });
  const chats = await openBothChats(people, { now: () => clock.wall().getTime() });
  const connection = await connectMongo(place.mongodbUri);
  const { telegram, slack } = chats;
  const has = (chat: 'telegram' | 'slack') => running.includes(chat);
  const house = await openHouse({
    connection,
    seal: await openSeal(connection, masterKeysOf(Buffer.from(place.env.ENCRYPTION_KEY ?? '', 'base64'))),
    clock,
    newId: seededIds(place.databaseName),
    redisUrl: process.env.WAKE === 'bullmq' ? place.redisUrl : undefined,
    prefix: place.prefix,
    sweepMs: 250,
    log,
    alarmUrl,
    watchChats,
    isAlone: true,
    office: {
      name: 'DAS Arad',
      phone: '+40257555100',
      hours: '8:00–16:00',
      hasTelegram: has('telegram'),
      hasSlack: has('slack'),
    },
    chats: async (world) => [
      ...(has('telegram')
        ? [await telegramChat(world, { token: telegram.token, apiRoot: telegram.url, webhook }, log, cityPace)]
        : []),
      ...(has('slack')
        ? [
            await slackChat(
              world,
              { botToken: slack.botToken, apiUrl: slack.apiUrl, way: { kind: 'socket', appToken: slack.appToken } },
              log,
              cityPace,
            ),
          ]
        : []),
    ],
  });
  const work = clockwork(house, clock);

  /** Waits until what people did has arrived and nothing is left to do; what was put off for a moment gets that moment. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 400; round++) {
      await slack.quiet();
      const onTheWay = telegram.pendingUpdates();
      await work.settle();
      if (onTheWay + (await undone()) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  async function undone(): Promise<number> {
    const { mailbox, outbox } = house.world.store;
    const soon = new Date(clock.wall().getTime() + aMoment);
    const putOff = await outbox.find({ state: 'not_sent', dueAt: { $gt: clock.wall(), $lte: soon } }, { limit: 1 });
    if (putOff[0]) clock.moveTo(putOff[0].dueAt);
    const due = [...(await outbox.due('telegram', clock.wall(), 1)), ...(await outbox.due('slack', clock.wall(), 1))];
    return due.length + (await mailbox.waiting(clock.wall())).length;
  }
  const after = async <T>(act: T | Promise<T>): Promise<T> => {
    const done = await act;
    await settle();
    return done;
  };
  if (!hasLimits) await raiseLimits(house.world.store);
  const connected = async () => {
    while (has('slack') && slack.sockets() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await connected();

  return {
    ...chats,
    world: house.world,
    faults: () => house.faults(),
    place,
    settle,
    now: () => toLocal(clock.wall()),
    /** A working day a week ahead. */
    inAWeek: () => workingDay(toLocal(clock.wall()).toPlainDate().add({ days: 7 })),
    /** Somebody with their account linked, without the way there. */
    async onFile(id: N, role: PersonRole, more: Partial<Person> = {}): Promise<PersonId> {
      const { store, newId } = house.world;
      const { name, phone, desk, language = 'ro' } = people[id];
      const account = desk
        ? { channel: 'slack' as const, key: desk }
        : { channel: 'telegram' as const, key: `${phone}` };
      const who = { id: newId<PersonId>(), role, name, ...account, at: clock.wall() };
      await store.people.insert(linked(who, { language, ...more }));
      return who.id;
    },
    /** Enters somebody on staff as the command line does; gives their code. */
    invited: (role: StaffRole, id: N, coordinatorId?: PersonId) =>
      invitedBy(house.world, role, people[id].name, coordinatorId),
    /** Enters somebody on staff, who then links their account with the code. */
    async joins(role: StaffRole, id: N, coordinatorId?: PersonId): Promise<PersonId> {
      const { code, personId } = await invitedBy(house.world, role, people[id].name, coordinatorId);
      await after(people[id].phone ? chats.phone(id).start(code) : chats.says(id, code));
      return personId;
    },
    /** Opens the bot: Start or a link on the phone, the App Home at the desk. */
    opens: (id: N, code = '') => after(people[id].phone ? chats.phone(id).start(code) : chats.desk(id).opensHome()),
    says: (id: N, text: string) => after(chats.says(id, text)),
    taps: (id: N, text: string) => after(chats.taps(id, text)),
    tapsAtHome: (id: N, text: string) => after(chats.tapsAtHome(id, text)),
    tapsInWindow: (id: N, text: string) => after(chats.tapsInWindow(id, text)),
    fills: (id: N, values: Record<string, string>) => after(chats.fills(id, values)),
    /** Lets time pass; everything due on the way happens in its order. */
    async forward(minutes: number) {
      const until = new Date(clock.wall().getTime() + minutes * 60_000);
      await settle();
      while (clock.wall() < until) await work.moveTo(until);
      await settle();
    },
    async stop() {
      await house.stop();
      await chats.close();
      await refuseLeaks(place.mongodbUri, lines, namesOf(people));
      await connection.dropDatabase().catch(() => {});
      await connection.close();
    },
  };
}
export type TestOffice<N extends string> = Awaited<ReturnType<typeof openTestOffice<N>>>;

const namesOf = (people: Record<string, Someone>): string[] =>
  Object.values(people).flatMap(({ name, desk }) => [name, ...(desk ? [desk] : [])]);

const aMoment = 1500;

type StaffRole = Extract<PersonRole, 'technician' | 'coordinator' | 'supervisor' | 'admin'>;

async function invitedBy(
  world: World,
  role: StaffRole,
  name: string,
  coordinatorId?: PersonId,
): Promise<{ code: string; personId: PersonId }> {
  const input = { role, name, language: 'ro' as const, ...(coordinatorId ? { coordinatorId } : {}) };
  const invited = await inStep(
    world,
    `invite:${world.newId<string>()}`,
    (step) => execute(step, inviteStaff, { actor: system, input }),
    true,
  );
  if (invited.is === 'refused') throw new Error(invited.phrase.key);
  return { code: invited.result.code, personId: invited.result.person.id };
}

/** Eight o'clock of the next working day: ahead of the machine's clock, by which the command line counts. */
const nextMorning = (): Date =>
  fromLocal(workingDay(toLocal(new Date()).toPlainDate().add({ days: 1 })).toPlainDateTime('08:00'));

/** This day, or the first one after it on which the office works. */
function workingDay(day: Temporal.PlainDate): Temporal.PlainDate {
  return isWorkingDay(day, []) ? day : workingDay(day.add({ days: 1 }));
}
