import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { hostOff } from './timers.ts';

type Counted = [count: number, words: string][];

/** What is not as it should be with alerts and urgent messages, in words for an operator; each by an index (`delivery.md` 5). */
export async function faultsIn(world: World): Promise<string[]> {
  const { store, clock } = world;
  const late = addMinutes(clock.wall(), -1);
  return [
    ...clockFaults(world),
    ...inWords([
      [await store.alerts.withoutNextStep(), 'open alerts have no next step'],
      [await store.alerts.late(late), 'steps of alerts are more than a minute late'],
      [await store.outbox.lateUrgent(late), 'urgent messages should have left a minute ago'],
      [await store.mailbox.late(late), 'words of people have waited for more than a minute'],
      [await store.timers.failingAlarms(), 'calls of the phone alarm fail again and again'],
    ]),
  ];
}

function clockFaults(world: World): string[] {
  const off = hostOff(world);
  if (off === undefined) return [];
  return [`the clock of this host is ${Math.round(off / 1000)} s off the database: it takes no timers`];
}

/** What was put aside because it could not be read or done: no danger by itself, but somebody should look. */
const asideIn = async ({ store }: World): Promise<string[]> =>
  inWords([
    [await store.outbox.unreadable(), 'messages could not be read and were put aside'],
    [await store.mailbox.parked(), 'items of the mailbox are parked'],
    [await store.timers.parked(), 'timers could not be read and were put aside'],
  ]);

const inWords = (counted: Counted): string[] =>
  counted.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);

/** The watch of each minute may take so long, and come so long after the one before; more is a fault of its own (`delivery.md` 5). */
export type WatchBudget = { tookMs: number; apartMs: number };
const budget: WatchBudget = { tookMs: 2000, apartMs: 90_000 };

export type Watch = {
  /** One look. */
  look(): Promise<void>;
  /** What is wrong with the watch itself: slow the last time, late, or not come at all. */
  faults(): string[];
};

/** Looks each minute: an alert that would go silent gets its next step, now; faults are told each time, what was put aside once. It tells of its own lateness, too. */
export function watcher(world: World, onFault: (fault: string) => void, most = budget): Watch {
  const { mono } = world.clock;
  let told: string[] = [];
  let began = mono();
  let tookMs = 0;
  const faults = (): string[] => [
    ...(mono() - began > most.apartMs ? [`the watch of each minute is ${secondsOf(mono() - began)} s old`] : []),
    ...(tookMs > most.tookMs ? [`the watch of each minute took ${secondsOf(tookMs)} s`] : []),
  ];
  const look = async (): Promise<void> => {
    for (const fault of await faultsIn(world)) onFault(fault);
    await world.store.alerts.mendSilent(world.clock.wall());
    const aside = await asideIn(world);
    for (const fault of aside) if (!told.includes(fault)) onFault(fault);
    told = aside;
  };
  return {
    faults,
    async look() {
      const late = faults();
      began = mono();
      await look().finally(() => {
        tookMs = mono() - began;
      });
      for (const fault of [...late.slice(0, 1), ...faults()]) onFault(fault);
    },
  };
}

const secondsOf = (ms: number): string => (ms / 1000).toFixed(1);
