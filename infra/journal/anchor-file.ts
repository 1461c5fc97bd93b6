import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { macOf } from '#core/journal/chain.ts';
import type { Seal } from '#core/seal.ts';

/**
 * One line of an anchor file: heads as they were (chain, number, MAC of the last line), the head of the lines that name nobody sealed, and the
 * MAC over the record and the one before. A folder holds one file a month, all of them one chain: the records go on from file to file.
 */
export const AnchorRecord = z.object({
  number: z.number().int(),
  at: z.iso.datetime(),
  heads: z.array(z.tuple([z.string(), z.number().int(), z.string()])),
  anonymous: z.string(),
  previous: z.string(),
  mac: z.string(),
});
export type AnchorRecord = z.infer<typeof AnchorRecord>;

/** The MAC of a record over everything else in it. */
export const macOfRecord = ({ mac: _, ...record }: Omit<AnchorRecord, 'mac'> & { mac?: string }, seal: Seal): string =>
  macOf('journal-anchor', record, seal);

/** The anchor files of a folder, the oldest first; none when there is no folder yet. */
export async function anchorFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => /^anchors-\d{4}-\d{2}\.jsonl$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Line after line of these files; what is no record comes as `undefined`. */
export async function* recordsIn(files: readonly string[]): AsyncGenerator<AnchorRecord | undefined> {
  for (const file of files)
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }))
      yield recordOf(line);
}

function recordOf(line: string): AnchorRecord | undefined {
  try {
    return AnchorRecord.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** More than the longest record. */
const tailBytes = 512 * 1024;

/** The last whole record of a folder. A line that a crash left half written is taken away. */
export async function lastRecord(folder: string): Promise<AnchorRecord | undefined> {
  for (const file of (await anchorFiles(folder)).reverse()) {
    const record = recordOf((await wholeTail(file)).trimEnd().split('\n').at(-1) ?? '');
    if (record) return record;
  }
  return undefined;
}

async function wholeTail(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
    if (end < bytesRead) await truncate(path, from + end);
    return buffer.subarray(0, end).toString('utf8');
  } finally {
    await file.close();
  }
}

/** Adds a record to the file of its month, readable for its owner only, and waits until the disk has it. */
export async function appendRecord(folder: string, record: AnchorRecord): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ofMonth = join(folder, `anchors-${record.at.slice(0, 7)}.jsonl`);
  const latest = (await anchorFiles(folder)).at(-1);
  const file = latest && latest > ofMonth ? latest : ofMonth;
  await appendFile(file, `${JSON.stringify(record)}\n`, { mode: 0o600, flush: true });
}
