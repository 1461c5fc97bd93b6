import { setTimeout as sleep } from 'node:timers/promises';
import type { InvitationId } from '#core/id.ts';
import { randomIds } from '../../new-id.ts';
import { judge, postsIn, type Verdict } from '../rig/judge.ts';
import { inScene, type Scene } from '../rig/scene.ts';
import type { OwnServers } from '../rig/servers.ts';
import { until, untilQuiet } from '../rig/until.ts';
import { oncePerRow } from './cut-lines.ts';

const newId = randomIds();

/** The receiver apart from who sends: then each row needs a wake-up, or the sweep. */
async function splitHouses(scene: Scene): Promise<void> {
  const redisUrl = scene.servers.redisUrl;
  const shared = { redisUrl, isOneOfMany: true, sweepMs: 500 };
  await scene.house({ ...shared, parts: { receiving: true, delivery: false, timers: false } });
  await scene.house({ ...shared, parts: { receiving: false, delivery: true, timers: true } });
  await until('the poller has its lease', () => scene.telegram.calls.of('deleteWebhook').length > 0);
}

/** A word and the time until its answer, milliseconds. */
async function timeToAnswer(scene: Scene, account: string, text = 'дякую'): Promise<number> {
  const answered = () => postsIn(scene).filter(({ to }) => to === account).length;
  const before = answered();
  const said = performance.now();
  scene.telegram.user(Number(account)).says(text);
  await until(`an answer to ${text}`, () => answered() > before);
  return performance.now() - said;
}

export type Flushed = Verdict & { fired: number; doubled: number; worstMs: number };

/** Timers are set, Redis is emptied before they are due; the sweep finds them all, each once (F8, R9). */
export const flushedTimers = (servers: OwnServers, count: number): Promise<Flushed> =>
  inScene({ servers, people: 1 }, async (scene) => {
    const { store, cast, clock } = scene;
    const { house } = await scene.house({ redisUrl: servers.redisUrl, sweepMs: 500 });
    const dueAt = new Date(clock.wall().getTime() + 3000);
    const ids = Array.from({ length: count }, () => newId<InvitationId>());
    await store.invitations.insertMany(ids.map((id) => openInvitation(id, dueAt, cast.technician.person.id, scene)));
    await store.timers.changeAll(
      new Map(ids.map((id) => [`invitation-${id}`, { kind: 'expire-invitation', subject: id, dueAt }])),
      clock.wall(),
    );
    house.world.wake({ timersAt: ids.map(() => dueAt) });
    await sleep(1000);
    await servers.redisClient.flushall();
    await until('all timers have fired', async () => (await store.timers.count({ state: 'waiting' })) === 0, 90_000);
    const worstMs = clock.wall().getTime() - dueAt.getTime();
    await untilQuiet(scene);
    await scene.end();
    const verdict = await judge(scene, { expected: await oncePerRow(scene) });
    const fired = await store.invitations.count({ state: 'expired' });
    const lines = (await store.journal.latest(5000)).filter(({ type }) => type === 'invitation.expired').length;
    return { ...verdict, fired, doubled: lines - fired, worstMs };
  });

const openInvitation = (
  id: InvitationId,
  validUntil: Date,
  personId: Scene['cast']['technician']['person']['id'],
  { clock }: Scene,
) => ({
  id,
  version: 0,
  purpose: 'access' as const,
  personId,
  role: 'technician' as const,
  codeDigest: id as string,
  needsYear: false,
  checksLeft: 3,
  state: 'open' as const,
  madeAt: clock.wall(),
  validUntil,
});

/** Redis is full and takes nothing: alerts go all the same, by the sweep (F9). Gives the slowest ring, milliseconds. */
export const fullRedis = (servers: OwnServers, count: number): Promise<number> =>
  inScene({ servers, people: count }, async (scene) => {
    try {
      await splitHouses(scene);
      await servers.fillRedis();
      const worst = await slowestDanger(scene);
      await judgeDangers(scene);
      return worst;
    } finally {
      await servers.redisClient.config('SET', 'maxmemory', '256mb');
      await servers.redisClient.flushall();
    }
  });

async function slowestDanger(scene: Scene): Promise<number> {
  let worst = 0;
  for (const { account } of scene.cast.beneficiaries)
    worst = Math.max(worst, await timeToAnswer(scene, account, 'допоможіть, він мене б’є'));
  return worst;
}

async function judgeDangers(scene: Scene): Promise<void> {
  await untilQuiet(scene);
  await scene.end();
  await judge(scene, { expected: await oncePerRow(scene) });
  const raised = await scene.store.alerts.count({});
  const rung = postsIn(scene).filter(({ to }) => to === scene.cast.coordinator.account).length;
  const wanted = scene.cast.beneficiaries.length;
  if (raised !== wanted || rung < wanted) throw new Error(`${raised} alerts, ${rung} rings for ${wanted} dangers`);
}

/** Redis is away and comes back; alerts go meanwhile, work goes on at once after (F10, R10). Milliseconds. */
export const awayRedis = (servers: OwnServers, awayMs: number): Promise<{ meanwhileMs: number; afterMs: number }> =>
  inScene({ servers, people: 4 }, async (scene) => {
    await splitHouses(scene);
    const [first, ...others] = scene.cast.beneficiaries;
    await servers.stopRedis();
    const stopped = performance.now();
    let meanwhileMs = 0;
    for (const { account } of others)
      meanwhileMs = Math.max(meanwhileMs, await timeToAnswer(scene, account, 'допоможіть, він мене б’є'));
    await sleep(Math.max(0, awayMs - (performance.now() - stopped)));
    await servers.startRedis();
    const afterMs = await timeToAnswer(scene, first?.account ?? '');
    await until('Redis wakes again', async () => (await servers.redisClient.keys('*')).length > 0, 10_000);
    await untilQuiet(scene);
    await scene.end();
    await judge(scene, { expected: await oncePerRow(scene) });
    return { meanwhileMs, afterMs };
  });

/** A fail-over loses what Redis wrote last: nothing of ours is in it alone (F11). */
export const lostSecond = (servers: OwnServers, count: number): Promise<Verdict> =>
  inScene({ servers, people: count }, async (scene) => {
    await splitHouses(scene);
    await servers.loseSince(async () => {
      for (const { account } of scene.cast.beneficiaries) scene.telegram.user(Number(account)).says('дякую');
      await sleep(900);
    });
    await untilQuiet(scene);
    await scene.end();
    return judge(scene, {
      expected: scene.cast.beneficiaries.map(({ account: to }) => ({ to, atLeast: 1, atMost: 1 })),
    });
  });

/** The same talk with everybody woken and with nobody: only latency may differ (F14). Gives both judgements. */
export async function withAndWithoutWake(servers: OwnServers): Promise<{ woken: Verdict; unwoken: Verdict }> {
  const talk = (redisUrl: string | undefined) =>
    inScene({ servers, people: 10 }, async (scene) => {
      await scene.house({ redisUrl, sweepMs: 500 });
      for (const [place, { account }] of scene.cast.beneficiaries.entries())
        scene.telegram.user(Number(account)).says(place % 2 ? 'дякую' : 'допоможіть, він мене б’є');
      await untilQuiet(scene);
      await scene.end();
      return judge(scene, { expected: await oncePerRow(scene) });
    });
  return { woken: await talk(servers.redisUrl), unwoken: await talk(undefined) };
}
