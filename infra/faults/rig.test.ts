import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canaries, leaksInMongo, leaksInRedis } from './rig/canary.ts';
import { type FaultyLine, openProxy } from './rig/proxy.ts';
import { chanceOf, seeds, withSeed } from './rig/seed.ts';
import { type OwnServers, ownServers } from './rig/servers.ts';

/** The rig itself: a fault that is not one would prove nothing. */
let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
}, 60_000);
afterAll(() => servers.stop());

describe('a line through the proxy', () => {
  const got: string[] = [];
  const far = createServer((request, response) => {
    got.push(request.url ?? '');
    response.end('ok');
  });
  let proxy: FaultyLine;
  beforeAll(async () => {
    await new Promise<void>((resolve) => void far.listen(0, '127.0.0.1', resolve));
    proxy = await openProxy((far.address() as AddressInfo).port);
  });
  afterAll(async () => {
    await proxy.close();
    far.close();
  });
  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${proxy.port}${path}`, { headers: { connection: 'close' } }).then(
      (answer) => answer.text(),
      () => 'cut',
    );

  it('passes everything on, and cuts before, after and at the reply only what fits', async () => {
    expect(await ask('/whole')).toBe('ok');
    for (const where of ['before', 'after', 'reply'] as const) proxy.cut(where, { holds: `/${where}` });
    expect(await ask('/whole')).toBe('ok');
    for (const where of ['before', 'after', 'reply']) expect(await ask(`/${where}`)).toBe('cut');
    expect(got).toEqual(['/whole', '/whole', '/after', '/reply']);
    expect(proxy.cuts()).toBe(3);
  });

  it('is slow, stands still, is shut, and heals', async () => {
    proxy.delay(200);
    const asked = performance.now();
    expect(await ask('/slow')).toBe('ok');
    expect(performance.now() - asked).toBeGreaterThan(190);
    proxy.delay(0);
    proxy.freeze();
    const frozen = ask('/frozen');
    expect(await Promise.race([frozen, new Promise((resolve) => setTimeout(resolve, 150, 'nothing'))])).toBe('nothing');
    proxy.thaw();
    expect(await frozen).toBe('ok');
    await proxy.shut();
    expect(await ask('/shut')).toBe('cut');
    await proxy.heal();
    expect(await ask('/healed')).toBe('ok');
  });
});

describe('seeds', () => {
  it('give the same choices again, and a failure says how to have it again', async () => {
    const choices = (seed: number) => chanceOf(seed).shuffled(Array.from({ length: 20 }, (_, index) => index));
    expect(choices(7)).toEqual(choices(7));
    expect(choices(7)).not.toEqual(choices(8));
    expect(seeds(3).length).toBeGreaterThan(0);
    const failed = withSeed(9, 'a name', async () => {
      throw new Error('lost');
    });
    await expect(failed).rejects.toThrow(/seed 9: lost\nAgain: FAULT_SEED=9 npm run faults -- -t 'a name'/);
  });
});

describe('the search for canaries finds what is in clear', () => {
  it('in MongoDB and in Redis, in fields, keys and numbers', async () => {
    const planted = canaries();
    planted.add('Kanarka', 918_273_100);
    await servers.mongoClient
      .db('open')
      .collection('rows')
      .insertOne({ deep: [{ words: 'o KANARKA aici' }], chat: 918_273_100 });
    await servers.redisClient.set('918273100', 'x');
    await servers.redisClient.hset('job', { data: '{"name":"kanarka"}' });
    expect(await leaksInMongo(servers.mongoClient, 'open', planted.all())).toHaveLength(2);
    expect(await leaksInRedis(servers.redisClient, planted.all())).toHaveLength(2);
    expect(() => planted.add('ab')).toThrow();
  });
});
