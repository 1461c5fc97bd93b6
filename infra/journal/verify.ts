import { type Finding, noChain } from '#core/journal/finding.ts';
import { type Place, walkSlice } from '#core/journal/walk.ts';
import type { Anchored, AnchorPlace } from './anchor.ts';
import { type AnchorWalk, type BeforeChain, proveAnchors, type Step } from './prove-anchors.ts';

export type Wishes = AnchorWalk & { places: readonly AnchorPlace[]; sliceLines: number };

/** The whole proof in small steps: all chains with their heads, then the anchors. The memory it needs does not grow with the journal. */
export async function* verifyJournal(on: Anchored, { places, sliceLines, ...wishes }: Wishes): AsyncGenerator<Step> {
  const { store, seal, inTransaction } = on.world;
  const before = beforeChain();
  let place: Place | undefined;
  do {
    const from = place;
    const slice = await inTransaction(() => walkSlice({ journal: store.journal, seal }, from, sliceLines));
    place = slice.place;
    yield { lines: slice.lines, findings: slice.findings.filter((finding) => !before.takes(finding)) };
  } while (place);
  yield await before.judged(on);
  for (const one of places) yield* proveAnchors(on, one, wishes);
}

/** Lines without a chain, told once: those that were there when the chain began are none of anybody's doing, any other number of them is. */
function beforeChain() {
  let lines = 0;
  const sum = Buffer.alloc(32);
  return {
    takes({ chain, mark }: Finding): boolean {
      if (chain !== noChain) return false;
      lines++;
      for (const [place, byte] of Buffer.from(mark, 'base64url').entries()) sum[place] = (sum[place] ?? 0) ^ byte;
      return true;
    },
    async judged({ world }: Anchored): Promise<Step> {
      const mark = sum.toString('base64url');
      const [begun] = await world.store.journal.ofOffice('journal.begun');
      const known = begun?.fields as Pick<BeforeChain, 'lines' | 'mark'> | undefined;
      const before = { lines, mark, begunAt: begun?.at };
      if (!known || (known.lines === lines && known.mark === mark)) return { findings: [], lines: 0, before };
      return { findings: [{ fault: 'no chain', chain: noChain, number: lines, mark }], lines: 0, before };
    },
  };
}
