import type { Connection } from 'mongoose';
import { macOf } from '#core/journal/chain.ts';
import type { JournalHead } from '#core/journal/journal-line.ts';
import type { Keys, Seal } from '#core/seal.ts';
import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { type AnchorRecord, appendRecord, lastRecord, macOfRecord } from './anchor-file.ts';
import { anonymousHead, movedHeads } from './moved-heads.ts';

/** A folder for anchors outside the database. Each is a chain of its own; the second one may lie on another machine. */
export type AnchorPlace = { name: string; folder: string };

/** Folders as places, named as the database remembers them. */
export const anchorPlaces = (folders: readonly string[]): AnchorPlace[] =>
  folders.map((folder, index) => ({ name: `anchors-${index + 1}`, folder }));

export type Anchored = { world: World; connection: Connection };

/** A step carries the instant of its beginning and may be committed so much later. */
const slackMinutes = 2;

/** Writes down all heads that moved since the last record of this place; at least one record, also when none did. */
export async function anchor(on: Anchored, place: AnchorPlace): Promise<void> {
  const { store, seal } = on.world;
  const before = await lastRecord(place.folder);
  const kept = await keptEnd(on, place);
  let last = { number: Math.max(before?.number ?? 0, kept?.number ?? 0), mac: before?.mac ?? '' };
  const keys = await seal.keysFor(['office']);
  const since = before && addMinutes(new Date(before.at), -slackMinutes);
  let isWritten = false;
  for await (const heads of movedHeads(store.journal, since)) {
    last = await write(heads, last, on, place, keys);
    isWritten = true;
  }
  if (!isWritten) last = await write([], last, on, place, keys);
  await keepEnd(on, place, last);
}

type End = { number: number; mac: string };

async function write(heads: JournalHead[], last: End, on: Anchored, place: AnchorPlace, keys: Keys): Promise<End> {
  const { seal, clock, store } = on.world;
  const number = last.number + 1;
  const record = {
    number,
    at: clock.wall().toISOString(),
    heads: heads.map(({ id, number: at, mac }): AnchorRecord['heads'][number] => [id, at, mac]),
    anonymous: hide(await anonymousHead(store.journal), placeOf(place, number), seal, keys),
    previous: last.mac,
  };
  const mac = macOfRecord(record, seal);
  await appendRecord(place.folder, { ...record, mac });
  return { number, mac };
}

const placeOf = ({ name }: AnchorPlace, number: number) => ({
  collection: name,
  id: String(number),
  field: 'anonymous',
});

/** The same length each time, with a fresh nonce: whether anything was added to it cannot be seen. */
function hide(head: JournalHead | undefined, at: ReturnType<typeof placeOf>, seal: Seal, keys: Keys): string {
  const number = String(head?.number ?? 0).padStart(12, '0');
  return seal.seal(at, { number, mac: (head?.mac ?? '').padEnd(43, '=') }, 'office', keys);
}

/** The head of the lines that name nobody, as a record holds it. */
export async function openHidden(record: AnchorRecord, place: AnchorPlace, seal: Seal): Promise<End> {
  const keys = await seal.keysOf([record.anonymous]);
  const found = seal.open(placeOf(place, record.number), record.anonymous, keys) as { number: string; mac: string };
  return { number: Number(found.number), mac: found.mac };
}

type KeptEnd = End & { _id: string; proof: string };
const ends = ({ connection }: Anchored) => connection.collection<KeptEnd>('anchors');

const proofOf = ({ _id, number, mac }: Omit<KeptEnd, 'proof'>, seal: Seal): string =>
  macOf('journal-anchor-end', [_id, number, mac], seal);

/** Where the file of a place ends, as the database remembers it: a cut file is seen. `isProven` is false when somebody wrote it by hand. */
export async function keptEnd(on: Anchored, { name }: AnchorPlace): Promise<(End & { isProven: boolean }) | undefined> {
  const found = await ends(on).findOne({ _id: name });
  return found ? { ...found, isProven: found.proof === proofOf(found, on.world.seal) } : undefined;
}

async function keepEnd(on: Anchored, { name }: AnchorPlace, { number, mac }: End): Promise<void> {
  const end = { _id: name, number, mac };
  const proof = proofOf(end, on.world.seal);
  await ends(on).updateOne(
    { _id: name },
    { $set: { number, mac, proof } },
    { upsert: true, writeConcern: { w: 'majority' } },
  );
}
