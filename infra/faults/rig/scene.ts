import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from '#core/store.ts';
import { movableClock } from '../../clock.ts';
import { masterKeysOf } from '../../master-keys.ts';
import { buildIndexes, connectMongo } from '../../mongo.ts';
import { startSlackStandIn } from '../../rehearsal/slack/stand-in.ts';
import { startTelegramStandIn } from '../../rehearsal/telegram/stand-in.ts';
import { openSeal } from '../../seal.ts';
import { canaries } from './canary.ts';
import { type Order, type OrderedHouse, openOrdered } from './house.ts';
import { castScene } from './people.ts';
import type { OnPoint } from './points.ts';
import type { OwnServers } from './servers.ts';
import type { End } from './worker.ts';
import { startWorker, type Worker } from './workers.ts';

export type SceneWishes = {
  servers: OwnServers;
  /** Beneficiaries; 10 unless given. */
  people?: number;
  hasSlack?: boolean;
  /** The time of the machine and of the database instead of a Monday at ten. */
  isNow?: boolean;
};

export type Scene = Awaited<ReturnType<typeof openScene>>;

/** Monday 23 November 2026, 10:00 in Bucharest. */
const mondayAtTen = new Date('2026-11-23T08:00:00Z');

/** Opens a scene, runs it, and closes it whatever came of it; the logs of a failed one stay until its servers stop. */
export async function inScene<T>(wishes: SceneWishes, run: (scene: Scene) => Promise<T>): Promise<T> {
  const scene = await openScene(wishes);
  try {
    const result = await run(scene);
    rmSync(scene.logs, { recursive: true, force: true });
    return result;
  } finally {
    await scene.close();
  }
}

/** A fresh office with its chats and people, in which workers are started, hurt and ended. Nobody works yet. */
async function openScene({ servers, people = 10, hasSlack = false, isNow = false }: SceneWishes) {
  const name = `rig_${randomBytes(6).toString('hex')}`;
  const aheadMs = isNow ? 0 : mondayAtTen.getTime() - Date.now();
  const clock = movableClock(new Date(Date.now() + aheadMs));
  const now = { now: () => clock.wall().getTime() };
  const telegram = await startTelegramStandIn({
    token: `700100200:${randomBytes(20).toString('hex')}`,
    botName: 'Місток',
    clock: now,
  });
  const slack = hasSlack
    ? await startSlackStandIn({
        botToken: `xoxb-${randomBytes(12).toString('hex')}`,
        appToken: `xapp-${randomBytes(12).toString('hex')}`,
        signingSecret: randomBytes(16).toString('hex'),
        teamName: 'DAS Arad',
        clock: now,
      })
    : undefined;
  const planted = canaries();
  const key = randomBytes(32);
  const direct = `mongodb://127.0.0.1:${servers.mongoPort}/${name}`;
  const connection = await connectMongo(`${direct}?replicaSet=rs0&appName=judge`);
  const seal = await openSeal(connection, masterKeysOf(key));
  const store: Store = openStore(connection, seal);
  await buildIndexes(store);
  const cast = await castScene(people, { store, now: clock.wall(), telegram, slack, canaries: planted });
  const logs = join(servers.dataDir, 'logs', name);
  mkdirSync(logs, { recursive: true });
  const workers: Worker[] = [];
  const houses: OrderedHouse[] = [];
  let count = 0;

  /** The usual order; what a scenario needs otherwise stands in `more`. */
  const order = (more: Partial<Order> = {}): Order => ({
    mongodbUri: `${direct}?replicaSet=rs0&appName=faulty`,
    prefix: `{${name}}`,
    key: key.toString('base64'),
    telegram: { token: telegram.token, apiRoot: telegram.url },
    slack: slack && { botToken: slack.botToken, appToken: slack.appToken, apiUrl: slack.apiUrl },
    clock: isNow ? 'database' : clock.wall().getTime() - Date.now(),
    sweepMs: 100,
    logFile: join(logs, `${count++}.log`),
    ...more,
  });

  return {
    name,
    servers,
    clock,
    telegram,
    slack,
    store,
    seal,
    connection,
    cast,
    planted,
    logs,
    order,
    /** The address of the database by another port: through a proxy. */
    mongoBy: (port: number) => `mongodb://127.0.0.1:${port}/${name}?directConnection=true&appName=faulty`,
    /** A house in this process: it cannot be killed. */
    async house(more: Partial<Order> = {}, onPoint?: OnPoint): Promise<OrderedHouse> {
      const opened = await openOrdered(order(more), onPoint);
      houses.push(opened);
      return opened;
    },
    /** A house in a process of its own, which ends itself at `ends`; one that `standsBy` waits until it is told to begin. */
    worker(more: Partial<Order> = {}, ends: End[] = [], standsBy = false): Worker {
      const started = startWorker(order(more), ends, standsBy);
      workers.push(started);
      return started;
    },
    forward(minutes: number): void {
      clock.forward(minutes);
      for (const worker of workers) worker.tell({ moveTo: clock.wall().getTime() });
      for (const house of houses) house.moveTo(clock.wall());
    },
    /** As if the lease of a row under way were over: half a minute later, without waiting for it. Only while nobody works. */
    async leasesEnd(): Promise<void> {
      await connection
        .collection('outbox')
        .updateMany(
          { state: 'attempting' },
          { $set: { leaseUntil: new Date(0) } },
          { writeConcern: { w: 'majority' } },
        );
    },
    /** Ends everything but the database, which the judge still reads. */
    async end(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.kill()));
      for (const house of houses.splice(0)) await house.stop();
    },
    async close(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.kill()));
      for (const house of houses.splice(0)) await house.stop().catch(() => {});
      await telegram.close();
      await slack?.close();
      await connection.dropDatabase().catch(() => {});
      await connection.close();
    },
  };
}
