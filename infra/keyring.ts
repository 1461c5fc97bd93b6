import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { DataKey } from '#core/seal.ts';
import { type MasterKeys, MissingMaster, unwrap, type Wrapped, wrap } from './master-keys.ts';

/** A data key in the database; `wrapped` is gone once it was destroyed, `turn` rises when the subject gets a new one. `renewedAt`: of the key of the old form, when nothing but the journal needed it any more. */
type KeyDoc = { _id: string; turn: number; destroyedAt?: Date; renewedAt?: Date } & Partial<Wrapped>;

/** How long a process trusts its memory before it asks what was destroyed meanwhile; and when it forgets all, should nobody answer. */
const usualAskAfterMs = 20_000;
const forgetAfterMs = 45_000;
const lifeMs = 5 * 60_000;
const mostHeld = 5000;

/** The data keys of a database, fetched and made outside any transaction: the native collection knows no session. */
export type Keyring = {
  /** Those that are there, destroyed ones included. */
  find(names: readonly string[]): Promise<Map<string, DataKey>>;
  /** The same; what is not there, or was destroyed, is made. */
  make(names: readonly string[]): Promise<Map<string, DataKey>>;
  /** Destroys them for good, at most up to the given turn; in this process at once, in every other within 60 seconds. */
  destroy(keys: readonly { name: string; turn: number }[]): Promise<void>;
};

/** `freshened`: called each time it was asked what was destroyed, for what else must be as new. */
type Freshness = { freshened: () => Promise<void>; askAfterMs?: number | undefined };

/** The keyring over the collection `keys`. Majority both ways: a key that could be rolled back would take what it sealed along. */
export function openKeyring(
  connection: Connection,
  masters: MasterKeys,
  { freshened, askAfterMs = usualAskAfterMs }: Freshness,
): Keyring {
  const docs = keysOf(connection);
  const memory = memoryOfKeys();
  const asked = { at: Number.NEGATIVE_INFINITY, last: new Date(0) };

  /** What was destroyed by others leaves this process, too. */
  async function freshen(): Promise<void> {
    if (performance.now() - asked.at < askAfterMs) return;
    const startedAt = performance.now();
    const since = new Date(asked.last.getTime() - 60_000);
    const destroyed = await docs.find({ destroyedAt: { $gt: since } }, { projection: { destroyedAt: 1 } }).toArray();
    for (const { _id, destroyedAt } of destroyed) {
      memory.forget(_id);
      if (destroyedAt && destroyedAt > asked.last) asked.last = destroyedAt;
    }
    await freshened();
    asked.at = startedAt;
  }
  const isStale = () => performance.now() - asked.at > forgetAfterMs;
  setInterval(() => isStale() && memory.clear(), askAfterMs).unref();

  function keep({ _id, turn, wrapped, by }: KeyDoc): DataKey {
    const bytes = wrapped && by ? unwrap(masters, `${_id}#${turn}`, { wrapped, by }) : undefined;
    return memory.keep(_id, { turn, bytes });
  }
  /** One that was altered is left out: what it sealed is broken, what others sealed opens. Without its master key nothing may go on. */
  function kept(doc: KeyDoc): [string, DataKey][] {
    try {
      return [[doc._id, keep(doc)]];
    } catch (error) {
      if (error instanceof MissingMaster) throw error;
      return [];
    }
  }
  async function read(names: readonly string[]): Promise<Map<string, DataKey>> {
    const found = await docs.find({ _id: { $in: [...names] } }).toArray();
    return new Map(found.flatMap(kept));
  }
  async function find(names: readonly string[]): Promise<Map<string, DataKey>> {
    await freshen();
    const found = new Map<string, DataKey>();
    const unknown: string[] = [];
    for (const name of new Set(names)) {
      const held = memory.of(name);
      if (held) found.set(name, held);
      else unknown.push(name);
    }
    if (unknown.length > 0) for (const [name, key] of await read(unknown)) found.set(name, key);
    return found;
  }
  const fresh = (name: string, turn: number): KeyDoc => ({
    _id: name,
    turn,
    ...wrap(masters, `${name}#${turn}`, randomBytes(32)),
  });
  /** Two processes may make the same key at once; one wins, and both read which. */
  async function insert(names: string[]): Promise<void> {
    if (names.length === 0) return;
    const made = names.map((name) => fresh(name, 1));
    await docs.insertMany(made, { ordered: false }).catch(ignoreCopies);
  }
  async function renew(name: string, turn: number): Promise<void> {
    const { _id, ...next } = fresh(name, turn + 1);
    await docs.updateOne({ _id, turn, wrapped: { $exists: false } }, { $set: next });
  }

  return {
    find,
    async make(names) {
      const found = await find(names);
      const without = [...new Set(names)].filter((name) => !found.get(name)?.bytes);
      if (without.length === 0) return found;
      await insert(without.filter((name) => !found.has(name)));
      for (const name of without) {
        const destroyed = found.get(name);
        if (destroyed) await renew(name, destroyed.turn);
      }
      for (const [name, key] of await read(without)) found.set(name, key);
      return found;
    },
    async destroy(keys) {
      for (const { name, turn } of keys)
        await docs.updateOne(
          { _id: name, turn: { $lte: turn }, wrapped: { $exists: true } },
          { $unset: { wrapped: 1, by: 1 }, $currentDate: { destroyedAt: true } },
        );
      for (const { name } of keys) memory.forget(name);
    },
  };
}

/** The collection of wrapped keys. */
export const keysOf = (connection: Connection) =>
  connection.collection<KeyDoc>('keys', {
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority' },
    readPreference: 'primary',
  });

/** What a process holds in clear: bounded, the longest unused goes first, and nothing longer than its life. */
function memoryOfKeys() {
  const held = new Map<string, DataKey & { at: number }>();
  return {
    of(name: string): DataKey | undefined {
      const key = held.get(name);
      if (!key) return undefined;
      held.delete(name);
      if (performance.now() - key.at > lifeMs) return undefined;
      held.set(name, key);
      return key;
    },
    keep(name: string, { turn, bytes }: DataKey): DataKey {
      const key = { turn, bytes, at: performance.now() };
      held.set(name, key);
      if (held.size > mostHeld) held.delete(held.keys().next().value as string);
      return key;
    },
    forget: (name: string) => held.delete(name),
    clear: () => held.clear(),
  };
}

function ignoreCopies(error: unknown): void {
  const errors = [(error as { writeErrors?: unknown }).writeErrors ?? []].flat() as { code?: number }[];
  if (errors.length === 0 || errors.some(({ code }) => code !== 11000)) throw error;
}
