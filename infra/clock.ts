import type { Clock } from '#core/world.ts';

/** A wall clock that tests and the rehearsal city may move forward; the monotonic one is the machine's. */
export type MovableClock = Clock & { moveTo(at: Date): void; forward(minutes: number): void };

/** The machine's clock. */
export const realClock = (): Clock => ({ wall: () => new Date(), mono: () => performance.now() });

/**
 * A wall clock that starts at `from`. `isFrozen`: it stands still between moves (tests); else it runs on (the city).
 */
export function movableClock(from: Date, { isFrozen = false } = {}): MovableClock {
  let base = from.getTime();
  let since = performance.now();
  const wall = () => new Date(base + (isFrozen ? 0 : performance.now() - since));
  const set = (ms: number) => {
    base = ms;
    since = performance.now();
  };
  return {
    wall,
    mono: () => performance.now(),
    moveTo: (at) => set(Math.max(at.getTime(), wall().getTime())),
    forward: (minutes) => set(wall().getTime() + minutes * 60_000),
  };
}
