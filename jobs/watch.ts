import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';

type Counted = [count: number, words: string][];

/** What is not as it should be with alerts and urgent messages, in words for an operator; each by an index (`delivery.md` 5). */
export async function faultsIn({ store, clock }: World): Promise<string[]> {
  const late = addMinutes(clock.wall(), -1);
  return inWords([
    [await store.alerts.withoutNextStep(), 'open alerts have no next step'],
    [await store.alerts.late(late), 'steps of alerts are more than a minute late'],
    [await store.outbox.lateUrgent(late), 'urgent messages should have left a minute ago'],
  ]);
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

/** Looks each minute: an alert that would go silent gets its next step, now; faults are told each time, what was put aside once. */
export function watcher(world: World, onFault: (fault: string) => void): () => Promise<void> {
  let told: string[] = [];
  return async () => {
    for (const fault of await faultsIn(world)) onFault(fault);
    await world.store.alerts.mendSilent(world.clock.wall());
    const aside = await asideIn(world);
    for (const fault of aside) if (!told.includes(fault)) onFault(fault);
    told = aside;
  };
}
