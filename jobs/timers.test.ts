import { afterAll, beforeAll, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { runDue, type TimerWork } from './timers.ts';

let u: Universe;
beforeAll(async () => {
  u = await openUniverse();
});
afterAll(() => u.close());

const timerAt = (dueAt: Date) => ({ version: 0, dueAt, state: 'waiting' as const, attempts: 0, setAt: u.clock.wall() });
const setAlarm = (id: string) =>
  u.world.store.timers.insert({ ...timerAt(u.clock.wall()), id, kind: 'call-alarm', subject: id });

const workWith = (callAlarm: (id: string) => Promise<void>): TimerWork => ({
  world: u.world,
  onDue: {},
  outside: { 'call-alarm': ({ id }) => callAlarm(id) },
  onError: () => {},
});

it('two workers that find the same alarm due call it once', async () => {
  await setAlarm('alarm-1');
  const called: string[] = [];
  const work = workWith(async (id) => {
    called.push(id);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  await Promise.all([runDue(work), runDue(work)]);
  await runDue(work);
  expect(called).toEqual(['alarm-1']);
});

it('an alarm whose worker ended in the middle of it is called again half a minute later', async () => {
  await setAlarm('alarm-2');
  const called: string[] = [];
  void runDue(workWith(() => new Promise(() => {})));
  const work = workWith(async (id) => void called.push(id));
  await expect
    .poll(async () => (await u.world.store.timers.get('alarm-2'))?.dueAt.getTime())
    .toBeGreaterThan(u.clock.wall().getTime());
  await runDue(work);
  expect(called).toEqual([]);
  u.clock.forward(1);
  await runDue(work);
  expect(called).toEqual(['alarm-2']);
});

it('a download that hangs holds up nothing that is due after it', async () => {
  await setAlarm('alarm-3');
  const done: string[] = [];
  const later = new Date(u.clock.wall().getTime() + 1);
  await u.world.store.timers.insert({ ...timerAt(later), id: 'gap', kind: 'warn-duty-gap', subject: 'gap' });
  u.clock.forward(1);
  const work = { ...workWith(() => new Promise(() => {})), aside: new Set<Promise<void>>() };
  await runDue({ ...work, onDue: { 'warn-duty-gap': async (_step, { id }) => void done.push(id) } });
  expect(done).toEqual(['gap']);
  expect(work.aside.size).toBe(1);
});

it('sixty downloads that hang hide nothing that is due after them', async () => {
  const file = (count: number) => ({ id: `file-${count}`, kind: 'fetch-file' as const, subject: 'none' });
  await u.world.store.timers.insertMany(
    Array.from({ length: 60 }, (_, count) => ({ ...timerAt(u.clock.wall()), ...file(count) })),
  );
  const later = new Date(u.clock.wall().getTime() + 1);
  await u.world.store.timers.insert({ ...timerAt(later), id: 'gap-2', kind: 'warn-duty-gap', subject: 'gap' });
  u.clock.forward(1);
  const done: string[] = [];
  await runDue({
    world: u.world,
    onDue: { 'warn-duty-gap': async (_step, { id }) => void done.push(id) },
    outside: { 'fetch-file': () => new Promise(() => {}) },
    onError: () => {},
    aside: new Set(),
  });
  expect(done).toEqual(['gap-2']);
  await u.world.store.timers.remove({ kind: 'fetch-file' });
});

it('a timer that is set anew while it fails keeps its new time', async () => {
  await setAlarm('alarm-4');
  const later = new Date(u.clock.wall().getTime() + 600_000);
  await runDue(
    workWith(async (id) => {
      await u.world.store.timers.change(id, {}, { dueAt: later });
      throw new Error('not this time');
    }),
  );
  expect((await u.world.store.timers.must('alarm-4')).dueAt).toEqual(later);
});
