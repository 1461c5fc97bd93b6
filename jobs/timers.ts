import { escalateAlert } from '#core/alerts/escalate-alert.ts';
import type { Timer, TimerKind } from '#core/delivery/timer.ts';
import { execute, inStep, type Step } from '#core/execute.ts';
import { system } from '#core/people/actor.ts';
import type { World } from '#core/world.ts';

/** What a due timer does inside its step: one use case as the system. */
export type OnDue = (step: Step, timer: Timer) => Promise<void>;
/** What is done outside steps because it talks to the world: bytes of a file, the phone alarm. Throws when it must be tried again. */
export type OutsideWork = Partial<Record<TimerKind, (timer: Timer) => Promise<void>>>;

export type TimerWork = {
  world: World;
  onDue: Partial<Record<TimerKind, OnDue>>;
  outside: OutsideWork;
  onError: (id: string, error: unknown) => void;
  /** Outside work under way: where it is given, a slow download holds up no alert. Without it everything is done one after the other. */
  aside?: Set<Promise<void>>;
};

/** So much outside work is under way at once; the rest stays due. */
const mostAside = 4;

/** Does everything that is due now, in order of its time; gives how much it was. Run by the sweep and by each wake-up. */
export async function runDue(work: TimerWork): Promise<number> {
  const { world } = work;
  const now = world.clock.wall();
  const alerts = await world.store.alerts.due(now);
  const timers = await world.store.timers.due(now);
  const due = [
    ...alerts.map(({ id, version, nextStepAt }) => ({
      at: nextStepAt as Date,
      run: () => climbStep(world, id, version),
    })),
    ...timers.map((timer) => ({ at: timer.dueAt, run: () => fire(work, timer) })),
  ];
  due.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const { run } of due) await run().catch((error) => work.onError('timer', error));
  return due.length;
}

/** One step of an alert, fenced by the version that was due: two engines do it once. */
const climbStep = (world: World, alertId: string, version: number): Promise<unknown> =>
  inStep(world, `alert-step:${alertId}:${version}`, async (step) => {
    const alert = await step.deps.store.alerts.get(alertId);
    if (alert?.version !== version) return 'late';
    await execute(step, escalateAlert, { actor: system, input: { alertId: alert.id } });
    return 'done';
  });

async function fire(work: TimerWork, timer: Timer): Promise<void> {
  const outside = work.outside[timer.kind];
  if (outside && work.aside)
    return setAside(work.aside, () =>
      fireOutside(work, timer, outside).catch((error) => work.onError(timer.id, error)),
    );
  if (outside) return fireOutside(work, timer, outside);
  await inStep(work.world, `timer:${timer.id}:${timer.version}`, async (step) => {
    const current = await step.deps.store.timers.get(timer.id);
    if (current?.state !== 'waiting' || current.version !== timer.version) return 'late';
    await step.deps.store.timers.save({ ...current, state: 'done' });
    await work.onDue[timer.kind]?.(step, current);
    return 'done';
  }).catch((error) => setBack(work, timer, error));
}

function setAside(aside: Set<Promise<void>>, start: () => Promise<void>): void {
  if (aside.size >= mostAside) return;
  const run = start().finally(() => aside.delete(run));
  aside.add(run);
}

/** While one worker is at it the timer is put off for the others; should that worker end, it comes again after so long. */
const outsideMs = 30_000;

async function fireOutside(work: TimerWork, timer: Timer, outside: (timer: Timer) => Promise<void>): Promise<void> {
  const { timers } = work.world.store;
  const dueAt = new Date(work.world.clock.wall().getTime() + outsideMs);
  const taken = await timers.change(timer.id, { state: 'waiting', version: timer.version }, { dueAt });
  if (!taken) return;
  try {
    await outside(taken);
    await timers.change(timer.id, { state: 'waiting', version: taken.version }, { state: 'done' });
  } catch (error) {
    await setBack(work, taken, error);
  }
}

/** A timer that failed comes again: after 1, 2, 4 ... seconds, at most 5 minutes; it is never given up. */
async function setBack({ world, onError }: TimerWork, timer: Timer, error: unknown): Promise<void> {
  onError(timer.id, error);
  const wait = Math.min(300, 2 ** timer.attempts);
  await world.store.timers.change(
    timer.id,
    { state: 'waiting' },
    { attempts: timer.attempts + 1, dueAt: new Date(world.clock.wall().getTime() + wait * 1000) },
  );
}
