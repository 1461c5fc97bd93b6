import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Timer } from '#core/delivery/timer.ts';
import type { FileId } from '#core/id.ts';
import type { World } from '#core/world.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { type Clean, fetchFile } from './fetch-file.ts';
import { filesOf } from './load-files.ts';

let u: Universe;
beforeAll(async () => {
  u = await openUniverse();
});
afterAll(() => u.close());

const asItIs: Clean = async (bytes) => ({ is: 'clean', bytes, mimetype: 'image/jpeg', ending: '.jpg' });
/** Seven megabytes are three parts. */
const bytesOf = (sign: number) => Buffer.alloc(7 * 1024 * 1024, sign);

async function sent(): Promise<Timer> {
  const id = u.world.newId<FileId>();
  const receivedAt = u.clock.wall();
  await u.world.store.files.insert({
    id,
    version: 0,
    kind: 'photo',
    channel: 'telegram',
    ref: 'x',
    receivedAt,
    state: 'known',
    parts: 0,
  });
  const times = { dueAt: receivedAt, setAt: receivedAt };
  return { id: `file-${id}`, version: 0, kind: 'fetch-file', subject: id, state: 'waiting', attempts: 0, ...times };
}

/** A process that stops before it writes this part, until it is let go on. */
function stoppedAt(place: number): { world: World; isThere: Promise<void>; goOn(): void } {
  const there = Promise.withResolvers<void>();
  const on = Promise.withResolvers<void>();
  const { fileParts } = u.world.store;
  const insert: typeof fileParts.insert = async (part) => {
    if (part.part === place) {
      there.resolve();
      await on.promise;
    }
    return fileParts.insert(part);
  };
  const store = { ...u.world.store, fileParts: { ...fileParts, insert } };
  return { world: { ...u.world, store }, isThere: there.promise, goOn: () => on.resolve() };
}

/** One of them whole, and nothing beside it. */
async function whatIsKept({ subject }: Timer): Promise<number> {
  const [loaded] = await filesOf([subject as FileId], u.world.store);
  const bytes = Buffer.from(loaded?.bytes ?? []);
  expect(bytes.length).toBe(7 * 1024 * 1024);
  expect(bytes.equals(bytesOf(bytes[0] ?? 0))).toBe(true);
  expect(await u.world.store.fileParts.count({ fileId: subject })).toBe(3);
  return bytes[0] ?? 0;
}

describe('two processes at one file (F22)', () => {
  it.each([0, 1, 2])(
    'the one that ends first is kept whole, wherever the other stood: before part %i',
    async (place) => {
      const timer = await sent();
      const slow = stoppedAt(place);
      const first = fetchFile(slow.world, async () => bytesOf(1), asItIs, timer);
      await slow.isThere;
      await fetchFile(u.world, async () => bytesOf(2), asItIs, timer);
      slow.goOn();
      await first;
      expect(await whatIsKept(timer)).toBe(2);
    },
  );

  it('one that ended half-way leaves nothing behind once the file is kept', async () => {
    const timer = await sent();
    const ended = stoppedAt(1);
    void fetchFile(ended.world, async () => bytesOf(1), asItIs, timer);
    await ended.isThere;
    await fetchFile(u.world, async () => bytesOf(2), asItIs, timer);
    expect(await whatIsKept(timer)).toBe(2);
  });

  it('eight at once: one is kept, whole', async () => {
    const timer = await sent();
    const signs = [1, 2, 3, 4, 5, 6, 7, 8];
    await Promise.all(signs.map((sign) => fetchFile(u.world, async () => bytesOf(sign), asItIs, timer)));
    expect(signs).toContain(await whatIsKept(timer));
  });
});
