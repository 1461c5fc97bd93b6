import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from '@grammyjs/types';
import { StoreIsSlow } from '#bots/dialogue/within.ts';
import { keepUpdates } from '#bots/telegram/keep-updates.ts';
import type { World } from '#core/world.ts';
import { type Expected, judge, type Verdict } from '../rig/judge.ts';
import { inScene, type Scene } from '../rig/scene.ts';
import type { Chance } from '../rig/seed.ts';
import type { OwnServers } from '../rig/servers.ts';
import { until, untilQuiet } from '../rig/until.ts';
import { wordsKept } from './kept.ts';

const botId = '700100200';

/** An update as Telegram would send it, with an id of our choice. */
const updateOf = (id: number, account: string, text: string): Update => {
  const from = { id: Number(account), is_bot: false, first_name: 'Хтось', language_code: 'uk' };
  const chat = { id: Number(account), type: 'private' as const, first_name: 'Хтось' };
  return { update_id: id, message: { message_id: id, date: 1, chat, from, text } };
};

/** As Telegram does: what was not confirmed in time comes again, each time later, as the receiver waits longer before it asks. */
async function brought(updates: Update[], world: World): Promise<void> {
  for (let waitMs = 200; ; waitMs = Math.min(waitMs * 2, 5000)) {
    try {
      return await keepUpdates(updates, { world, botId });
    } catch (error) {
      if (!(error instanceof StoreIsSlow)) throw error;
      await sleep(waitMs);
    }
  }
}

/** Each update comes many times at once; it has one effect (F1). */
export const sameUpdates = (servers: OwnServers, count: number, copies: number): Promise<Verdict> =>
  inScene({ servers, people: count }, async (scene) => {
    const { house } = await scene.house();
    const updates = scene.cast.beneficiaries.map(({ account }, id) => updateOf(7000 + id, account, 'дякую'));
    const keep = () => brought(updates, house.world);
    await Promise.all(Array.from({ length: copies }, keep));
    await untilQuiet(scene);
    await keep();
    await untilQuiet(scene);
    await scene.end();
    return judge(scene, { expected: onceEach(scene) });
  });

const onceEach = ({ cast }: Scene): Expected[] =>
  cast.beneficiaries.map(({ account: to }) => ({ to, atLeast: 1, atMost: 1 }));

type EndState = { answers: number[]; kept: string[]; alerts: number };

/** The same words in order, and shuffled with ids that fall below all known ones: the same end (F2). */
export async function shuffledUpdates(servers: OwnServers, chance: Chance, count: number): Promise<void> {
  const inOrder = await endOf(servers, count, (updates) => updates);
  const shuffled = await endOf(servers, count, (updates) =>
    chance.shuffled(updates).map((update, place) => ({ ...update, update_id: 900_000 - place })),
  );
  if (JSON.stringify(inOrder) !== JSON.stringify(shuffled))
    throw new Error(
      `another end: ${JSON.stringify(shuffled).slice(0, 300)} is not ${JSON.stringify(inOrder).slice(0, 300)}`,
    );
}

/** In portions, so that later ones meet keys and lanes that are known. */
const portion = 50;

const endOf = (servers: OwnServers, count: number, arrange: (updates: Update[]) => Update[]): Promise<EndState> =>
  inScene({ servers, people: Math.ceil(count / 20) }, async (scene) => {
    const { house } = await scene.house();
    const updates = Array.from({ length: count }, (_, index) => {
      const { account = '' } = scene.cast.beneficiaries[Math.floor(index / 20)] ?? {};
      return updateOf(1_000_000 + index, account, index % 20 === 3 ? 'допоможіть, він мене б’є' : `довідочка${index}`);
    });
    const arranged = arrange(updates);
    while (arranged.length > 0) await brought(arranged.splice(0, portion), house.world);
    await untilQuiet(scene);
    await scene.end();
    await judge(scene, { expected: anyTo(scene) });
    const { store, cast } = scene;
    const kept = (await wordsKept(store, 'довідочка')).sort();
    const rows = await store.outbox.find({ method: 'send' });
    const answers = cast.beneficiaries.map(
      ({ person }) => rows.filter(({ personId }) => personId === person.id).length,
    );
    return { answers, kept, alerts: await store.alerts.count({}) };
  });

/** Whatever the rows say; what they must be is compared afterwards. */
const anyTo = ({ cast }: Scene): Expected[] =>
  [...cast.beneficiaries, cast.coordinator, cast.duty, cast.supervisor].map(({ account: to }) => ({
    to,
    atLeast: 0,
    atMost: 1000,
  }));

/** Slack sends one message many times, each with its own event_id: one effect (F3). */
export const slackCopies = (servers: OwnServers, copies: number): Promise<Verdict> =>
  inScene({ servers, people: 1, hasSlack: true }, async (scene) => {
    const { slack, cast, store } = scene;
    await scene.house();
    await until('the sockets are open', () => (slack?.sockets() ?? 0) >= 2);
    slack?.faults.copyEvents(copies);
    await slack?.user(cast.coordinator.account).says('bot', '/menu');
    await slack?.quiet();
    await untilQuiet(scene);
    await scene.end();
    const items = await store.mailbox.count({ channel: 'slack' });
    if (items !== 1) throw new Error(`${items} items of one Slack message`);
    return judge(scene, { expected: [{ to: cast.coordinator.account, atLeast: 1, atMost: 1 }] });
  });

/** One item in a hundred cannot be read or done: it is parked, its person told, and all others are unharmed (F32). */
export const poisoned = (servers: OwnServers, chance: Chance, count: number): Promise<Verdict> =>
  inScene({ servers, people: count }, async (scene) => {
    const { store, cast, connection } = scene;
    const { house } = await scene.house({ parts: { receiving: false, delivery: false, timers: false } });
    const updates = cast.beneficiaries.map(({ account }, id) => updateOf(5000 + id, account, 'дякую'));
    await brought(updates, house.world);
    const poison = chance.shuffled(await store.mailbox.find({})).slice(0, count / 100);
    const half = Math.ceil(poison.length / 2);
    for (const { id } of poison.slice(0, half))
      await connection.collection('mailbox').updateOne({ _id: id as never }, { $set: { body: 'k1.AAAA' } });
    const traps = new Set(poison.slice(half).map(({ body }) => String((body as Update).message?.chat.id)));
    const running = await scene.house();
    const { people } = running.house.world.store;
    const { withAccount } = people;
    let isTrap = true;
    people.withAccount = (channel, account) =>
      isTrap && traps.has(account) ? Promise.reject(new Error('a fault of ours')) : withAccount(channel, account);
    await until(
      'the poison is parked',
      async () => (await store.mailbox.count({ state: 'parked' })) === poison.length,
      240_000,
    );
    isTrap = false;
    await untilQuiet(scene);
    await scene.end();
    const parkedLanes = new Set(poison.map(({ lane }) => lane));
    const healthy = count - parkedLanes.size;
    const verdict = await judge(scene, {
      parked: poison.length,
      expected: [
        ...cast.beneficiaries.map(({ account: to }) => ({ to, atLeast: 0, atMost: 1 })),
        { to: cast.coordinator.account, atLeast: 0, atMost: 2 * poison.length },
      ],
    });
    const done = await store.mailbox.count({ state: 'done' });
    if (done !== healthy) throw new Error(`${done} of ${healthy} healthy items are done`);
    return verdict;
  });
