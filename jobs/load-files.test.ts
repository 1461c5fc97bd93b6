import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileId } from '#core/id.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { filesOf } from './load-files.ts';

let u: Universe;
beforeAll(async () => {
  u = await openUniverse();
});
afterAll(() => u.close());

it('a voice without a name of its own gets one that the other chat can play', async () => {
  const id = u.world.newId<FileId>();
  const receivedAt = u.clock.wall();
  await u.world.store.files.insert({
    id,
    version: 0,
    kind: 'voice',
    channel: 'telegram',
    ref: 'x',
    receivedAt,
    state: 'kept',
    parts: 1,
  });
  await u.world.store.fileParts.insert({ id: `${id}-0`, version: 0, fileId: id, part: 0, bytes: 'T2dnUw==' });
  const [voice] = await filesOf([id], u.world.store);
  expect(voice).toMatchObject({ mimetype: 'audio/ogg', name: expect.stringMatching(/\.ogg$/) });
});
