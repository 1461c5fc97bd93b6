import type { Connection } from 'mongoose';
import type { Store } from '#core/store.ts';
import { missingUniqueIndexes } from '../mongo.ts';
import { askRedis } from '../redis.ts';
import { memoryPolicyOf } from '../server-rules.ts';
import { type Finding, judgeClock, judgeOldest, judgeOpenTransactions, look, ok, wrong } from './doctor-findings.ts';

/** MongoDB as a whole: replica set, clock, how long a killed process holds up others, indexes. */
export async function mongoFindings(connection: Connection, store: Store): Promise<Finding[]> {
  const sentAt = Date.now();
  const hello = await connection.db?.admin().command({ hello: 1 });
  const hereAt = (sentAt + Date.now()) / 2;
  return [
    hello?.setName
      ? ok('MongoDB', 'answers and is a replica set')
      : wrong(
          'MongoDB',
          'is no replica set, so nothing can be written together',
          'Start it with --replSet, also a single one',
        ),
    judgeClock(hereAt - new Date(hello?.localTime ?? 0).getTime()),
    await transactionFinding(connection),
    await indexFinding(connection, store),
  ];
}

/** For how long a killed process holds up others. A server that is rented or sharded may not say. */
export async function transactionFinding({ db }: Connection): Promise<Finding> {
  const name = 'transactionLifetimeLimitSeconds';
  const told = await db
    ?.admin()
    .command({ getParameter: 1, [name]: 1 })
    .catch(() => undefined);
  return judgeOpenTransactions(told?.[name]);
}

/** Nothing was stored yet. Keys may lie there: whoever opens the seal, as the doctor does, makes the first. */
async function isEmpty({ db }: Connection, store: Store): Promise<boolean> {
  const there = (await db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
  const ours = new Set(Object.values(store).map(({ name }) => name));
  return !there.some(({ name }) => ours.has(name));
}

async function indexFinding(connection: Connection, store: Store): Promise<Finding> {
  if (await isEmpty(connection, store))
    return look('unique indexes', 'this database is empty', 'The first start makes them');
  const missing = await missingUniqueIndexes(connection, store);
  return missing.length === 0
    ? ok('unique indexes', 'all are there')
    : wrong(
        'unique indexes',
        `missing: ${missing.join('; ')}`,
        'Start the program, it makes them; a double entry in the way must be mended first',
      );
}

/** The oldest due row of each line of work. */
export async function lateFindings(
  { outbox, timers, mailbox }: Store,
  now: Date,
  isRunning: boolean,
): Promise<Finding[]> {
  const due = { dueAt: { $lte: now } };
  const oldest = { sort: { dueAt: 1 as const }, limit: 1 };
  // Of a row that tells the day only nobody can see for how long it has waited.
  const [row] = await outbox.find({ ...due, state: { $in: ['pending', 'not_sent'] }, isOfDay: { $ne: true } }, oldest);
  const [timer] = await timers.find({ ...due, state: 'waiting' }, oldest);
  const [item] = await mailbox.find({ ...due, state: 'waiting' }, oldest);
  return [
    judgeOldest('messages to send', row?.dueAt, now, isRunning),
    judgeOldest('timers', timer?.dueAt, now, isRunning),
    judgeOldest('mailbox', item?.dueAt, now, isRunning),
  ];
}

/** Redis answers and never throws anything away. */
export const redisFindings = (url: string): Promise<Finding[]> =>
  askRedis(url, async (redis) => {
    await redis.ping();
    return [ok('Redis', 'answers'), judgePolicy(await memoryPolicyOf(redis))];
  }).catch(() => [wrong('Redis', 'does not answer; all goes on, only later', 'Start it, or correct REDIS_URL')]);

function judgePolicy(policy: string | undefined): Finding {
  const about = 'Redis, memory';
  if (!policy)
    return look(
      about,
      'it does not say what it does when it is full',
      'Ask its provider for maxmemory-policy noeviction',
    );
  return policy === 'noeviction'
    ? ok(about, 'noeviction')
    : wrong(about, `throws wake-ups away when it is full (${policy})`, 'Set maxmemory-policy noeviction');
}
