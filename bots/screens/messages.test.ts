import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inStep } from '#core/execute.ts';
import type { Message } from '#core/message.ts';
import { answerMessage } from '#core/messages/answer-message.ts';
import type { KeptMessage } from '#core/messages/kept-message.ts';
import type { Person } from '#core/people/person.ts';
import { buttonsIn, keysIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { handle } from '../dialogue/handle.ts';
import type { IncomingFile, IncomingKind } from '../dialogue/incoming.ts';

let u: Universe;
let ioana: Person;
let andrei: Person;
let mihai: Person;
let oksana: Person;

const voice: IncomingFile = { kind: 'voice', ref: 'v1', seconds: 9 };
const photo = (ref: string): IncomingFile => ({ kind: 'photo', ref });
const at = (messageId: string) => ({ chatId: '1', messageId });
const typed = (text: string, messageId: string, more = {}): IncomingKind => ({
  kind: 'text',
  text,
  message: at(messageId),
  isEdited: false,
  isForwarded: false,
  ...more,
});

const messagesOf = (person: Person): Promise<KeptMessage[]> => u.world.store.messages.ofPerson(person.id, 50);
const lastOf = async (person: Person) => (await messagesOf(person))[0] as KeptMessage;

beforeAll(async () => {
  u = await openUniverse();
  await u.person('supervisor', 'Carmen Vlad');
  const linkedAt = u.clock.wall();
  ioana = await u.person('coordinator', 'Ioana Marin', {
    phone: '+40257555101',
    accounts: [{ channel: 'slack', key: 'U1', address: 'U1', linkedAt, isDead: false }],
  });
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  await u.case(oksana, ioana, [mihai]);
  await u.case(await u.person('beneficiary', 'Elena Popescu'), andrei, []);
});
beforeEach(() => u.fastForward(120));
afterAll(() => u.close());

/** Somebody without a link: what they are told stands in rows without a person. */
async function strangerSays(kind: IncomingKind): Promise<Message[]> {
  const key = `stranger-${u.clock.wall().getTime()}`;
  await inStep(
    u.world,
    key,
    (step) =>
      handle(step, {
        key,
        channel: 'telegram',
        lane: 'telegram:s',
        account: { key: '9001', address: '9001' },
        languageCode: 'uk',
        ...kind,
      }),
    true,
  );
  return (await u.world.store.outbox.ofAccount('telegram', '9001'))
    .filter(({ createdAt }) => createdAt >= u.clock.wall())
    .map(({ message }) => message as Message);
}

describe('writing to the team [ECSILI]', () => {
  it('says to whom it goes, takes words and voice, and says by which day there is an answer', async () => {
    u.clock.moveTo(new Date('2026-11-24T08:00:00Z'));
    const me = talk(u, oksana);
    const asked = await me.taps('message.new');
    expect(JSON.stringify(asked.messages)).toContain('Ioana Marin');
    const sent = await me.says('Чи можна прийти з дитиною?');
    expect(keysIn(sent)).toEqual(['write:sent']);
    expect(await lastOf(oksana)).toMatchObject({ origin: 'written', parts: [{ words: 'Чи можна прийти з дитиною?' }] });
  });

  it('a voice from the desk is heard on the phone: the answer carries its file', async () => {
    const { id } = await lastOf(oksana);
    const desk = talk(u, ioana, 'slack');
    const opened = await desk.taps('message.answer', { subject: id });
    if (opened.modal?.is !== 'form') throw new Error('no modal');
    await desk.submits(opened.modal.run, { answer: { files: [voice] } });
    const answer = (await u.world.store.outbox.find({ personId: oksana.id }, { sort: { createdAt: -1 }, limit: 1 }))[0]
      ?.message as Message;
    expect(answer.lines[0]?.key).toBe('write:notice.answer');
    expect(await u.world.store.files.get(answer.files?.[0] as string)).toMatchObject({
      kind: 'voice',
      channel: 'slack',
    });
  });

  it('outside the hours of work it says beforehand when it is read', async () => {
    u.clock.moveTo(new Date('2026-11-24T18:00:00Z'));
    const asked = await talk(u, oksana).taps('message.new');
    expect(keysIn(asked)).toContain('write:outOfHours');
    const sent = await talk(u, oksana).says('Питання на завтра.');
    expect(keysIn(sent)).toEqual(['write:sent', 'write:sentOutOfHours']);
  });

  it('a human is one tap away: name, number, and a message at once', async () => {
    const asked = await talk(u, oksana).taps('person');
    expect(asked.messages[0]?.lines[0]).toMatchObject({ key: 'write:contactCard', params: { name: 'Ioana Marin' } });
    expect(JSON.stringify(asked.messages[0]).split('+40\u00a0257\u00a0555\u00a0101')).toHaveLength(2);
    await talk(u, oksana).taps('home');
    await talk(u, oksana).says('До побачення, чекаю на дзвінок.');
  });
});

describe('free text', () => {
  it.each([
    ['коли мій прийом?', 'home:button.appointments'],
    ['Când am programarea?', 'home:button.appointments'],
    ['nu pot veni maine', 'appointments:button.cannot'],
    ['Не смогу прийти завтра', 'appointments:button.cannot'],
    ['zavtra ne pryidu', 'appointments:button.cannot'],
    ['perenesty zustrich', 'appointments:button.move'],
    ['Хочу поговорити з людиною', 'general:button.person'],
    ['Можна українською?', 'home:wide.language'],
    ['Не пишіть мені більше', 'stop:wide.stop'],
    ['Nu-mi mai scrieți', 'stop:wide.stop'],
  ])('%s leads to its matter by name, and nothing happens without a button', async (text, name) => {
    const journal = await u.world.store.journal.count();
    const heard = await talk(u, oksana).says(text);
    expect(heard.messages[0]?.lines[0]).toMatchObject({ key: 'errors:understood', params: { what: { key: name } } });
    expect(await u.world.store.journal.count()).toBe(journal);
    expect((await u.world.store.people.must(oksana.id)).hasStopped).toBe(false);
    await talk(u, oksana).taps('home');
    const { form } = (await u.world.store.conversations.of(`telegram:${oksana.accounts[0]?.key}`)) ?? {};
    if (form) await talk(u, oksana).taps('form.leave', { subject: form.run });
  });

  it.each(['Хто мій фахівець?', 'Cine e persoana mea de contact?'])(
    '%s is answered by that person, in one message',
    async (text) => {
      const heard = await talk(u, oksana).says(text);
      expect(keysIn(heard)).toEqual(['home:contact.card']);
      expect(heard.messages[0]?.lines[0]).toMatchObject({ params: { name: 'Ioana Marin' } });
    },
  );

  it('that was understood can still go to the team as it stands', async () => {
    const heard = await talk(u, oksana).says('Я не зможу прийти, бо захворіла дитина');
    expect(keysIn(await talk(u, oksana).presses(heard, 'messages:wide.asMessage'))).toContain('write:sent');
    expect(await lastOf(oksana)).toMatchObject({
      origin: 'written',
      parts: [{ words: 'Я не зможу прийти, бо захворіла дитина' }],
    });
  });

  it('not understood is kept and says so, in other words the second time, with a human the third', async () => {
    const me = talk(u, oksana);
    const first = await me.says('Сусідка казала про якусь картку.');
    await u.fastForward(5);
    const second = await me.says('Та про ту, з магазину.');
    await u.fastForward(5);
    const third = await me.says('Зелена така.');
    expect([first, second, third].map((heard) => keysIn(heard))).toEqual([
      ['errors:missThree'],
      ['errors:missOne', 'messages:kept'],
      ['general:saved', 'messages:kept', 'write:contactCard'],
    ]);
    expect(buttonsIn(first.messages).map(({ action }) => action)).toEqual([
      'appointment.list',
      'message.new',
      'person',
    ]);
    expect((await messagesOf(oksana)).filter(({ origin }) => origin === 'notUnderstood')).toHaveLength(3);
  });

  it('emoji alone is answered kindly and kept nowhere', async () => {
    const before = (await messagesOf(oksana)).length;
    expect(keysIn(await talk(u, oksana).says('👍🏽'))).toEqual(['errors:emoji']);
    expect(await messagesOf(oksana)).toHaveLength(before);
  });

  it('forwarded words are kept, never taken for the person’s own wish', async () => {
    const heard = await talk(u, oksana).comes(typed('Я не зможу прийти', '40', { isForwarded: true }));
    expect(keysIn(heard)).toEqual(['errors:missThree']);
  });

  it('longer than any button is kept whole', async () => {
    const long = 'слово '.repeat(700).trim();
    await talk(u, oksana).comes(typed(long, '41', { isTooLong: true }));
    expect((await lastOf(oksana)).parts[0]?.words).toBe(long);
  });

  it('of a stranger is kept for a human and answered with the three doors', async () => {
    const said = await strangerSays(typed('Мені порадили вас у церкві', '1'));
    expect(said.flatMap(({ lines }) => lines.map(({ key }) => key))).toEqual(['errors:missThree']);
    expect(buttonsIn(said).map(({ action }) => action)).toEqual(['start.ask', 'start.invitation', 'start.support']);
    expect((await u.world.store.messages.find({ personId: { $exists: false } }))[0]).toMatchObject({
      account: { key: '9001' },
      parts: [{ words: 'Мені порадили вас у церкві' }],
    });
  });

  it('"stop" in the middle of a question is not an answer', async () => {
    await talk(u, oksana).taps('message.new');
    const heard = await talk(u, oksana).says('Не пишіть мені більше');
    expect(heard.messages.flatMap(({ lines }) => lines)[0]).toMatchObject({ key: 'errors:understood' });
  });
});

describe('a corrected text', () => {
  it('replaces the words that wait and keeps the former', async () => {
    const me = talk(u, oksana);
    await me.comes(typed('Довідка від 12 мая', '60'));
    expect(keysIn(await me.comes(typed('Довідка від 12 травня', '60', { isEdited: true })))).toEqual([
      'errors:editedKept',
    ]);
    expect((await lastOf(oksana)).parts[0]).toMatchObject({
      words: 'Довідка від 12 травня',
      former: [{ words: 'Довідка від 12 мая' }],
    });
  });

  it('that was written in the form is found again too', async () => {
    const me = talk(u, oksana);
    await me.taps('message.new');
    await me.comes(typed('Прийду у вівторог', '62'));
    expect(keysIn(await me.comes(typed('Прийду у вівторок', '62', { isEdited: true })))).toEqual(['errors:editedKept']);
    expect((await lastOf(oksana)).parts[0]?.words).toBe('Прийду у вівторок');
  });

  it('is added when somebody has answered already', async () => {
    const me = talk(u, oksana);
    await me.comes(typed('Потрібна якась печатка', '61'));
    await u.as(ioana, answerMessage, { messageId: (await lastOf(oksana)).id, words: 'Так.', files: [] });
    expect(keysIn(await me.comes(typed('Потрібна кругла печатка', '61', { isEdited: true })))).toEqual([
      'errors:editedTooLate',
    ]);
    expect(await lastOf(oksana)).toMatchObject({
      state: 'waiting',
      parts: [{ words: 'Потрібна якась печатка' }, { words: 'Потрібна кругла печатка' }],
    });
  });
});

describe('files outside a form', () => {
  it('a voice is kept as a message', async () => {
    const heard = await talk(u, oksana).comes({ kind: 'files', files: [voice], caption: '', message: at('70') });
    expect(keysIn(heard)).toEqual(['write:voiceKept', 'messages:keptVoice']);
    expect((await lastOf(oksana)).parts[0]?.files).toHaveLength(1);
  });

  it('an album is one message and one answer', async () => {
    const before = (await messagesOf(oksana)).length;
    const heard = [];
    for (const n of ['1', '2', '3'])
      heard.push(
        await talk(u, oksana).comes({
          kind: 'files',
          files: [photo(n)],
          caption: '',
          message: at(`8${n}`),
          albumId: 'al',
        }),
      );
    expect(heard.map((one) => one.messages.length)).toEqual([1, 0, 0]);
    expect(await messagesOf(oksana)).toHaveLength(before + 1);
    expect((await lastOf(oksana)).parts.flatMap(({ files }) => files)).toHaveLength(3);
  });

  it('a place is kept with a link to the map', async () => {
    const heard = await talk(u, oksana).comes({
      kind: 'place',
      latitude: 46.1866,
      longitude: 21.3123,
      message: at('90'),
    });
    expect(keysIn(heard)).toEqual(['errors:placeKept', 'messages:kept']);
    expect((await lastOf(oksana)).parts[0]?.words).toContain('mlat=46.18660');
  });

  it('a place of somebody with an open alert goes to those who help', async () => {
    const me = talk(u, oksana);
    await me.taps('help.callMe');
    const form = (await u.world.store.conversations.of(`telegram:${oksana.accounts[0]?.key}`))?.form;
    await me.taps('form.leave', { subject: form?.run ?? '' });
    const heard = await me.comes({ kind: 'place', latitude: 46.1866, longitude: 21.3123, message: at('91') });
    expect(keysIn(heard).slice(0, 2)).toEqual(['emergency:call112', 'emergency:added']);
    const [alert] = await u.world.store.alerts.openOfPerson(oksana.id);
    expect(alert?.observed.at(-1)?.words).toContain('46.18660');
  });
});

describe('free text of staff', () => {
  it('goes nowhere until a button says what it is; as a note it brings its words along', async () => {
    const before = (await messagesOf(mihai)).length;
    const me = talk(u, mihai);
    const heard = await me.says('Bunica are tensiunea mare și nu ia pastilele.');
    expect(keysIn(heard)).toEqual(['messages:staff.ask']);
    expect(buttonsIn(heard.messages).map(({ action }) => action)).toEqual([
      'message.toNote',
      'message.toAlert',
      'message.send',
    ]);
    expect(await messagesOf(mihai)).toHaveLength(before);
    await me.presses(heard, 'messages:wide.toNote');
    const { form } = (await u.world.store.conversations.of(`telegram:${mihai.accounts[0]?.key}`)) ?? {};
    expect(form).toMatchObject({
      name: 'visit-report',
      answers: { observed: { words: 'Bunica are tensiunea mare și nu ia pastilele.' } },
    });
    await me.taps('form.leave', { subject: form?.run ?? '' });
  });

  it('goes to the coordinator only on pressing', async () => {
    const heard = await talk(u, mihai).says('Întreb despre decontul de transport.');
    await talk(u, mihai).presses(heard, 'messages:wide.toCoordinator');
    expect(await lastOf(mihai)).toMatchObject({
      coordinatorId: ioana.id,
      parts: [{ words: 'Întreb despre decontul de transport.' }],
    });
  });
});

describe('a refused wish [GUIDE]', () => {
  it('is sent as a prepared request to whoever decides, and the decision comes back', async () => {
    const me = talk(u, mihai);
    const foreign = (await u.world.store.cases.find({ coordinatorId: andrei.id }))[0];
    const refused = await me.taps('case.show', { subject: foreign?.id ?? '' });
    const shown = await me.presses(refused, 'refusals:button.sendRequest');
    expect(shown.messages[0]?.lines[0]).toMatchObject({
      key: 'refusals:preview',
      params: { name: 'Andrei Stan', text: { key: 'refusals:prepared.access', params: { caseRef: foreign?.number } } },
    });
    expect(await u.world.store.requests.count({})).toBe(0);
    const sent = await me.presses(shown, 'refusals:button.sendRequest');
    expect(sent.messages[0]?.lines[0]).toMatchObject({ key: 'refusals:sent', params: { name: 'Andrei Stan' } });

    const [request] = await u.world.store.requests.find({});
    const agreed = await talk(u, andrei).taps('request.agree', { subject: request?.id ?? '' });
    expect(keysIn(agreed)).toContain('coordinator:request.agreed');
    expect(buttonsIn(agreed.messages).map((button) => [button.action, 'subject' in button && button.subject])).toEqual([
      ['case.assign', foreign?.id],
    ]);
    const heard = (
      await u.world.store.outbox.find({ personId: mihai.id }, { sort: { createdAt: -1, order: -1 }, limit: 3 })
    ).map(({ message }) => (message as Message | undefined)?.lines[0]?.key);
    expect(heard).toContain('refusals:notice.agreed');
  });
});
