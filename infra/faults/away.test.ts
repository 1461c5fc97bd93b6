import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openProxy } from './rig/proxy.ts';
import { inScene } from './rig/scene.ts';
import { type OwnServers, ownServers } from './rig/servers.ts';
import { until, untilQuiet } from './rig/until.ts';

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

it(
  'an office of several processes, its database away for long: each cry for help is still answered with 112 within two seconds, and acted on once it is back (R8)',
  () =>
    inScene({ servers, people: 3 }, async (scene) => {
      const { telegram, cast, store, house, mongoBy } = scene;
      const line = await openProxy(servers.mongoPort);
      const accounts = cast.beneficiaries.map(({ account }) => Number(account));
      const saidTo = (account: number) =>
        telegram
          .user(account)
          .messages()
          .map(({ text }) => text)
          .join('\n');
      try {
        await house({ mongodbUri: mongoBy(line.port), isOneOfMany: true });
        for (const account of accounts) telegram.user(account).start();
        await until('everybody is greeted', async () => (await store.mailbox.count({ state: 'done' })) === 3);
        await untilQuiet(scene);
        await line.shut();
        await sleep(9000);
        for (const account of accounts) {
          const before = saidTo(account);
          telegram.user(account).says('допоможіть, він мене б’є');
          const asked = performance.now();
          await until('they are told 112', () => saidTo(account).slice(before.length).includes('112'), 10_000);
          expect(performance.now() - asked).toBeLessThan(2000);
          await sleep(2500);
        }
        await line.open();
        await until('all three are alerts', async () => (await store.alerts.count({})) === 3, 30_000);
      } finally {
        await line.close();
      }
    }),
  120_000,
);
