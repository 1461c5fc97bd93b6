import { BSON, type Document } from 'mongodb';
import type { Head } from './backup.ts';
import { BadBackup, readFrames } from './frames.ts';
import type { Mac } from './mac.ts';

const batchDocuments = 1000;
const batchBytes = 8 * 1024 * 1024;

/** Reads a file from its head to its digest, so that nothing of a broken one is loaded; gives its head. */
export async function checkBackup(path: string, part: Head['part'], mac: Mac): Promise<Head> {
  let head: Head | undefined;
  let documents = 0;
  for await (const frame of readFrames(path, mac)) {
    if (head) documents += 1;
    else head = headIn(frame, path);
  }
  if (!head) throw new BadBackup(`${path} is empty.`);
  if (head.part !== part)
    throw new BadBackup(`${path} holds the ${head.part === 'keys' ? 'keys' : 'content'}, not the ${part}.`);
  const promised = head.counts.reduce((sum, [, count]) => sum + count, 0);
  if (documents !== promised) throw new BadBackup(`${path} holds ${documents} documents of ${promised}.`);
  return head;
}

/** The documents of a checked file, collection by collection, numbers with their own types. */
export async function* batchesOf(
  path: string,
  mac: Mac,
): AsyncGenerator<{ collection: string; documents: Document[] }> {
  let left: [string, number][] | undefined;
  let batch: Document[] = [];
  let bytes = 0;
  for await (const frame of readFrames(path, mac)) {
    if (!left) {
      left = headIn(frame, path)
        .counts.filter(([, count]) => count > 0)
        .map(([name, count]) => [name, count]);
      continue;
    }
    const [current] = left;
    if (!current) throw new BadBackup(`${path} holds more than it says.`);
    batch.push(BSON.deserialize(frame, { promoteValues: false, bsonRegExp: true }));
    bytes += frame.length;
    current[1] -= 1;
    if (current[1] > 0 && batch.length < batchDocuments && bytes < batchBytes) continue;
    yield { collection: current[0], documents: batch };
    batch = [];
    bytes = 0;
    if (current[1] === 0) left.shift();
  }
}

function headIn(frame: Uint8Array, path: string): Head {
  try {
    const head = BSON.deserialize(frame) as Head;
    if (head.format === 'punte-backup' && head.formatVersion === 1) return head;
  } catch {
    // Said below.
  }
  throw new BadBackup(`${path} is no backup of this program, or of a newer one.`);
}
