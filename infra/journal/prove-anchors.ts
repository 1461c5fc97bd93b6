import { anonymousChain, macOf } from '#core/journal/chain.ts';
import { type Finding, gapUntil } from '#core/journal/finding.ts';
import type { World } from '#core/world.ts';
import { type Anchored, type AnchorPlace, keptEnd, openHidden } from './anchor.ts';
import { type AnchorRecord, anchorFiles, macOfRecord, recordsIn } from './anchor-file.ts';

/** Findings of one record, so that who walks can rest between them. */
export type Step = { findings: Finding[]; lines: number; before?: BeforeChain };

/** Lines from before the journal was a chain: how many, a digest over all of them, and when the chain began. */
export type BeforeChain = { lines: number; mark: string; begunAt: Date | undefined };

/** A walk that never rests looks at the latest files only; the command line at all of them. */
export type AnchorWalk = { latestFiles?: number };

/**
 * Proves an anchor file record by record, and that each head in it is still a line of the journal. What was anchored before the last hold was
 * released has been looked into by two people and is not asked for again.
 */
export async function* proveAnchors(
  on: Anchored,
  place: AnchorPlace,
  { latestFiles = Number.POSITIVE_INFINITY }: AnchorWalk = {},
): AsyncGenerator<Step> {
  const files = (await anchorFiles(place.folder)).slice(-latestFiles);
  const excused = await releasedAt(on);
  const kept = await keptEnd(on, place);
  let last: AnchorRecord | undefined;
  let read = 0;
  for await (const record of recordsIn(files)) {
    read++;
    if (!record) {
      const at = { chain: place.name, number: (last?.number ?? 0) + 1, mark: 'no record' };
      yield { findings: [{ fault: 'anchor altered', ...at }], lines: 0 };
      continue;
    }
    const findings = faultsOf(record, last, place, on, latestFiles);
    const isAsked = findings.length === 0 && !(excused && new Date(record.at) <= excused);
    if (isAsked) findings.push(...(await notAsAnchored(record, place, on)));
    last = record;
    yield { findings, lines: record.heads.length };
  }
  yield { findings: cutOf(kept, last, read, place), lines: 0 };
}

function faultsOf(
  record: AnchorRecord,
  last: AnchorRecord | undefined,
  { name }: AnchorPlace,
  { world }: Anchored,
  latestFiles: number,
): Finding[] {
  const mark = macOf('journal-finding', record, world.seal);
  const found = { chain: name, number: record.number, mark, since: last && new Date(last.at) };
  if (record.mac !== macOfRecord(record, world.seal)) return [{ ...found, fault: 'anchor altered' }];
  const isBeginning = !last && latestFiles < Number.POSITIVE_INFINITY;
  if (isBeginning) return [];
  const follows = record.previous === (last?.mac ?? '') && record.number === (last?.number ?? 0) + 1;
  if (follows) return [];
  return [{ ...found, fault: 'anchors cut', number: (last?.number ?? 0) + 1, mark: gapUntil(record.number - 1) }];
}

/** Each line that was the last of its chain then must still be there as it was. */
async function notAsAnchored(record: AnchorRecord, place: AnchorPlace, on: Anchored): Promise<Finding[]> {
  const hidden = await openHidden(record, place, on.world.seal);
  const ends = [...record.heads, ...(hidden.number > 0 ? [[anonymousChain, hidden.number, hidden.mac] as const] : [])];
  const rows = on.world.store.journal.rows;
  const missing: Finding[] = [];
  for (let from = 0; from < ends.length; from += 100) {
    const asked = ends.slice(from, from + 100);
    const found = await rows
      .find({ $or: asked.map(([chain, number]) => ({ chain, number })) }, { chain: 1, number: 1, mac: 1 })
      .lean<{ chain: string; number: number; mac: string }[]>();
    const there = new Set(found.map(({ chain, number, mac }) => `${chain} ${number} ${mac}`));
    for (const [chain, number, mac] of asked)
      if (!there.has(`${chain} ${number} ${mac}`))
        missing.push({ fault: 'not as anchored', chain, number, mark: `anchored ${mac}`, since: new Date(record.at) });
  }
  return missing;
}

/** The database remembers where the file ended; the file may be ahead of it by what a crash left, never behind. */
function cutOf(
  kept: Awaited<ReturnType<typeof keptEnd>>,
  last: AnchorRecord | undefined,
  read: number,
  { name }: AnchorPlace,
): Finding[] {
  const since = last && new Date(last.at);
  const end = last?.number ?? 0;
  if (kept && !kept.isProven)
    return [{ fault: 'anchor altered', chain: name, number: kept.number, mark: `end ${kept.mac}`, since }];
  if (!kept) return read > 1 ? [{ fault: 'anchor altered', chain: name, number: end, mark: 'no end', since }] : [];
  if (kept.number > end || (kept.number === end && kept.mac !== last?.mac))
    return [{ fault: 'anchors cut', chain: name, number: end + 1, mark: gapUntil(kept.number), since }];
  return [];
}

/** When the last hold was released, by the journal: a field of the office alone could be set by anybody. */
export async function releasedAt({ world }: { world: Pick<World, 'store'> }): Promise<Date | undefined> {
  const line = await world.store.journal.rows
    .findOne({ chain: 'office', type: 'office.released' }, { at: 1 }, { sort: { number: -1 } })
    .lean<{ at: Date }>();
  return line?.at;
}
