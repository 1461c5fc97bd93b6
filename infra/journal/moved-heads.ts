import { anonymousChain } from '#core/journal/chain.ts';
import type { JournalHead } from '#core/journal/journal-line.ts';
import type { Store } from '#core/store.ts';

type Journal = Store['journal'];

/** So many heads are read, and stand in one record, at once. */
export const atMostHeads = 500;

/** Heads of the chains that have lines since then, in portions; all heads when no time is given. Only what a majority of the database holds. */
export async function* movedHeads(journal: Journal, since: Date | undefined): AsyncGenerator<JournalHead[]> {
  if (!since) return yield* portions(allHeads(journal), toHead);
  const chains = journal.rows.aggregate<{ _id: unknown }>([
    { $match: { at: { $gte: since } } },
    { $group: { _id: '$chain' } },
  ]);
  for await (const names of portions(chains.cursor(), ({ _id }) => _id)) yield await headsOf(journal, names);
}

const allHeads = (journal: Journal): AsyncIterable<RawHead> =>
  journal.heads
    .find({ _id: { $ne: anonymousChain } } as never)
    .readConcern('majority')
    .lean<RawHead[]>()
    .cursor() as never;

type RawHead = Omit<JournalHead, 'id'> & { _id: string };
const toHead = ({ _id, ...head }: RawHead): JournalHead => ({ id: _id, ...head });

/** These heads, but never that of the lines which name nobody. */
async function headsOf(journal: Journal, names: unknown[]): Promise<JournalHead[]> {
  const chains = names.filter((name) => typeof name === 'string' && name !== anonymousChain);
  const found = await journal.heads
    .find({ _id: { $in: chains } } as never)
    .readConcern('majority')
    .lean<RawHead[]>();
  return found.map(toHead);
}

/** The head of the lines that name nobody; `undefined` while there is none. */
export const anonymousHead = async (journal: Journal): Promise<JournalHead | undefined> => {
  const found = await journal.heads
    .findOne({ _id: anonymousChain } as never)
    .readConcern('majority')
    .lean<RawHead>();
  return found ? toHead(found) : undefined;
};

async function* portions<T, R>(all: AsyncIterable<T>, take: (one: T) => R): AsyncGenerator<R[]> {
  let portion: R[] = [];
  for await (const one of all) {
    portion.push(take(one));
    if (portion.length < atMostHeads) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}
