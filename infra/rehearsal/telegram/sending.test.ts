import { InputFile } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inline, mihai, oksana, picture, refusalOf, started, yes } from './started.ts';

let city: Awaited<ReturnType<typeof started>>;
beforeEach(async () => {
  city = await started();
});
afterEach(() => city.telegram.close());

const send = (text: string, other?: object) => refusalOf(city.api.sendMessage(oksana, text, other));

describe('texts', () => {
  test('a text the bot sends is on the phone with the city time and a rising id', async () => {
    const first = await city.api.sendMessage(oksana, 'Добрий день');
    const second = await city.api.sendMessage(oksana, 'Завтра о 9:00', {
      protect_content: true,
      disable_notification: true,
    });
    expect(second.message_id).toBeGreaterThan(first.message_id);
    expect(city.phone.messages()).toMatchObject([
      { id: first.message_id, from: 'bot', kind: 'text', text: 'Добрий день', at: '2026-03-02T08:00:00.000Z' },
      { id: second.message_id, isProtected: true, isSilent: true },
    ]);
  });

  test('a text has 1 to 4096 UTF-16 units after its entities', async () => {
    expect(await send('')).toBe('400 Bad Request: message text is empty');
    expect(await send('  \n ')).toBe('400 Bad Request: text must be non-empty');
    expect(await send('\u200b\u2800')).toBe('400 Bad Request: text must be non-empty');
    expect(await send('а'.repeat(4096))).toBe('accepted');
    expect(await send('а'.repeat(4097))).toBe('400 Bad Request: message is too long');
    expect(await send('😀'.repeat(2049))).toBe('400 Bad Request: message is too long');
    expect(await send(`<b>${'а'.repeat(4096)}</b>`, { parse_mode: 'HTML' })).toBe('accepted');
  });

  test('half an emoji is not UTF-8', async () => {
    expect(await send('😀'.slice(0, 1))).toBe('400 Bad Request: strings must be encoded in UTF-8');
  });

  test('the reply must be to a message that is there, unless told otherwise', async () => {
    expect(await send('так', { reply_parameters: { message_id: 9999 } })).toBe(
      '400 Bad Request: message to be replied not found',
    );
    expect(await send('так', { reply_parameters: { message_id: 9999, allow_sending_without_reply: true } })).toBe(
      'accepted',
    );
    const asked = city.phone.says('коли?');
    const answer = await city.api.sendMessage(oksana, 'завтра', { reply_parameters: { message_id: asked } });
    expect(answer.reply_to_message?.message_id).toBe(asked);
  });

  test('forms and query strings are read as JSON is', async () => {
    const form = new URLSearchParams({
      chat_id: String(oksana),
      text: 'форма',
      reply_markup: JSON.stringify(inline([yes])),
    });
    const answer = await fetch(`${city.root}/SENDMESSAGE`, { method: 'POST', body: form });
    expect(await answer.json()).toMatchObject({ ok: true, result: { text: 'форма', reply_markup: inline([yes]) } });
    const got = await fetch(`${city.root}/sendMessage?chat_id=${oksana}&text=hi`);
    expect(await got.json()).toMatchObject({ ok: true, result: { text: 'hi' } });
  });
});

