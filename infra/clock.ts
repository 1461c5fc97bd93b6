import type { Clock } from '#core/world.ts';

/** A wall clock that tests and the rehearsal city may move forward; the monotonic one is the machine's. */
export type MovableClock = Clock & { moveTo(at: Date): void; forward(minutes: number): void };

/** The database's clock, carried on by the machine's monotonic one: all processes count in one time, whatever their hosts say (`delivery.md` 6). */
export async function databaseClock(
  ask: () => Promise<Date>,
  { everyMs = 30_000, mostMs = 1000, onError = (_: unknown): void => {} } = {},
): Promise<Clock & { stop(): void }> {
  let base = 0;
  let since = 0;
  let latest = 0;
  const real = () => base + (performance.now() - since);
  /** An answer that was long on its way tells too little: what is known stays. */
  const look = async (mostMs: number): Promise<void> => {
    const asked = performance.now();
    const at = await ask();
    const answered = performance.now();
    if (answered - asked > mostMs) throw new Error('the database told its time too slowly');
    base = at.getTime();
    since = (asked + answered) / 2;
  };
  await look(mostMs).catch(() => look(Number.POSITIVE_INFINITY));
  const timer = setInterval(() => void look(mostMs).catch(onError), everyMs).unref();
  return {
    wall: () => new Date(real()),
    mono: () => {
      latest = Math.max(latest, real());
      return latest;
    },
    hostOffMs: () => Date.now() - real(),
    stop: () => clearInterval(timer),
  };
}

/** The machine's clock. */
export const realClock = (): Clock => ({ wall: () => new Date(), mono });

/** The instant this process began, carried on by the monotonic clock: setting the host's clock does not move it. */
const mono = (): number => performance.timeOrigin + performance.now();

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
    mono,
    moveTo: (at) => set(Math.max(at.getTime(), wall().getTime())),
    forward: (minutes) => set(wall().getTime() + minutes * 60_000),
  };
}
