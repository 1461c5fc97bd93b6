import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { BSON, type MongoClient } from 'mongodb';

/** Values that may stand nowhere in clear: names, phones, words, CNP, ids of accounts. */
export type Canaries = { add(...values: (string | number)[]): void; all(): string[] };

/** Collects what a scenario plants. Short values would be found by accident and are refused. */
export function canaries(): Canaries {
  const values = new Set<string>();
  return {
    add(...fresh) {
      for (const value of fresh.map(String)) {
        if (value.length < 6) throw new Error(`a canary of ${value.length} signs would be found by accident`);
        values.add(value);
      }
    },
    all: () => [...values],
  };
}

/** Where a canary was found: the place, and the field or line around it. */
export type Leak = { where: string; canary: string; around: string };

type Finder = (where: string, text: string) => Leak[];

/** Finds a text as it is, in capitals or not, and as JSON would escape it. */
function finder(values: string[]): Finder {
  const wanted = values.map((value) => value.toLowerCase());
  return (where, text) => {
    const low = text.toLowerCase();
    return wanted.flatMap((value) => {
      const at = low.indexOf(value);
      return at < 0 ? [] : [{ where, canary: value, around: text.slice(Math.max(0, at - 60), at + value.length + 20) }];
    });
  };
}

/** Looks through every collection of a database, raw, as a thief of its disk would. */
export async function leaksInMongo(client: MongoClient, database: string, values: string[]): Promise<Leak[]> {
  const find = finder(values);
  const leaks: Leak[] = [];
  for (const { name } of await client.db(database).listCollections({}, { nameOnly: true }).toArray())
    for await (const row of client.db(database).collection(name).find({}))
      leaks.push(...find(`mongo ${name}`, BSON.EJSON.stringify(row)));
  return leaks;
}

/** Looks through all keys and values of Redis. */
export async function leaksInRedis(redis: Redis, values: string[]): Promise<Leak[]> {
  const find = finder(values);
  const leaks: Leak[] = [];
  for (const key of await redis.keys('*'))
    leaks.push(...find('redis key', key), ...find(`redis ${key}`, await textOf(redis, key)));
  return leaks;
}

async function textOf(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  const value =
    type === 'hash'
      ? await redis.hgetall(key)
      : type === 'list'
        ? await redis.lrange(key, 0, -1)
        : type === 'set'
          ? await redis.smembers(key)
          : type === 'zset'
            ? await redis.zrange(key, '0', '-1')
            : type === 'stream'
              ? await redis.xrange(key, '-', '+')
              : String(await redis.getBuffer(key));
  return JSON.stringify(value);
}

/** Looks through the files of a folder: logs, and whatever else lies there. Files of database programs hold sealed rows only, too. */
export function leaksInFiles(folder: string, values: string[]): Leak[] {
  const find = finder(values);
  return filesIn(folder).flatMap((file) => find(file, readFileSync(file, 'utf8')));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
