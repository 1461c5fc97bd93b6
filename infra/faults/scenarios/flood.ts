import { setTimeout as sleep } from 'node:timers/promises';
import { readyingDanger } from '#core/language/danger.ts';
import { judge } from '../rig/judge.ts';
import { inScene } from '../rig/scene.ts';
import type { OwnServers } from '../rig/servers.ts';
import { untilQuiet } from '../rig/until.ts';
import { oncePerRow } from './cut-lines.ts';
import type { Latency } from './danger.ts';
import { figures, type Said, waitsOf, watchRings } from './rings.ts';

export type Flood = {
  /** So many people are in danger, and as many are not. */
  inDanger: number;
  words: number;
  /** Every so manieth word is one of danger. */
  dangerEvery: number;
  seconds: number;
};

/** Many people write at once, some of them in danger and then silent: how long each danger waits for its ring (R18). */
export const flood = (
  servers: OwnServers,
  { inDanger, words, dangerEvery, seconds }: Flood,
): Promise<Latency & { told: number }> =>
  inScene({ servers, people: 2 * inDanger }, async (scene) => {
    const { telegram, cast, store } = scene;
    for (const _ of readyingDanger());
    await scene.house({ redisUrl: servers.redisUrl, sweepMs: 500 });
    const rings = watchRings(scene);
    const said: Said[] = [];
    const begins = performance.now();
    for (let count = 0; count < words; count++) {
      await sleep(Math.max(0, begins + (count * seconds * 1000) / words - performance.now()));
      const isDanger = count % dangerEvery === dangerEvery - 1;
      const calm = cast.beneficiaries.slice(Math.min(said.length, inDanger));
      const who = isDanger ? cast.beneficiaries[said.length % inDanger] : calm[count % calm.length];
      if (!who) throw new Error('nobody to speak');
      if (isDanger) said.push({ by: who.person.id, at: performance.now() });
      telegram.user(Number(who.account)).says(isDanger ? 'допоможіть, він мене б’є' : 'коли буде готова моя довідка');
    }
    await untilQuiet(scene, 240_000);
    await scene.end();
    const verdict = await judge(scene, { expected: await oncePerRow(scene) });
    const told = (await store.alerts.find({})).flatMap(({ observed }) => observed).length;
    const saw = await waitsOf(scene, said, rings);
    return { ...verdict, ...figures(saw), saw, told };
  });
