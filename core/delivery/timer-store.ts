import type { Connection } from 'mongoose';
import { type Filter, openCollection } from '../collection.ts';
import type { Seal } from '../seal.ts';
import { Timer, type TimerKind } from './timer.ts';

/** What becomes of a timer: it is set (or moved), or not wanted any more. */
export type TimerChange = (Pick<Timer, 'kind' | 'subject' | 'dueAt'> & { setAt?: Date }) | 'cancel';

const file: TimerKind = 'fetch-file';

/** Timers: set and cancelled inside steps, taken by the sweep when they are due. */
export function timerStore(connection: Connection, seal: Seal) {
  const timers = openCollection<Timer>(
    {
      name: 'timers',
      type: Timer,
      classes: { kind: 'open', subject: 'open', dueAt: 'open', state: 'open', attempts: 'open', setAt: 'open' },
      indexes: [
        { fields: { state: 1, dueAt: 1 } },
        { fields: { subject: 1 } },
        { fields: { kind: 1, state: 1, attempts: 1 }, only: { kind: 'call-alarm' } },
      ],
    },
    connection,
    seal,
  );
  return {
    ...timers,
    /**
     * What is due, the oldest first, files behind all else: many downloads that hang hide nothing. A timer that cannot be read is put aside: the
     * others go on.
     */
    async due(now: Date, limit = 50): Promise<Timer[]> {
      const dueOf = (kind: Filter) =>
        timers.findSound({ state: 'waiting', dueAt: { $lte: now }, kind }, { sort: { dueAt: 1 }, limit });
      const found = await Promise.all([dueOf({ $ne: file }), dueOf({ $eq: file })]);
      await timers.setAside(
        found.flatMap(({ broken }) => broken),
        { state: 'parked' },
      );
      return found.flatMap(({ sound }) => sound);
    },
    parked: () => timers.count({ state: 'parked' }),
    /** Calls of the phone alarm that failed three times and more, and still wait for an answer. */
    failingAlarms: () => timers.count({ kind: 'call-alarm', state: 'waiting', attempts: { $gte: 3 } }),
    /** What is over for good; decides nothing. */
    forgetDone: (before: Date) => timers.remove({ state: { $in: ['done', 'cancelled'] }, dueAt: { $lt: before } }),
    waiting: (limit = 100) => timers.find({ state: 'waiting' }, { sort: { dueAt: 1 }, limit }),
    /** Sets, moves and cancels timers by their keys. */
    async changeAll(changes: ReadonlyMap<string, TimerChange>, now: Date): Promise<void> {
      if (changes.size === 0) return;
      const known = new Map(
        (await timers.find({ _id: { $in: [...changes.keys()] } })).map((timer) => [timer.id, timer]),
      );
      const fresh: Timer[] = [];
      for (const [id, change] of changes) {
        const there = known.get(id);
        if (change !== 'cancel' && !there)
          fresh.push({ id, version: 0, setAt: now, state: 'waiting', attempts: 0, ...change });
        if (change !== 'cancel' && there)
          await timers.save({ ...there, setAt: now, ...change, state: 'waiting', attempts: 0 });
        if (change === 'cancel' && there?.state === 'waiting') await timers.save({ ...there, state: 'cancelled' });
      }
      await timers.insertMany(fresh);
    },
  };
}
