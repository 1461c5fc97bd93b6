import type { Connection } from 'mongoose';
import { openCollection } from '../collection.ts';
import type { Seal } from '../seal.ts';
import { Timer } from './timer.ts';

/** Timers: set and cancelled inside steps, taken by the sweep when they are due. */
export function timerStore(connection: Connection, seal: Seal) {
  const timers = openCollection<Timer>(
    {
      name: 'timers',
      type: Timer,
      classes: { kind: 'open', subject: 'open', dueAt: 'open', state: 'open', attempts: 'open', setAt: 'open' },
      indexes: [{ fields: { state: 1, dueAt: 1 } }, { fields: { subject: 1 } }],
    },
    connection,
    seal,
  );
  return {
    ...timers,
    due: (now: Date, limit = 50) => timers.find({ state: 'waiting', dueAt: { $lte: now } }, { sort: { dueAt: 1 }, limit }),
    waiting: (limit = 100) => timers.find({ state: 'waiting' }, { sort: { dueAt: 1 }, limit }),
    /** Sets or moves a timer. */
    async set(timer: Pick<Timer, 'id' | 'kind' | 'subject' | 'dueAt' | 'setAt'>): Promise<void> {
      const known = await timers.get(timer.id);
      if (known) await timers.save({ ...known, ...timer, state: 'waiting', attempts: 0 });
      else await timers.insert({ ...timer, version: 0, state: 'waiting', attempts: 0 });
    },
    async cancel(id: string): Promise<void> {
      const known = await timers.get(id);
      if (known?.state === 'waiting') await timers.save({ ...known, state: 'cancelled' });
    },
  };
}
export type TimerStore = ReturnType<typeof timerStore>;