describe('who may be written to', () => {
  test('a chat nobody knows is not found', async () => {
    expect(await refusalOf(city.api.sendMessage(404404, 'x'))).toBe('400 Bad Request: chat not found');
    expect(await refusalOf(city.api.sendMessage(mihai, 'x'))).toBe('400 Bad Request: chat not found');
    expect(await refusalOf(city.api.sendMessage('', 'x'))).toBe('400 Bad Request: chat_id is empty');
  });

  test('a person met in a group only has not let the bot write', async () => {
    city.telegram.addGroup({ id: -200, title: 'Echipa', members: [mihai] });
    city.telegram.user(mihai).inGroup(-200).says('/ajutor');
    expect(await refusalOf(city.api.sendMessage(mihai, 'x'))).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
    expect(await refusalOf(city.api.sendMessage(-200, 'x'))).toBe('accepted');
  });

  test('a blocked bot gets 403 for every kind of message until it is unblocked', async () => {
    city.phone.blocks();
    const blocked = '403 Forbidden: bot was blocked by the user';
    expect(await send('x')).toBe(blocked);
    expect(await refusalOf(city.api.sendChatAction(oksana, 'typing'))).toBe(blocked);
    expect(await refusalOf(city.api.sendPhoto(oksana, new InputFile(picture)))).toBe(blocked);
    city.phone.unblocks();
    expect(await send('x')).toBe('accepted');
    const updates = await city.api.getUpdates();
    expect(updates.map(({ my_chat_member: m }) => m?.new_chat_member.status)).toEqual(['kicked', 'member']);
  });

  test('a deleted account and another bot get 403', async () => {
    city.phone.deletesAccount();
    expect(await send('x')).toBe('403 Forbidden: user is deactivated');
    city.telegram.addUser({ id: 900, firstName: 'Robot', isBot: true });
    expect(await refusalOf(city.api.sendMessage(900, 'x'))).toBe("403 Forbidden: bot can't send messages to bots");
  });

  test('a group that became a supergroup tells its new id', async () => {
    city.telegram.addGroup({ id: -200, title: 'Echipa', members: [mihai] });
    city.telegram.group(-200).becomesSupergroup(-1001234);
    const error: unknown = await city.api.sendMessage(-200, 'x').catch((e: unknown) => e);
    expect(error).toMatchObject({
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: -1001234 },
    });
    expect(await refusalOf(city.api.sendMessage(-1001234, 'x'))).toBe('accepted');
    const updates = await city.api.getUpdates();
    expect(updates.map(({ message }) => message?.migrate_to_chat_id ?? message?.migrate_from_chat_id)).toEqual([
      -1001234, -200,
    ]);
  });

  test('a group the bot was put out of refuses it', async () => {
    city.telegram.addGroup({ id: -200, title: 'Echipa', members: [mihai] });
    city.telegram.group(-200).removesBot(mihai);
    expect(await refusalOf(city.api.sendMessage(-200, 'x'))).toBe('403 Forbidden: bot was kicked from the group chat');
  });
});

describe('places, cards and copies', () => {
  test('a place needs both numbers, a venue title and address', async () => {
    await city.api.sendVenue(oksana, 47.93, 23.89, 'Centrul', 'Str. Unirii 5');
    expect(city.phone.messages().at(-1)).toMatchObject({
      kind: 'location',
      place: { latitude: 47.93, title: 'Centrul', address: 'Str. Unirii 5' },
    });
    expect(await refusalOf(city.api.sendVenue(oksana, 47.93, 23.89, '', 'x'))).toContain(
      'venue title must be non-empty',
    );
    const bare = await fetch(`${city.root}/sendLocation?chat_id=${oksana}&longitude=23`);
    expect(await bare.json()).toEqual({ ok: false, error_code: 400, description: 'Bad Request: latitude is empty' });
  });

  test('a contact needs a number and a first name', async () => {
    await city.api.sendContact(oksana, '+40262111222', 'Ioana');
    expect(city.phone.messages().at(-1)).toMatchObject({ kind: 'contact', text: 'Ioana\n+40262111222' });
    expect(await refusalOf(city.api.sendContact(oksana, '', 'Ioana'))).toBe(
      '400 Bad Request: parameter "phone_number" is required',
    );
  });

  test('a copied message is new and says nothing of where it came from', async () => {
    const said = city.phone.says('моє слово');
    const { message_id } = await city.api.copyMessage(oksana, oksana, said);
    expect(message_id).toBeGreaterThan(said);
    expect(city.phone.messages().at(-1)).toMatchObject({ from: 'bot', text: 'моє слово' });
    expect(await refusalOf(city.api.copyMessage(oksana, oksana, 99999))).toBe(
      '400 Bad Request: message to copy not found',
    );
  });

  test('a place off the globe is refused', async () => {
    expect(await refusalOf(city.api.sendLocation(oksana, 91, 23))).toBe('400 Bad Request: invalid location specified');
  });

  test('only a known chat action, and only a reaction from the list', async () => {
    const id = city.phone.says('дякую');
    expect(await refusalOf(city.api.setMessageReaction(oksana, id, [{ type: 'emoji', emoji: '👍' }]))).toBe('accepted');
    const wrong = [{ type: 'emoji', emoji: '✅' }] as unknown as [{ type: 'emoji'; emoji: '👍' }];
    expect(await refusalOf(city.api.setMessageReaction(oksana, id, wrong))).toBe('400 Bad Request: REACTION_INVALID');
    expect(await refusalOf(city.api.setMessageReaction(oksana, 9999, []))).toBe(
      '400 Bad Request: message to react not found',
    );
    expect(await refusalOf(city.api.sendChatAction(oksana, 'dance' as 'typing'))).toBe(
      '400 Bad Request: wrong parameter action in request',
    );
  });
});
