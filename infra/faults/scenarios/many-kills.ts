import { setTimeout as sleep } from 'node:timers/promises';
import { judge, type Verdict } from '../rig/judge.ts';
import { points } from '../rig/points.ts';
import { inScene, type Scene } from '../rig/scene.ts';
import type { Chance } from '../rig/seed.ts';
import type { OwnServers } from '../rig/servers.ts';
import { until, untilQuiet } from '../rig/until.ts';
import type { Worker } from '../rig/workers.ts';
import { oncePerRow } from './cut-lines.ts';
import { wordsKept } from './kept.ts';

export type KillCounts = Verdict & { items: number; kills: number; lost: number; doubled: number };

const perPerson = 20;

/**
 * Many words of many people while workers are killed, at points and at moments that the seed picks (R1, R2); the next one stands by meanwhile, so
 * that a life is spent working. Each word has its effect once: an answer each, an alert for each danger, each free word kept. No routine message
 * is tried twice.
 */
export const manyKills = (servers: OwnServers, chance: Chance, items: number, kills: number): Promise<KillCounts> =>
  inScene({ servers, people: Math.ceil(items / perPerson) }, async (scene) => {
    const words = chance.shuffled(wordsOf(scene, items));
    const batch = Math.ceil(items / kills);
    const standBy = () => scene.worker({}, [{ point: chance.pick(points), nth: 1 + chance.below(batch) }], true);
    let next = standBy();
    for (let kill = 0; kill < kills; kill++) {
      const worker = next;
      worker.tell('begin');
      if (kill < kills - 1) next = standBy();
      for (const { account, text } of words.splice(0, batch)) scene.telegram.user(Number(account)).says(text);
      const lastsMs = 300 + chance.below(900);
      await Promise.race([worker.ended, worksFor(lastsMs, worker, scene)]);
      await worker.kill();
      await scene.leasesEnd();
    }
    await scene.house();
    await untilQuiet(scene, 180_000);
    await scene.end();
    return {
      ...(await judge(scene, { expected: await oncePerRow(scene) })),
      ...(await counted(scene, items)),
      items,
      kills,
    };
  });

/** A life has work in it, on a busy machine too: it is counted from the first word that is done in it. */
async function worksFor(ms: number, worker: Worker, { store }: Scene): Promise<void> {
  const done = () => store.mailbox.count({ state: 'done' });
  await worker.ready;
  const before = await done();
  await until('a word is done', async () => worker.isGone() || (await done()) > before);
  await sleep(ms);
}

/** Per person: one danger, one word that only a human can read, else thanks. */
function wordsOf({ cast, planted }: Scene, items: number): { account: string; text: string }[] {
  return Array.from({ length: items }, (_, index) => {
    const { account = '' } = cast.beneficiaries[Math.floor(index / perPerson)] ?? {};
    const place = index % perPerson;
    if (place === 0) return { account, text: 'допоможіть, він мене б’є' };
    if (place > 1) return { account, text: 'дякую' };
    const text = `квартальна довідочка канарейник${index}`;
    planted.add(`канарейник${index}`);
    return { account, text };
  });
}

async function counted({ store, cast }: Scene, items: number): Promise<{ lost: number; doubled: number }> {
  const people = cast.beneficiaries.length;
  const done = await store.mailbox.count({ state: 'done' });
  const kept = await wordsKept(store, 'канарейник');
  const ids = cast.beneficiaries.map(({ person }) => person.id);
  const rows = await store.outbox.find({ method: 'send' });
  const answers = rows.filter(({ personId, message }) => message && personId && ids.includes(personId)).length;
  const alerts = await store.alerts.count({});
  const routine = rows.filter(({ lane }) => lane >= 3);
  const lost =
    items - done + (people - new Set(kept).size) + Math.max(0, people - alerts) + Math.max(0, items - answers);
  const twice = routine.filter(({ attempts }) => attempts > 1).length;
  const doubled =
    kept.length - new Set(kept).size + Math.max(0, alerts - people) + Math.max(0, answers - items) + twice;
  if (lost + doubled > 0)
    throw new Error(
      `lost ${lost}, doubled ${doubled}: of ${items} words ${done} are done, ${answers} answered; of ${people} dangers ${alerts} alerts, of ${people} messages ${kept.length} kept; ${twice} routine rows were tried twice`,
    );
  return { lost, doubled };
}
