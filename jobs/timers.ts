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

/** So much outside work is under way at once; the rest stays due. The phone alarm never waits for files. */
const mostAside = 4;

/** A host whose clock is further off than this takes no timers: something in it cannot be trusted (`delivery.md` 6). */
const mostHostOffMs = 2000;

/** How far the host's clock is off the database's, in milliseconds, when that is too far; else nothing. */
export function hostOff({ clock }: World): number | undefined {
  const off = clock.hostOffMs?.() ?? 0;
  return Math.abs(off) > mostHostOffMs ? off : undefined;
}

/** Does everything that is due now; gives how much it was. Run by each wake-up, and by the sweep in its two halves. */
export const runDue = async (work: TimerWork): Promise<number> => (await climbDue(work)) + (await fireDue(work));

/** The steps of alerts: before and apart from all other timers, so that nothing else can hold them up. */
export async function climbDue({ world, onError }: TimerWork): Promise<number> {
  if (hostOff(world) !== undefined) return 0;
  const due = await world.store.alerts.due(world.clock.wall(), mostSteps);
  const left = due.values();
  const climber = async (): Promise<void> => {
    for (const { id, version } of left) await climbStep(world, id, version).catch((error) => onError(id, error));
  };
  await Promise.all(Array.from({ length: stepsAtOnce }, climber));
  return due.length;
}

/** So many steps a round takes, and so many at once: each is a transaction of its own alert. */
const mostSteps = 200;
const stepsAtOnce = 4;

/** All other timers, in order of their time. */
export async function fireDue(work: TimerWork): Promise<number> {
  if (hostOff(work.world) !== undefined) return 0;
  const due = await work.world.store.timers.due(work.world.clock.wall());
  for (const timer of due) await fire(work, timer).catch((error) => work.onError(timer.id, error));
  return due.length;
}

/** One step of an alert, fenced by the version that was due: two engines do it once. Its own change is the mark that it was done. */
const climbStep = (world: World, alertId: string, version: number): Promise<unknown> =>
  inStep(
    world,
    `alert-step:${alertId}:${version}`,
    async (step) => {
      const alert = await step.deps.store.alerts.get(alertId);
      if (alert?.version !== version) return;
      const done = await execute(step, escalateAlert, { actor: system, input: { alertId: alert.id } });
      if (done.is === 'refused') throw new Error(`the step of an alert was refused: ${done.phrase.key}`);
    },
    true,
  );

async function fire(work: TimerWork, timer: Timer): Promise<void> {
  const outside = work.outside[timer.kind];
  if (outside && work.aside)
    return setAside(work.aside, timer.kind, () =>
      fireOutside(work, timer, outside).catch((error) => work.onError(timer.id, error)),
    );
  if (outside) return fireOutside(work, timer, outside);
  await inStep(
    work.world,
    `timer:${timer.id}:${timer.version}`,
    async (step) => {
      const current = await step.deps.store.timers.get(timer.id);
      if (current?.state !== 'waiting' || current.version !== timer.version) return;
      await step.deps.store.timers.save({ ...current, state: 'done' });
      await work.onDue[timer.kind]?.(step, current);
    },
    true,
  ).catch((error) => setBack(work, timer, error));
}

function setAside(aside: Set<Promise<void>>, kind: TimerKind, start: () => Promise<void>): void {
  if (aside.size >= mostAside && kind !== 'call-alarm') return;
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

/** A timer that failed comes again: after 1, 2, 4 ... seconds, at most 5 minutes; it is never given up. One that was set anew meanwhile keeps its new time. */
async function setBack({ world, onError }: TimerWork, timer: Timer, error: unknown): Promise<void> {
  onError(timer.id, error);
  const wait = Math.min(300, 2 ** timer.attempts);
  await world.store.timers.change(
    timer.id,
    { state: 'waiting', version: timer.version },
    { attempts: timer.attempts + 1, dueAt: new Date(world.clock.wall().getTime() + wait * 1000) },
  );
}
