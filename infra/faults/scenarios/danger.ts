import { setTimeout as sleep } from 'node:timers/promises';
import { readyingDanger } from '#core/language/danger.ts';
import { judge, postsIn, type Verdict } from '../rig/judge.ts';
import { inScene } from '../rig/scene.ts';
import type { OwnServers } from '../rig/servers.ts';
import { untilQuiet } from '../rig/until.ts';
import { oncePerRow } from './cut-lines.ts';
import { figures, type Said, waitsOf, watchRings } from './rings.ts';

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
    const rings = watchRings(scene);
    const said: Said[] = [];
    const during = trouble(servers);
    for (const { account, person } of cast.beneficiaries) {
      said.push({ by: person.id, at: performance.now() });
      telegram.user(Number(account)).says('допоможіть, він мене б’є');
      await sleep(1000 / perSecond);
    }
    await during;
    await untilQuiet(scene, 120_000);
    await scene.end();
    const verdict = await judge(scene, { expected: await oncePerRow(scene) });
    const saw = await waitsOf(scene, said, rings);
    return { ...verdict, ...figures(saw), saw };
  });

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
