import { type KeyId, keyOfDay } from '#core/seal.ts';
import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';

/** Days for which what is over is kept: keys of the mailbox longer than copies can come, shorter than Telegram's ids last (`delivery.md` 2). */
const days = { mailbox: 6, answers: 7, dayKeys: 8, timers: 30, outbox: 60 };
/** An office in which nobody worked for longer than a year finds no older key of a day any more. */
const daysLookedAt = 400;

/** Removes what is over and that nobody asks for again. It decides nothing: what waits, is unsure or is parked stays. */
export async function keepHouse(world: World): Promise<void> {
  const { store, clock } = world;
  const before = (count: number): Date => addMinutes(clock.wall(), -count * 24 * 60);
  await store.mailbox.forgetDone(before(days.mailbox));
  await store.answers.remove({ at: { $lt: before(days.answers) } });
  await store.timers.forgetDone(before(days.timers));
  await store.outbox.forgetSettled(before(days.outbox));
  await dropDayKeys(world);
  await store.gates.forgetOpened(new Date(clock.mono()));
}

/** The key of a day lives seven days more; with it goes whatever was left of that day's mailbox. A day on which something still waits keeps its key. */
async function dropDayKeys({ store, seal, clock }: World): Promise<void> {
  const oldest = await store.mailbox.first({ state: 'waiting' }, { sort: { receivedAt: 1 } });
  const past = Array.from({ length: daysLookedAt }, (_, place) =>
    keyOfDay(addMinutes(clock.wall(), -(days.dayKeys + place) * 24 * 60)),
  );
  const isOver = (id: KeyId) => !oldest || id < keyOfDay(oldest.receivedAt);
  await seal.destroy(await seal.living(past.filter(isOver)));
}
