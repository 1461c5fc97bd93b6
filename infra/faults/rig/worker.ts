import { readyingDanger } from '#core/language/danger.ts';
import { openOrdered } from './house.ts';
import type { Point } from './points.ts';

/** Where a worker ends by SIGKILL: the `nth` time it passes the point, or at the next one after it was told. */
export type End = { point: Point; nth: number };
export type Told = { moveTo: number } | { endAt: End } | { hostJumpsMs: number } | 'begin';

const ends: End[] = JSON.parse(process.argv[3] ?? '[]');
const passed = new Map<Point, number>();

/** Nothing of this process runs after the signal. */
function pass(point: Point): void {
  const times = (passed.get(point) ?? 0) + 1;
  passed.set(point, times);
  if (ends.some((end) => end.point === point && end.nth === times)) process.kill(process.pid, 'SIGKILL');
}

/** The clock of this host jumps; that of the database does not. */
function jump(ms: number): void {
  const RealDate = Date;
  const now = () => RealDate.now() + ms;
  globalThis.Date = new Proxy(RealDate, {
    construct: (real, args) => (args.length === 0 ? new real(now()) : Reflect.construct(real, args)),
    get: (real, name) => (name === 'now' ? now : Reflect.get(real, name)),
  });
}

/** One that stands by has done what each start costs before it is told to begin. */
async function standBy(): Promise<void> {
  for (const _ of readyingDanger());
  await new Promise<void>((resolve) => {
    process.on('message', (told: Told) => told === 'begin' && resolve());
    process.send?.('stands by');
  });
}

process.on('disconnect', () => process.exit(0));
if (process.argv[4] === 'stands by') await standBy();
const { moveTo } = await openOrdered(JSON.parse(process.argv[2] ?? '{}'), pass);
process.on('message', (told: Told) => {
  if (told === 'begin') return;
  if ('moveTo' in told) moveTo(new Date(told.moveTo));
  else if ('endAt' in told) ends.push({ ...told.endAt, nth: (passed.get(told.endAt.point) ?? 0) + told.endAt.nth });
  else jump(told.hostJumpsMs);
});
process.send?.('ready');
