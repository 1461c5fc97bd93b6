import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BSON } from 'mongodb';
import type { Mac } from './mac.ts';

/** A file that is no whole backup of ours, in words for an operator. */
export class BadBackup extends Error {
  override readonly name = 'BadBackup';
}

const mostBytes = 17 * 1024 * 1024;
const chunkBytes = 256 * 1024;

/**
 * Writes BSON documents, one after another and gzipped, into a file that only its owner may read; the last one is the digest over all bytes before it
 * and its MAC. The file appears under its name when it is whole.
 */
export async function writeFrames(path: string, frames: AsyncIterable<Uint8Array>, mac: Mac): Promise<void> {
  const part = `${path}.part`;
  await rm(part, { force: true });
  try {
    const out = createWriteStream(part, { mode: 0o600, flags: 'wx' });
    await pipeline(Readable.from(closed(frames, mac), { objectMode: true }), createGzip(), out);
    await flushed(part);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function flushed(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}

/** In chunks of some size, with the digest behind the last one. */
async function* closed(frames: AsyncIterable<Uint8Array>, mac: Mac): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const frame of frames) {
    hash.update(frame);
    waiting.push(frame);
    bytes += frame.length;
    if (bytes < chunkBytes) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  const digest = hash.digest();
  yield Buffer.concat([...waiting, BSON.serialize({ end: { digest, mac: Buffer.from(mac.sign(digest)) } })]);
}

/** Gives the frames of a file; throws `BadBackup` at the end when it is cut, altered, or made with another key. */
export async function* readFrames(path: string, mac: Mac): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let held: Uint8Array | undefined;
  for await (const frame of framesIn(path)) {
    if (held) {
      hash.update(held);
      yield held;
    }
    held = frame;
  }
  const end = held && endIn(held);
  if (!end) throw new BadBackup(`${path} is cut: its closing digest is missing.`);
  const digest = hash.digest();
  if (!digest.equals(end.digest)) throw new BadBackup(`${path} was altered: its digest does not fit.`);
  if (!mac.isOurs(digest, end.mac))
    throw new BadBackup(`${path} was made with another ENCRYPTION_KEY, or somebody else made it.`);
}

function endIn(frame: Uint8Array): { digest: Buffer; mac: Buffer } | undefined {
  try {
    const { end } = BSON.deserialize(frame, { promoteBuffers: true });
    return Buffer.isBuffer(end?.digest) && Buffer.isBuffer(end.mac) ? end : undefined;
  } catch {
    return undefined;
  }
}

/** Documents tell their own length in their first four bytes. */
async function* framesIn(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  const plain = createGunzip();
  const reading = pipeline(file, plain).catch(() => {});
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of plain) {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      for (let length = lengthOf(rest, path); length !== undefined; length = lengthOf(rest, path)) {
        yield rest.subarray(0, length);
        rest = rest.subarray(length);
      }
    }
  } catch (error) {
    throw error instanceof BadBackup ? error : notReadable(path, error);
  }
  await reading;
  if (rest.length > 0) throw new BadBackup(`${path} is cut.`);
}

function lengthOf(bytes: Buffer, path: string): number | undefined {
  if (bytes.length < 4) return undefined;
  const length = bytes.readInt32LE(0);
  if (length < 5 || length > mostBytes) throw new BadBackup(`${path} is no backup of this program.`);
  return length <= bytes.length ? length : undefined;
}

function notReadable(path: string, error: unknown): BadBackup {
  const { code } = error as { code?: string };
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return new BadBackup(`${path} cannot be read (${code}).`);
  return new BadBackup(
    code === 'Z_BUF_ERROR' ? `${path} is cut.` : `${path} is no backup of this program, or was altered.`,
  );
}
