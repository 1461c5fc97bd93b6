import type { Collection, Stored } from '../collection.ts';
import type { Store } from '../store.ts';

/**
 * The stores as one step sees them: what was read or written once is not asked for again. A transaction reads one snapshot and its own
 * writes, so the answer would be the same. Only `get` and `must` answer from memory; the next step begins with nothing.
 */
export const stepStore = (store: Store): Store => ({
  ...store,
  people: remembering(store.people),
  cases: remembering(store.cases),
  alerts: remembering(store.alerts),
});

function remembering<T extends Stored, C extends Collection<T>>(store: C & Collection<T>): C {
  const known = new Map<string, T>();
  const note = <R>(found: R): R => {
    for (const one of Array.isArray(found) ? found : [found]) if (isThing<T>(one)) known.set(one.id, one);
    return found;
  };
  const noted =
    (read: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]) =>
      note(await read(...args));
  const readers = Object.entries(store).map(([name, read]) => [
    name,
    typeof read === 'function' ? noted(read as never) : read,
  ]);
  const get = async (id: string): Promise<T | undefined> => known.get(id) ?? note(await store.get(id));
  return {
    ...Object.fromEntries(readers),
    get,
    must: async (id: string) => (await get(id)) ?? store.must(id),
    async insert(thing: T) {
      await store.insert(thing);
      note(thing);
    },
    async insertMany(things: T[]) {
      await store.insertMany(things);
      note(things);
    },
    async remove(filter: Parameters<C['remove']>[0]) {
      known.clear();
      return store.remove(filter);
    },
  } as unknown as C;
}

const isThing = <T extends Stored>(value: unknown): value is T =>
  typeof value === 'object' && value !== null && 'id' in value && 'version' in value;
