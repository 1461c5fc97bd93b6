import type { World } from '#core/world.ts';
import { keepHouse } from '#jobs/housekeeping.ts';
import { sweep } from '#jobs/sweep.ts';
import { climbDue, fireDue, type TimerWork } from '#jobs/timers.ts';
import { watcher } from '#jobs/watch.ts';
import type { Brake } from './brake.ts';
import type { Log } from './log.ts';
import type { Delivery } from './start-delivery.ts';
import type { lanesOf } from './start-lanes.ts';

/** What the process does by itself and when it is woken, as far as it is its part. */
export type Work = {
  mailbox: ReturnType<typeof lanesOf>;
  delivery: Delivery;
  timers: TimerWork & { aside: Set<Promise<void>> };
};

type Round = { name: string; run: () => Promise<number> };

const minuteMs = 60_000;
/** So often a process that takes no steps learns of a new epoch of the office, in which it signs buttons. */
const officeMs = 3000;

/** Everything that waits, part by part. */
export const roundsOf = (
  { mailbox, delivery, timers }: Work,
  parts: { receiving: boolean; delivery: boolean; timers: boolean },
): Round[] => [
  ...(parts.receiving ? [{ name: 'mailbox', run: () => mailbox.sweep() }] : []),
  ...(parts.timers
    ? [
        { name: 'alerts', run: () => climbDue(timers) },
        { name: 'timers', run: () => fireDue(timers) },
      ]
    : []),
  ...(parts.delivery ? delivery.rounds() : []),
];

/** Nothing is done while the brake is on. */
export const braked = (rounds: Round[], brake: Brake): Round[] =>
  rounds.map(({ name, run }) => ({ name, run: async () => (brake.isOn() ? 0 : run()) }));

type Sweeping = {
  world: World;
  everyMs: number;
  log: Log;
  pulse: (name: string) => Promise<void>;
  hasWatch: boolean;
  isHeld: () => boolean;
};

/** A sweep for each part: a failure or a slow round of one holds up no other. Beside them the watch of each minute, and housekeeping. */
export function startSweeps(
  rounds: Round[],
  { world, everyMs, log, pulse, hasWatch, isHeld }: Sweeping,
): { faults(): string[]; stop(): Promise<void> } {
  const failed = (name: string) => (error: unknown) =>
    log.warn({ err: error, job: name }, 'a sweep failed; the next one comes');
  const beating =
    ({ name, run }: Round) =>
    async (): Promise<void> => {
      await run();
      await pulse(name);
    };
  const sweeps = rounds.map((round) => sweep(beating(round), everyMs, failed(round.name)));
  sweeps.push(sweep(() => world.settings(), officeMs, failed('office')));
  const watch = watcher(world, (fault) => log.error({ fault }, 'the watch found a fault'));
  if (hasWatch) {
    const run = () => watch.look().then(() => 0);
    sweeps.push(sweep(beating({ name: 'watch', run }), minuteMs, failed('watch')));
    sweeps.push(sweep(async () => isHeld() || keepHouse(world), 60 * minuteMs, failed('housekeeping')));
  }
  return {
    faults: () => (hasWatch ? watch.faults() : []),
    async stop() {
      await Promise.all(sweeps.map((one) => one.stop()));
    },
  };
}
