import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRow } from '#core/delivery/carry-out.ts';
import type { Delivery, Send } from '#core/delivery/sending.ts';
import type { FileId } from '#core/id.ts';
import { phrase } from '#core/phrase.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { deliver } from './deliver.ts';
import { type Clean, fetchFile } from './fetch-file.ts';

let u: Universe;
const sent: Delivery[] = [];

beforeAll(async () => {
  u = await openUniverse();
});
afterAll(() => u.close());

/** An answer with a voice that came from the other chat a moment ago. */
async function answerWithVoice(): Promise<{ rowId: string; fileId: FileId }> {
  const { store, newId, clock } = u.world;
  const person = await u.person('beneficiary', 'Оксана Кравченко');
  const fileId = newId<FileId>();
  await store.files.insert({
    id: fileId,
    version: 0,
    kind: 'voice',
    channel: 'slack',
    ref: 'F1',
    receivedAt: clock.wall(),
    state: 'known',
    parts: 0,
  });
  const account = person.accounts[0] as { channel: 'telegram'; key: string; address: string };
  const deps = { store, settings: await u.world.settings(), now: clock.wall(), newId };
  const row = newRow(deps, { ...account, language: 'uk', personId: person.id, epoch: 1 }, 'waiting', {
    message: { lines: [phrase('write:notice.answer')], files: [fileId] },
  });
  await store.outbox.insert(row);
  return { rowId: row.id, fileId };
}

const take: Send = async (delivery) => {
  sent.push(delivery);
  return { is: 'sent', messageId: '1', chatId: '1' };
};
const send = (rowId: string) => deliver({ world: u.world, channel: 'telegram', send: take }, rowId);
const files = () => sent.map((delivery) => (delivery.method === 'send' ? delivery.files.length : -1));

describe('a voice from one chat to the other', () => {
  it('waits until its bytes are here, then goes with the words', async () => {
    const { rowId, fileId } = await answerWithVoice();
    expect(await send(rowId)).toMatchObject({ is: 'not_sent', why: 'too early' });
    const clean: Clean = async (bytes) => ({ is: 'clean', bytes, mimetype: 'audio/ogg', ending: '.ogg' });
    await fetchFile(u.world, async () => new Uint8Array([1, 2, 3]), clean, { subject: fileId } as never);
    await u.fastForward(1);
    expect(await send(rowId)).toMatchObject({ is: 'sent' });
    expect(files()).toEqual([1]);
  });

  it('that cannot be fetched does not hold the words for long', async () => {
    const { rowId } = await answerWithVoice();
    expect(await send(rowId)).toMatchObject({ is: 'not_sent' });
    await u.fastForward(3);
    expect(await send(rowId)).toMatchObject({ is: 'sent' });
    expect(files()).toEqual([1, 0]);
  });
});
