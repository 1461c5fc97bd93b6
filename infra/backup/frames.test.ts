import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { BSON } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { masterKeysOf } from '../master-keys.ts';
import { BadBackup, readFrames, writeFrames } from './frames.ts';
import { backupMac } from './mac.ts';

const folder = mkdtempSync(join(tmpdir(), 'frames-'));
const path = join(folder, 'one');
const macOf = (current: number, ...older: number[]) =>
  backupMac(
    masterKeysOf(
      Buffer.alloc(32, current),
      older.map((fill) => Buffer.alloc(32, fill)),
    ),
  );
const mac = macOf(7);

const write = (things: object[]) =>
  writeFrames(
    path,
    (async function* () {
      for (const thing of things) yield BSON.serialize(thing);
    })(),
    mac,
  );
async function read(by = mac): Promise<object[]> {
  const things: object[] = [];
  for await (const frame of readFrames(path, by)) things.push(BSON.deserialize(frame));
  return things;
}
async function walk(): Promise<void> {
  for await (const _ of readFrames(path, mac));
}
const many = Array.from({ length: 3000 }, (_, number) => ({ number, words: 'слово '.repeat(number % 50) }));

beforeAll(() => write(many));
afterAll(() => rmSync(folder, { recursive: true }));

it('gives back what was written, in its order; only its owner may read it', async () => {
  expect(await read()).toEqual(many);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('a file that was cut anywhere, or in which a byte was altered, is refused', async () => {
  const whole = readFileSync(path);
  const refused = async (bytes: Buffer) => {
    writeFileSync(path, bytes);
    await expect(walk()).rejects.toThrow(BadBackup);
  };
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), (length) => refused(whole.subarray(0, length))),
    { numRuns: 30 },
  );
  // The first ten bytes are the head of gzip: time and system stand there, and nobody reads them.
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 10, max: whole.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      (place, change) => {
        const altered = Buffer.from(whole);
        altered[place] = (altered[place] ?? 0) ^ change;
        return refused(altered);
      },
    ),
    { numRuns: 30 },
  );
  writeFileSync(path, whole);
  expect((await read()).length).toBe(many.length);
});

it('a file of another key is refused; one of a key that is being exchanged is not', async () => {
  expect(await read(macOf(8, 7))).toEqual(many);
  await expect(read(macOf(8))).rejects.toThrow('another ENCRYPTION_KEY');
});

it('what is no backup is refused, in words', async () => {
  writeFileSync(path, 'hello');
  await expect(read()).rejects.toThrow('no backup of this program');
  await expect(readFrames(join(folder, 'none'), mac).next()).rejects.toThrow('cannot be read (ENOENT)');
});
