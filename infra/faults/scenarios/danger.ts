import { setTimeout as sleep } from 'node:timers/promises';
import { readyingDanger } from '#core/language/danger.ts';
import { judge, postsIn, type Verdict } from '../rig/judge.ts';
import { inScene, type Scene } from '../rig/scene.ts';
import type { OwnServers } from '../rig/servers.ts';
import { untilQuiet } from '../rig/until.ts';
import { oncePerRow } from './cut-lines.ts';

/** From the word of a person in danger until the chat accepted the ring of the coordinator, milliseconds. */
export type Latency = Verdict & { n: number; p50: number; p99: number; most: number; saw: number[] };

export type Trouble = (servers: OwnServers) => Promise<void>;

export const troubles = {
  none: async () => {},
  async redisOff(servers) {
    await sleep(1000);
    await servers.stopRedis();
    await sleep(10_000);
    await servers.startRedis();
  },
  async stepDown(servers) {
    await sleep(1000);
    await servers.stepDown();
  },
} satisfies Record<string, Trouble>;

/** Dangers of many people, one each, while something happens to the databases (R5). */
export const dangers = (
  servers: OwnServers,
  count: number,
  { trouble = troubles.none, perSecond = 8 }: { trouble?: Trouble; perSecond?: number } = {},
): Promise<Latency> =>
  inScene({ servers, people: count }, async (scene) => {
    const { telegram, cast } = scene;
    for (const _ of readyingDanger());
    await scene.house({ redisUrl: servers.redisUrl, sweepMs: 500 });
    const rungAt = listenToRings(scene);
    const saidAt = new Map<string, number>();
    const during = trouble(servers);
    for (const { account, person } of cast.beneficiaries) {
      saidAt.set(person.id, performance.now());
      telegram.user(Number(account)).says('допоможіть, він мене б’є');
      await sleep(1000 / perSecond);
    }
    await during;
    await untilQuiet(scene, 120_000);
    await scene.end();
    const verdict = await judge(scene, { expected: await oncePerRow(scene) });
    const saw = await latencies(scene, saidAt, rungAt);
    return { ...verdict, ...figures(saw), saw };
  });

/** When each alert number was first seen on the coordinator's phone. */
function listenToRings({ telegram, cast }: Scene): Map<string, number> {
  const rungAt = new Map<string, number>();
  telegram.calls.subscribe(({ method, outcome, chatId, payload }) => {
    if (method !== 'sendMessage' || outcome !== 'accepted' || String(chatId) !== cast.coordinator.account) return;
    const number = /A-\d+/.exec(String(payload.text))?.[0];
    if (number && !rungAt.has(number)) rungAt.set(number, performance.now());
  });
  return rungAt;
}

async function latencies(
  { store }: Scene,
  saidAt: Map<string, number>,
  rungAt: Map<string, number>,
): Promise<number[]> {
  const alerts = new Map((await store.alerts.find({})).map(({ personId, number }) => [personId as string, number]));
  return [...saidAt].map(([personId, said]) => {
    const rung = rungAt.get(alerts.get(personId) ?? '');
    if (rung === undefined) throw new Error(`the danger of ${personId} rang nobody`);
    return rung - said;
  });
}

/** Median, 99th percentile and worst of a list. */
export function figures(list: number[]): { n: number; p50: number; p99: number; most: number } {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { n: sorted.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}

/** The set has no primary for a moment, several times, while people write: nothing is lost, nothing doubled (F12). */
export const stepDowns = (servers: OwnServers, words: number, times: number): Promise<Verdict> =>
  inScene({ servers, people: words / 5 }, async (scene) => {
    const { telegram, cast, store } = scene;
    await scene.house();
    for (let word = 0; word < 5; word++) {
      if (word > 0 && word <= times) await servers.stepDown();
      for (const { account } of cast.beneficiaries) telegram.user(Number(account)).says('дякую');
      await sleep(1500);
    }
    await untilQuiet(scene, 120_000);
    await scene.end();
    const done = await store.mailbox.count({ state: 'done' });
    const rows = await store.outbox.find({ method: 'send' });
    const twice = rows.filter(({ attempts, state }) => attempts > 1 && state !== 'sent').length;
    if (done !== words || rows.length !== words || twice > 0)
      throw new Error(`${done} items, ${rows.length} answers of ${words}; ${twice} tried twice`);
    const verdict = await judge(scene, { expected: await oncePerRow(scene) });
    if (postsIn(scene).length - verdict.fixed > words) throw new Error('something was said twice');
    return verdict;
  });
