import { open } from 'node:fs/promises';
import { anonymousChain } from '#core/journal/chain.ts';
import type { World } from '#core/world.ts';
import { type AnchorPlace, openHidden } from './anchor.ts';
import { AnchorRecord, anchorFiles, macOfRecord } from './anchor-file.ts';
import { releasedAt } from './prove-anchors.ts';

type Looking = { world: Pick<World, 'store' | 'seal'> };

/** Four hours of anchors, as far as they fit: what was set back is seen in the newest of them. */
const mostRecords = 16;
const tailBytes = 2 * 1024 * 1024;

/**
 * How many chains of the journal end before the place at which they were anchored: the database is older than what happened. Anchors of before the
 * last release have been looked into by two people; records that this database did not make say nothing.
 */
export async function chainsBehind(on: Looking, place: AnchorPlace): Promise<number> {
  const anchored = await anchoredEnds(on, place);
  if (anchored.size === 0) return 0;
  const heads = await on.world.store.journal.heads
    .find({ _id: { $in: [...anchored.keys()] } } as never, { number: 1 })
    .lean<{ _id: string; number: number }[]>();
  const ends = new Map(heads.map(({ _id, number }) => [_id, number]));
  return [...anchored].filter(([chain, number]) => (ends.get(chain) ?? 0) < number).length;
}

async function anchoredEnds(on: Looking, place: AnchorPlace): Promise<Map<string, number>> {
  const excused = await releasedAt(on);
  const ends = new Map<string, number>();
  const raise = (chain: string, number: number) => ends.set(chain, Math.max(number, ends.get(chain) ?? 0));
  for (const record of await latestRecords(place.folder)) {
    if (record.mac !== macOfRecord(record, on.world.seal)) continue;
    if (excused && new Date(record.at) <= excused) continue;
    for (const [chain, number] of record.heads) raise(chain, number);
    const hidden = await openHidden(record, place, on.world.seal);
    if (hidden.number > 0) raise(anonymousChain, hidden.number);
  }
  return ends;
}

/** When the last anchor was written into this folder. */
export async function anchoredAt(folder: string): Promise<Date | undefined> {
  const last = (await latestRecords(folder)).at(-1);
  return last && new Date(last.at);
}

/** The newest whole records of a folder. Only reads: another process may be writing the next one. */
async function latestRecords(folder: string): Promise<AnchorRecord[]> {
  const records: AnchorRecord[] = [];
  for (const file of (await anchorFiles(folder)).slice(-2)) records.push(...(await tailOf(file)));
  return records.slice(-mostRecords);
}

async function tailOf(path: string): Promise<AnchorRecord[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.subarray(0, bytesRead).toString('utf8').split('\n').flatMap(recordIn);
  } finally {
    await file.close();
  }
}

function recordIn(line: string): AnchorRecord[] {
  try {
    return [AnchorRecord.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
