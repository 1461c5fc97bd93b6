import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';

/** Days for which what is over is kept: keys of the mailbox longer than copies can come, shorter than Telegram's ids last (`delivery.md` 2). */
const days = { mailbox: 6, answers: 7, timers: 30, outbox: 60 };

/** Removes what is over and that nobody asks for again. It decides nothing: what waits, is unsure or is parked stays. */
export async function keepHouse({ store, clock }: World): Promise<void> {
  const before = (count: number): Date => addMinutes(clock.wall(), -count * 24 * 60);
  await store.mailbox.forgetDone(before(days.mailbox));
  await store.answers.remove({ at: { $lt: before(days.answers) } });
  await store.timers.forgetDone(before(days.timers));
  await store.outbox.forgetSettled(before(days.outbox));
  await store.gates.forgetOpened(new Date(clock.mono()));
}
