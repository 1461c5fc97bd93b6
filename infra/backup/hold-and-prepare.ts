import type { Connection } from 'mongoose';
import { execute, inStep } from '#core/execute.ts';
import type { Hold } from '#core/office/hold.ts';
import { holdOffice } from '#core/office/hold-office.ts';
import { prepareRelease } from '#core/office/prepare-release.ts';
import { system } from '#core/people/actor.ts';
import type { World } from '#core/world.ts';
import { afterRollback } from './after-rollback.ts';

type Rollback = { why: Exclude<Hold['why'], 'byHand'>; lostSince: Date | undefined };

/**
 * Puts the office of a database that was set back into hold and does all that must come before a release. Ended half-way it is begun anew.
 * `replayErasures`: erases again who was erased since, gives how many. Gives how much was changed.
 */
export async function holdAndPrepare(
  connection: Connection,
  world: World,
  { why, lostSince }: Rollback,
  replayErasures: (world: World) => Promise<number>,
): Promise<Record<string, number>> {
  const asSystem = (work: Parameters<typeof inStep>[2]) => inStep(world, `hold:${world.newId()}`, work);
  const input = { why, ...(lostSince ? { lostSince } : {}), isPrepared: false };
  await asSystem((step) => execute(step, holdOffice, { actor: system, input }));
  const counts = { ...(await afterRollback(connection, world.clock.wall())), erased: await replayErasures(world) };
  await asSystem((step) => execute(step, prepareRelease, { actor: system, input: { counts } }));
  return counts;
}
