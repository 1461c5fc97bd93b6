import type { Update } from '@grammyjs/types';

export type UpdateContent = Omit<Update, 'update_id'>;
export type UpdateIds = {
  /** The first id, or 'random': "If there are no new updates for at least a week, then identifier of the next update will be chosen randomly". */
  start?: number | 'random';
  /** Ids of neighbours change places: they are unique, not rising. A webhook then gets them out of order, too. */
  isShuffled?: boolean;
};

type Waiting = { update: Update; createdAt: number; wasGiven: boolean; onConfirmed(): void };

export type Queue = {
  /** Puts an update in line, if its type is allowed; gives its id. */
  add(content: UpdateContent, onConfirmed?: () => void): number | undefined;
  allow(types: readonly string[]): void;
  allowed(): readonly string[];
  /** What `getUpdates` does: confirms what lies before the offset, gives the next ones. */
  take(offset: number, limit: number): Update[];
  /** The one a webhook gets next. */
  next(): Update | undefined;
  confirm(updateId: number): void;
  clear(): void;
  size(): number;
  /** As after a quiet week: the next id is chosen anew. Only with an empty line. */
  restartAt(id: number): void;
  onAdded(listener: () => void): void;
};

/** Not sent unless asked for by name: https://core.telegram.org/bots/api#getupdates, `allowed_updates`. */
const onlyOnRequest = ['chat_member', 'message_reaction', 'message_reaction_count'];
/** "Incoming updates are stored on the server until the bot receives them either way, but they will not be kept longer than 24 hours." */
const keptMs = 24 * 3600 * 1000;
/** A tap waits no longer than that for the bot (the server's source gives callback queries 150 s). */
const tapKeptMs = 150 * 1000;
/** An offset further than this past the end is ignored by the server: https://github.com/tdlib/td/blob/master/tddb/td/db/TQueue.cpp */
const farAhead = 10;

/** The line of updates: https://core.telegram.org/bots/api#getting-updates */
export function createQueue(now: () => number, { start = 1001, isShuffled = false }: UpdateIds): Queue {
  let line: Waiting[] = [];
  let types: readonly string[] = [];
  let ids = idsFrom(start === 'random' ? 1 + Math.floor(Math.random() * 2 ** 30) : start, isShuffled);
  const listeners: (() => void)[] = [];

  const remove = (isGone: (item: Waiting, place: number) => boolean) => {
    const gone = new Set(line.filter(isGone));
    if (gone.size > 0) line = line.filter((item) => !gone.has(item));
    return gone;
  };
  const confirmAll = (isConfirmed: (item: Waiting, place: number) => boolean) => {
    for (const item of remove(isConfirmed)) item.onConfirmed();
  };
  const forgetOld = () =>
    void remove(({ update, createdAt }) => createdAt < now() - (update.callback_query ? tapKeptMs : keptMs));

  return {
    add(content, onConfirmed = () => {}) {
      const type = Object.keys(content)[0] ?? '';
      if (types.length === 0 ? onlyOnRequest.includes(type) : !types.includes(type)) return undefined;
      const update: Update = { update_id: ids.next(), ...structuredClone(content) };
      line.push({ update, createdAt: now(), wasGiven: false, onConfirmed });
      for (const listener of listeners) listener();
      return update.update_id;
    },
    allow(list) {
      types = list;
    },
    allowed: () => types,
    take(offset, limit) {
      forgetOld();
      /** "The negative offset can be specified to retrieve updates starting from -offset update from the end ... All previous updates will be forgotten." */
      if (offset < 0) confirmAll((_, place) => place < line.length + offset);
      /** "confirmed as soon as getUpdates is called with an offset higher than its update_id" */ else if (
        offset <=
        ids.end() + farAhead
      )
        confirmAll((item) => item.update.update_id < offset && (item.wasGiven || !isShuffled));
      const given = line.slice(0, limit);
      for (const item of given) item.wasGiven = true;
      return given.map((item) => item.update);
    },
    next() {
      forgetOld();
      return line[isShuffled ? Math.floor(Math.random() * Math.min(4, line.length)) : 0]?.update;
    },
    confirm: (updateId) => confirmAll((item) => item.update.update_id === updateId),
    clear() {
      line = [];
    },
    size() {
      forgetOld();
      return line.length;
    },
    restartAt(id) {
      if (line.length > 0) throw new Error('ids restart only after a quiet week: the line of updates is not empty');
      if (Math.abs(id - ids.end()) <= farAhead)
        throw new Error('a restart so near the old ids would be taken for the old row');
      ids = idsFrom(id, isShuffled);
    },
    onAdded: (listener) => void listeners.push(listener),
  };
}

function idsFrom(first: number, isShuffled: boolean): { next(): number; end(): number } {
  let block: number[] = [];
  let end = first;
  const fill = () => {
    const count = isShuffled ? 8 : 1;
    block = Array.from({ length: count }, (_, i) => end + i);
    end += count;
    if (isShuffled) block.sort(() => Math.random() - 0.5);
  };
  return {
    next() {
      if (block.length === 0) fill();
      return block.shift() ?? end;
    },
    end: () => end,
  };
}
