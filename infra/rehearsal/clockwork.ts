import { type Alert, rung } from '#core/alerts/alert.ts';
import { peopleOf } from '#core/alerts/ring.ts';
import type { World } from '#core/world.ts';
import type { MovableClock } from '../clock.ts';
import type { House } from '../start-house.ts';

/** Something that will happen by itself. */
export type Due = {
  id: string;
  at: Date;
  kind: string /** Id of what it is about, or of the person it concerns. */;
  subject: string;
  number?: string;
  isUrgent: boolean;
};

/** Everything that waits for its time: steps of alerts first, timers, rows of the outbox that leave later. */
export async function comingUp(world: World, limit = 60): Promise<Due[]> {
  const { store } = world;
  const alerts = await store.alerts.find(
    { state: { $in: ['open', 'taken', 'asked'] }, nextStepAt: { $exists: true } },
    { sort: { nextStepAt: 1 }, limit },
  );
  const timers = await store.timers.waiting(limit);
  const concerned = new Map(
    (await store.appointments.find({ _id: { $in: timers.map(({ subject }) => subject) } })).map(({ id, personId }) => [
      id as string,
      personId as string,
    ]),
  );
  const due = [
    ...(await alertSteps(alerts, world)),
    ...timers.map(
      (timer): Due => ({
        id: timer.id,
        at: timer.dueAt,
        kind: timer.kind,
        subject: concerned.get(timer.subject) ?? timer.subject,
        isUrgent: false,
      }),
    ),
  ];
  return due.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The next step of each alert: whom it would tell as the roster stands now, or whom it would ask. */
async function alertSteps(alerts: Alert[], { store, settings, clock }: World): Promise<Due[]> {
  const view = { store, settings: await settings(), now: clock.wall() };
  const due: Due[] = [];
  for (const alert of alerts) {
    const { ring } = rung(alert.level, alert.step + 1, view.settings);
    const isAsking = alert.state !== 'open';
    const next =
      isAsking || ring === 'all'
        ? undefined
        : (await peopleOf(ring, alert, view)).find(({ id }) => !alert.toldIds.includes(id));
    const kind = isAsking ? 'alert-ask' : next ? 'alert' : 'alert-everybody';
    due.push({
      id: alert.id,
      at: alert.nextStepAt as Date,
      kind,
      subject: next?.id ?? alert.ownerId ?? alert.id,
      number: alert.number,
      isUrgent: true,
    });
  }
  return due;
}

/** Moves the city's time: every due timer on the way happens in its order; the clock halts at each urgent one. */
export function clockwork(house: House, clock: MovableClock) {
  let isMoving = false;
  const settle = async () => {
    for (let round = 0; round < 40; round++) if ((await house.round()) === 0) return;
  };
  const moveTo = async (until: Date): Promise<void> => {
    if (isMoving) return;
    isMoving = true;
    try {
      for (;;) {
        const next = (await comingUp(house.world, 1))[0];
        if (!next || next.at > until) break;
        clock.moveTo(next.at);
        await settle();
        if (next.isUrgent) return;
      }
      clock.moveTo(until);
      await settle();
    } finally {
      isMoving = false;
    }
  };
  return {
    isMoving: () => isMoving,
    settle,
    moveTo,
    forward: (minutes: number) => moveTo(new Date(clock.wall().getTime() + minutes * 60_000)),
    async next() {
      const next = (await comingUp(house.world, 1))[0];
      if (next) await moveTo(next.at);
    },
  };
}
export type Clockwork = ReturnType<typeof clockwork>;
