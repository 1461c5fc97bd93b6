import { type Place, walkSlice } from '#core/journal/walk.ts';
import type { Anchored, AnchorPlace } from './anchor.ts';
import { type AnchorWalk, proveAnchors, type Step } from './prove-anchors.ts';

export type Wishes = AnchorWalk & { places: readonly AnchorPlace[]; sliceLines: number };

/** The whole proof in small steps: all chains with their heads, then the anchors. The memory it needs does not grow with the journal. */
export async function* verifyJournal(on: Anchored, { places, sliceLines, ...wishes }: Wishes): AsyncGenerator<Step> {
  const { store, seal, inTransaction } = on.world;
  let place: Place | undefined;
  do {
    const from = place;
    const slice = await inTransaction(() => walkSlice({ journal: store.journal, seal }, from, sliceLines));
    place = slice.place;
    yield slice;
  } while (place);
  for (const one of places) yield* proveAnchors(on, one, wishes);
}
