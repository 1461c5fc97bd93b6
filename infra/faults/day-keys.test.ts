import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incoming } from '#bots/dialogue/incoming.ts';
import { workLane } from '#bots/dialogue/work-mailbox.ts';
import type { MailboxItem } from '#core/delivery/mailbox-store.ts';
import { Erased, keyOfDay } from '#core/seal.ts';
import { keepHouse } from '#jobs/housekeeping.ts';
import { masterKeysOf } from '../master-keys.ts';
import { openSeal } from '../seal.ts';
import { openUniverse, type Universe, universeKey } from '../test/universe.ts';

type Row = { _id: string; body?: string; state: string };

let u: Universe;
/** Rows as they lay in the database when they came: a copy of its disk. */
const stolen = new Map<string, Row>();
beforeAll(async () => {
  u = await openUniverse();
});
afterAll(() => u.close());

const rows = () => u.connection.collection<Row>('mailbox');
const lane = 'telegram:91';

async function comes(id: string, text: string): Promise<Date> {
  const now = u.clock.wall();
  const account = { key: '91', address: '91' };
  const message = { chatId: '91', messageId: id };
  const said = { kind: 'text' as const, text, message, isEdited: false, isForwarded: false };
  const body: Incoming = { key: id, channel: 'telegram', lane, account, ...said };
  const waiting = { state: 'waiting' as const, attempts: 0, receivedAt: now, dueAt: now };
  await u.world.store.mailbox.insert({
    id,
    version: 0,
    channel: 'telegram',
    lane,
    order: now.getTime(),
    ...waiting,
    body,
  });
  stolen.set(id, (await rows().findOne({ _id: id })) as Row);
  return now;
}

const work = (read = (item: MailboxItem) => item.body as Incoming) =>
  workLane({ world: u.world, read, onError: () => {} }, lane);

/** What the copy of the disk gives, with every key that the database holds now. */
async function opens(id: string): Promise<unknown> {
  const seal = await openSeal(u.connection, masterKeysOf(universeKey));
  const { body = '' } = stolen.get(id) as Row;
  return seal.open({ collection: 'mailbox', id, field: 'body' }, body, await seal.keysOf([body]));
}
const days = (count: number) => u.clock.forward(count * 24 * 60);

describe('the key of a day, by which the mailbox is sealed [delivery 2, 7]', () => {
  it('is dropped after seven days more: not even a copy of the disk opens then; until then it does', async () => {
    const at = await comes('worked', 'Канарейка на другому поверсі');
    await work();
    expect((await rows().findOne({ _id: 'worked' }))?.body).toBeUndefined();
    days(7);
    await keepHouse(u.world);
    expect(await opens('worked')).toMatchObject({ text: 'Канарейка на другому поверсі' });
    days(1);
    await keepHouse(u.world);
    await expect(opens('worked')).rejects.toThrow(Erased);
    expect(await u.world.seal.living([keyOfDay(at)])).toEqual([]);
  });

  it('stays as long as something of that day waits, however long that is; then it is worked on, and the key goes', async () => {
    const at = await comes('waits', 'Мене звати Канарейка');
    days(3);
    await comes('later', 'І ще одне');
    days(27);
    await keepHouse(u.world);
    expect(await u.world.seal.living([keyOfDay(at)])).toHaveLength(1);
    await work();
    for (const id of ['waits', 'later']) expect(await u.world.store.mailbox.must(id)).toMatchObject({ state: 'done' });
    const kept = await u.world.store.messages.find({});
    expect(JSON.stringify(kept)).toContain('Мене звати Канарейка');
    await keepHouse(u.world);
    for (const id of ['waits', 'later']) await expect(opens(id)).rejects.toThrow(Erased);
  });

  it('goes for the days before the one on which something waits', async () => {
    await comes('old', 'дякую');
    await work();
    days(2);
    const at = await comes('kept', 'дякую');
    days(20);
    await keepHouse(u.world);
    await expect(opens('old')).rejects.toThrow(Erased);
    expect(await u.world.seal.living([keyOfDay(at)])).toHaveLength(1);
    await work();
  });

  it('takes nothing of what was parked: a person still reads it', async () => {
    await comes('poison', 'Канарейка чекає на відповідь');
    for (let attempt = 0; attempt < 6; attempt++) {
      await work(() => {
        throw new Error('cannot be read');
      });
      u.clock.forward(1);
    }
    days(40);
    await keepHouse(u.world);
    const parked = await u.world.store.mailbox.must('poison');
    expect(parked).toMatchObject({ state: 'parked', body: { text: 'Канарейка чекає на відповідь' } });
    await expect(opens('poison')).rejects.toThrow(Erased);
  });

  it('is found, too, when nobody kept house for three months', async () => {
    await comes('long ago', 'Канарейка');
    await work();
    days(100);
    await keepHouse(u.world);
    await expect(opens('long ago')).rejects.toThrow(Erased);
  });
});
