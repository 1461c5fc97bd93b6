import type { Connection } from 'mongoose';
import type { Timer } from '#core/delivery/timer.ts';
import { execute, inStep } from '#core/execute.ts';
import { ErasureId } from '#core/id.ts';
import { system } from '#core/people/actor.ts';
import type { Erasure } from '#core/privacy/erasure.ts';
import { finishErasure } from '#core/privacy/finish-erasure.ts';
import type { KeyId } from '#core/seal.ts';
import { minutesBetween } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { listErasure } from './erasure-list.ts';
import { renewOldForm } from './rotate-keys.ts';

type Erasing = { world: World; connection: Connection; folders: readonly string[] };

/**
 * Destroys the keys of somebody whose erasure two people approved: first the line outside the database, then the keys. Ended at any moment it is done
 * again. Throws while the chats still take messages away, so that it comes again.
 */
export async function erasePerson({ world, connection, folders }: Erasing, timer: Timer): Promise<void> {
  const { store, seal, clock } = world;
  const erasure = await store.erasures.get(ErasureId.parse(timer.subject));
  if (erasure?.state !== 'approved') return;
  await waitForChats(erasure, world);
  await renewOldForm(connection, store);
  const keys = await seal.living(erasure.keys as KeyId[]);
  await listErasure(folders, { personId: erasure.personId, at: clock.wall().toISOString(), keys });
  await seal.destroy(keys);
  await inStep(world, `erased:${erasure.id}`, (step) =>
    execute(step, finishErasure, { actor: system, input: { erasureId: erasure.id } }),
  );
}

/** What is still on its way can be opened only while the key lives; the key does not wait for a chat that is down. */
async function waitForChats({ personId, answeredAt }: Erasure, { store, clock, settings }: World): Promise<void> {
  const { chatsMinutes } = (await settings()).privacy;
  if (!answeredAt || minutesBetween(answeredAt, clock.wall()) > chatsMinutes) return;
  const onTheWay = await store.outbox.count({ personId, state: { $in: ['pending', 'attempting', 'not_sent'] } });
  if (onTheWay > 0) throw new Error('messages are still being taken out of the chats');
}
