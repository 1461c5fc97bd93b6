import { mailboxStore } from '#core/delivery/mailbox-store.ts';
import type { Wake, World } from '#core/world.ts';
import { watchedFetch } from '#infra/http.ts';
import { connectMongo } from '#infra/mongo.ts';
import { started } from '#infra/rehearsal/telegram/started.ts';
import { loneSeal } from '#infra/test/lone-seal.ts';
import { testPlace } from '#infra/test/place.ts';

export const seal = loneSeal(9);
export const at = new Date('2026-03-02T08:00:00Z');
export const botId = '7000000001';
export const botUsername = 'punte_mistok_bot';

/** A stand-in of Telegram, and a line to it through the watched fetch. */
export async function city() {
  const made = await started();
  return { ...made, line: { token: made.telegram.token, apiRoot: made.telegram.url, watch: watchedFetch() } };
}

/** As much of a world as receiving needs: a real mailbox, a standing clock, and what was woken. */
export async function mailboxWorld() {
  const { mongodbUri } = testPlace();
  const connection = await connectMongo(mongodbUri);
  const mailbox = mailboxStore(connection, seal);
  await mailbox.buildIndexes();
  const woken: Wake[] = [];
  const world = {
    store: { mailbox },
    seal,
    clock: { wall: () => at, mono: () => performance.now() },
    wake: (what: Wake) => void woken.push(what),
  } as unknown as World;
  return { world, mailbox, woken, connection, close: () => connection.close() };
}
