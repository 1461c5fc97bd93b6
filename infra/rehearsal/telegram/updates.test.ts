import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inline, mihai, oksana, refusalOf, started, yes } from './started.ts';

let city: Awaited<ReturnType<typeof started>>;
beforeEach(async () => {
  city = await started();
});
afterEach(() => city.telegram.close());

const idsOf = (updates: { update_id: number }[]) => updates.map(({ update_id }) => update_id);

describe('getUpdates', () => {
  test('what was not confirmed comes again; a higher offset confirms', async () => {
    city.phone.says('раз');
    city.phone.says('два');
    const first = await city.api.getUpdates();
    expect(first.map(({ message }) => message?.text)).toEqual(['раз', 'два']);
    expect(idsOf(await city.api.getUpdates())).toEqual(idsOf(first));
    expect(idsOf(await city.api.getUpdates({ offset: (first[0]?.update_id ?? 0) + 1 }))).toEqual([first[1]?.update_id]);
    expect(await city.api.getUpdates({ offset: (first[1]?.update_id ?? 0) + 1 })).toEqual([]);
    expect(city.telegram.pendingUpdates()).toBe(0);
  });

  test('a message is taken when the update exists and stored when it is confirmed', async () => {
    const id = city.phone.says('раз');
    const tick = () => city.phone.messages().find((message) => message.id === id)?.tick;
    expect(tick()).toBe('taken');
    const [update] = await city.api.getUpdates();
    expect(tick()).toBe('taken');
    await city.api.getUpdates({ offset: (update?.update_id ?? 0) + 1 });
    expect(tick()).toBe('stored');
  });

  test('a long poll waits really, and ends with the first word', async () => {
    const begin = performance.now();
    const waiting = city.api.getUpdates({ timeout: 20 });
    setTimeout(() => city.phone.says('раз'), 80);
    expect((await waiting)[0]?.message?.text).toBe('раз');
    expect(performance.now() - begin).toBeGreaterThan(70);
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  test('a long poll with nothing to tell ends empty after its time', async () => {
    const begin = performance.now();
    expect(await city.api.getUpdates({ timeout: 1 })).toEqual([]);
    expect(performance.now() - begin).toBeGreaterThan(950);
  });

  test('the parts of an album come in one answer', async () => {
    const waiting = city.api.getUpdates({ timeout: 5 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    city.phone.sendsAlbum([{ bytes: Buffer.from('one') }, { bytes: Buffer.from('two'), caption: 'дві' }]);
    const parts = (await waiting).map(({ message }) => message);
    expect(parts.map((part) => part?.caption)).toEqual([undefined, 'дві']);
    expect(new Set(parts.map((part) => part?.media_group_id)).size).toBe(1);
  });

  test('a negative offset keeps the last ones and forgets the others', async () => {
    for (const word of ['раз', 'два', 'три']) city.phone.says(word);
    expect((await city.api.getUpdates({ offset: -1 })).map(({ message }) => message?.text)).toEqual(['три']);
    expect(await city.api.getUpdates()).toHaveLength(1);
  });

  test('at most 100 come at once', async () => {
    for (let i = 0; i < 105; i += 1) city.phone.says(`слово ${i}`);
    const updates = await city.api.getUpdates({ limit: 500 });
    expect(updates).toHaveLength(100);
    expect(await city.api.getUpdates({ offset: (updates.at(-1)?.update_id ?? 0) + 1 })).toHaveLength(5);
  });

  test('a second poller ends the first with 409', async () => {
    const first = refusalOf(city.api.getUpdates({ timeout: 20 }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = city.api.getUpdates({ timeout: 1 });
    expect(await first).toBe(
      '409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    expect(await second).toEqual([]);
  });

  test('a poller that hung up disturbs nobody', async () => {
    const stop = new AbortController();
    const first = city.api.getUpdates({ timeout: 20 }, stop.signal as never).catch(() => 'gone');
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    expect(await first).toBe('gone');
    await expect.poll(() => city.telegram.calls.of('getUpdates')).toHaveLength(1);
    city.phone.says('раз');
    expect(await city.api.getUpdates({ timeout: 1 })).toHaveLength(1);
  });

  test('only allowed kinds come, and the last wish stays', async () => {
    await city.api.getUpdates({ allowed_updates: ['message'] });
    const { message_id } = await city.api.sendMessage(oksana, 'x', { reply_markup: inline([yes]) });
    city.phone.taps(message_id, 'yes');
    const said = city.phone.says('раз');
    city.phone.edits(said, 'два');
    expect(await city.api.getUpdates()).toHaveLength(1);
  });

  test('an edited word is an update of its own', async () => {
    const said = city.phone.says('раз');
    city.clock.passes(1);
    city.phone.edits(said, 'два');
    const [first, second] = await city.api.getUpdates();
    expect(first?.message?.text).toBe('раз');
    expect(second?.edited_message).toMatchObject({
      message_id: said,
      text: 'два',
      edit_date: Math.floor(city.clock.at / 1000),
    });
    expect(city.phone.messages()[0]).toMatchObject({ text: 'два', editedAt: '2026-03-02T09:00:00.000Z' });
  });

  test('updates older than 24 hours are gone', async () => {
    city.phone.says('давно');
    city.clock.passes(25);
    city.phone.says('щойно');
    expect((await city.api.getUpdates()).map(({ message }) => message?.text)).toEqual(['щойно']);
  });
});

describe('what waits too long', () => {
  test('a tap is gone after 150 seconds, a word is not', async () => {
    const { message_id } = await city.api.sendMessage(oksana, 'x', { reply_markup: inline([yes]) });
    city.phone.taps(message_id, 'yes');
    city.phone.says('раз');
    city.clock.passes(160 / 3600);
    expect((await city.api.getUpdates()).map(({ message }) => message?.text)).toEqual(['раз']);
  });

  test('a long text leaves the phone in parts', async () => {
    city.phone.says('а'.repeat(5000));
    expect((await city.api.getUpdates()).map(({ message }) => message?.text?.length)).toEqual([4096, 904]);
  });
});

describe('update ids', () => {
  test('may begin anew and lower after a quiet week; the old offset loses nothing', async () => {
    city.phone.says('раз');
    const [old] = await city.api.getUpdates();
    const offset = (old?.update_id ?? 0) + 1;
    expect(() => city.telegram.restartUpdateIds(5)).toThrow('not empty');
    await city.api.getUpdates({ offset });
    city.telegram.restartUpdateIds(5);
    city.phone.says('два');
    expect((await city.api.getUpdates({ offset })).map(({ update_id, message }) => [update_id, message?.text])).toEqual(
      [[5, 'два']],
    );
  });

  test('shuffled ones are unique, out of order, and none is lost to an offset', async () => {
    const mixed = await started({ updateIds: { start: 'random', isShuffled: true } });
    const seen = new Map<number, string>();
    const order: number[] = [];
    let offset = 0;
    for (let i = 0; i < 60; i += 1) {
      mixed.phone.says(`слово ${i}`);
      if (i % 3 !== 2) continue;
      for (const { update_id, message } of await mixed.api.getUpdates(offset === 0 ? {} : { offset })) {
        if (!seen.has(update_id)) order.push(update_id);
        seen.set(update_id, message?.text ?? '');
        offset = update_id + 1;
      }
    }
    expect(new Set(seen.values()).size).toBe(60);
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    await mixed.telegram.close();
  });
});

describe('taps', () => {
  test('a tap is a callback query, answered once and soon', async () => {
    const { message_id } = await city.api.sendMessage(oksana, 'Прийдете?', { reply_markup: inline([yes]) });
    expect(city.phone.taps(message_id, 'Да')).toBe(true);
    const query = (await city.api.getUpdates())[0]?.callback_query;
    expect(query).toMatchObject({
      data: 'yes',
      from: { id: oksana },
      message: { message_id, reply_markup: inline([yes]) },
    });
    expect(await refusalOf(city.api.answerCallbackQuery(query?.id ?? '', { text: 'т'.repeat(201) }))).toBe(
      '400 Bad Request: MESSAGE_TOO_LONG',
    );
    await city.api.answerCallbackQuery(query?.id ?? '', { text: 'Записано', show_alert: true });
    expect(city.phone.state().toast).toEqual({ number: 1, text: 'Записано', isAlert: true });
    const old = '400 Bad Request: query is too old and response timeout expired or query ID is invalid';
    expect(await refusalOf(city.api.answerCallbackQuery(query?.id ?? ''))).toBe(old);
    expect(await refusalOf(city.api.answerCallbackQuery('123456789'))).toBe(old);
  });

  test('a tap answered too late is refused', async () => {
    const hasty = await started({ pace: { queryMs: 20 } });
    const { message_id } = await hasty.api.sendMessage(oksana, 'x', { reply_markup: inline([yes]) });
    hasty.phone.taps(message_id, 'yes');
    const id = (await hasty.api.getUpdates())[0]?.callback_query?.id ?? '';
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await refusalOf(hasty.api.answerCallbackQuery(id))).toContain('query is too old');
    await hasty.telegram.close();
  });

  test('a key that is not there cannot be tapped', async () => {
    const { message_id } = await city.api.sendMessage(oksana, 'x', { reply_markup: inline([yes]) });
    expect(() => city.phone.taps(message_id, 'no')).toThrow('has no key');
  });
});

describe('groups', () => {
  test('in privacy mode the bot hears commands meant for it, replies to it, and nothing else', async () => {
    city.telegram.addGroup({ id: -200, title: 'Echipa', members: [mihai, oksana] });
    const talk = city.telegram.user(mihai).inGroup(-200);
    talk.says('bună');
    talk.says('/garda@alt_bot');
    talk.says('/garda');
    talk.says('/garda@punte_mistok_bot');
    const { message_id } = await city.api.sendMessage(-200, 'Cine e de gardă?');
    talk.says('eu', message_id);
    const heard = (await city.api.getUpdates()).map(({ message }) => message?.text);
    expect(heard).toEqual(['/garda', '/garda@punte_mistok_bot', 'eu']);
  });

  test('with privacy mode off it hears all, bots included', async () => {
    const open = await started({ readsWholeGroups: true });
    open.telegram.addUser({ id: 900, firstName: 'Robot', isBot: true });
    open.telegram.addGroup({ id: -200, title: 'Echipa', members: [oksana, 900] });
    open.telegram.user(900).inGroup(-200).says('bip');
    const [update] = await open.api.getUpdates();
    expect(update?.message?.from).toMatchObject({ id: 900, is_bot: true });
    await open.telegram.close();
  });
});
