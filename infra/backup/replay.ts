import { execute, inStep } from '#core/execute.ts';
import { system } from '#core/people/actor.ts';
import { repeatErasure } from '#core/privacy/repeat-erasure.ts';
import type { World } from '#core/world.ts';
import { listedErasures } from '../erasure-list.ts';

/**
 * Erases again whoever was erased since the backup was made, from the list that is kept outside the database; gives how many people. Everybody on the
 * list is erased again: doing it twice does no harm.
 */
export const replayErasures =
  (folders: readonly string[]) =>
  async (world: World): Promise<number> => {
    const lines = await listedErasures(folders);
    await world.seal.destroy(lines.flatMap(({ keys }) => keys));
    for (const { personId, keys } of lines) {
      const accountKeys = keys
        .filter((key) => key.startsWith('account:'))
        .map((key) => key.slice(0, key.lastIndexOf('#')));
      await inStep(world, `repeat-erasure:${world.newId()}`, (step) =>
        execute(step, repeatErasure, { actor: system, input: { personId, accountKeys } }),
      );
    }
    return new Set(lines.map(({ personId }) => personId)).size;
  };
