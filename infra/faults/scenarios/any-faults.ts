import { setTimeout as sleep } from 'node:timers/promises';
import { judge, postsIn, type Verdict } from '../rig/judge.ts';
import { points } from '../rig/points.ts';
import { type FaultyLine, openProxy } from '../rig/proxy.ts';
import { inScene, type Scene } from '../rig/scene.ts';
import type { Chance } from '../rig/seed.ts';
import type { OwnServers } from '../rig/servers.ts';
import { untilQuiet } from '../rig/until.ts';
import { oncePerRow } from './cut-lines.ts';

type Lines = { telegram: FaultyLine; mongo: FaultyLine };
type Fault = (scene: Scene, lines: Lines, chance: Chance) => Promise<void> | void;

/** What may happen at any moment; each lasts a moment and heals, or is healed at the end. */
const faults: Record<string, Fault> = {
  'a reply of Telegram is lost': (_, { telegram }) => telegram.cut('reply', { holds: '/sendMessage' }),
  'a message to Telegram is cut on its way': (_, { telegram }) => telegram.cut('before', { holds: '/sendMessage' }),
  'a line to Telegram ends after sending': (_, { telegram }) => telegram.cut('after', { holds: '/sendMessage' }),
  'an answer of getUpdates is lost': (_, { telegram }) => telegram.cut('reply', { holds: '/getUpdates' }),
  'Telegram is slow': (_, { telegram }, chance) => telegram.delay(chance.below(200)),
  'Telegram is away': async (_, { telegram }, chance) => {
    await telegram.shut();
    setTimeout(() => void telegram.open(), 200 + chance.below(1000)).unref();
  },
  'Telegram says 429': ({ telegram }) => telegram.faults.rateLimit({ retryAfter: 1, count: 1 }),
  'Telegram says 500': ({ telegram }) => telegram.faults.failNext({ status: 500, method: 'sendMessage' }),
  'the answer of a commit is lost': (_, { mongo }) => mongo.cut('reply', { holds: 'commitTransaction' }),
  'a commit is cut on its way': (_, { mongo }) => mongo.cut('before', { holds: 'commitTransaction' }),
  'the database is slow': (_, { mongo }, chance) => mongo.delay(chance.below(60)),
  'the lines to the database stand still': async (_, { mongo }, chance) => {
    mongo.freeze();
    await sleep(100 + chance.below(700));
    mongo.thaw();
  },
  'the lines to the database end': async (_, { mongo }) => {
    await mongo.shut();
    await mongo.open();
  },
  'the database steps down': ({ servers }) => servers.stepDown(),
  'Redis is emptied': async ({ servers }) => void (await servers.redisClient.flushall()),
  'a command fails': ({ servers }, _, chance) =>
    servers.failNext([chance.pick(['insert', 'find', 'findAndModify', 'commitTransaction'])], { errorCode: 11602 }),
  'time passes': (scene, _, chance) => scene.forward(chance.below(4)),
};

export type Schedule = Verdict & { acts: string[]; dangers: number; wordless: number };

const texts = ['дякую', 'дякую', '/menu', 'допоможіть, він мене б’є', 'довідка для канарки'];

/** People talk while faults come in an order the seed picks, with a worker that is killed in every third; the judge at the end (R17). */
export const anyFaults = (servers: OwnServers, chance: Chance): Promise<Schedule> =>
  inScene({ servers, people: 4 }, async (scene) => {
    const { telegram, cast, store } = scene;
    scene.planted.add('довідка для канарки');
    const lines = {
      telegram: await openProxy(Number(new URL(telegram.url).port)),
      mongo: await openProxy(servers.mongoPort),
    };
    const by = {
      mongodbUri: scene.mongoBy(lines.mongo.port),
      telegram: { token: telegram.token, apiRoot: `http://127.0.0.1:${lines.telegram.port}` },
      redisUrl: servers.redisUrl,
    };
    const acts: string[] = [];
    try {
      const killed =
        chance.seed % 3 === 0
          ? scene.worker(by, [{ point: chance.pick(points), nth: 1 + chance.below(6) }])
          : undefined;
      if (!killed) await scene.house(by);
      for (let act = 0; act < 12; act++) {
        const { account } = chance.pick(cast.beneficiaries);
        telegram.user(Number(account)).says(chance.pick(texts));
        if (chance.next() < 0.5) acts.push(await happens(scene, lines, chance));
        await sleep(chance.below(150));
      }
      if (killed) {
        await Promise.race([
          killed.ended,
          killed.ready.then(
            () => sleep(500),
            () => {},
          ),
        ]);
        await killed.kill();
        await scene.leasesEnd();
      }
      await Promise.all([lines.telegram.heal(), lines.mongo.heal(), servers.failNothing()]);
      telegram.faults.clear();
      if (killed) await scene.house(by);
      await untilSettled(scene);
      await scene.end();
      const verdict = await judge(scene, { expected: await oncePerRow(scene) });
      const alerts = await store.alerts.find({});
      const rung = postsIn(scene).filter(({ to }) => to === cast.coordinator.account);
      const silent = alerts.filter(({ number }) => !rung.some(({ text }) => text.includes(number)));
      if (silent.length > 0) throw new Error(`${silent.length} alerts rang nobody`);
      return { ...verdict, acts, dangers: alerts.length, wordless: silent.length };
    } catch (error) {
      throw new Error(`${(error as Error).message}\nafter: ${acts.join(', ')}`, { cause: error });
    } finally {
      await lines.telegram.close();
      await lines.mongo.close();
    }
  });

async function happens(scene: Scene, lines: Lines, chance: Chance): Promise<string> {
  const name = chance.pick(Object.keys(faults));
  await faults[name]?.(scene, lines, chance);
  return name;
}

/** What waits for a minute of retry gets that minute. */
async function untilSettled(scene: Scene): Promise<void> {
  for (let round = 0; round < 40; round++) {
    const isQuiet = await untilQuiet(scene, 1500).then(
      () => true,
      () => false,
    );
    if (isQuiet) return;
    scene.forward(0.25);
  }
  await untilQuiet(scene, 30_000);
}
