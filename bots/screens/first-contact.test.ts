import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '#core/actions.ts';
import type { OutboxRow } from '#core/delivery/outbox.ts';
import { inStep } from '#core/execute.ts';
import { linkOtherChat } from '#core/invitations/link-other-chat.ts';
import type { Button, Message } from '#core/message.ts';
import { introduceOffice } from '#core/office/introduce-office.ts';
import { inviteStaff } from '#core/people/invite-staff.ts';
import { openPerson } from '#core/people/open-person.ts';
import type { Person } from '#core/people/person.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { signButton } from '../dialogue/buttons.ts';
import { handle } from '../dialogue/handle.ts';
import type { Incoming, IncomingKind } from '../dialogue/incoming.ts';

let u: Universe;
let vera: Person;
let ioana: Person;
let mihai: Person;
let count = 0;

beforeAll(async () => {
  u = await openUniverse();
  await u.as('system', introduceOffice, {
    name: 'DAS Arad',
    phone: '0257 123 456',
    telegramBot: 'punte_bot',
    hasTelegram: true,
    hasSlack: true,
    hasPhoneAlarm: false,
  });
  vera = await u.person('admin', 'Vera Pop');
  ioana = await u.person('coordinator', 'Ioana Marin', { phone: '0740 111 222' });
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
});
afterAll(() => u.close());

type Row = OutboxRow & { message?: Message };

/** One account in one chat: sends, and reads what came of it. */
function phone(channel: 'telegram' | 'slack', key: string) {
  const send = async (kind: IncomingKind): Promise<Row[]> => {
    const incoming = {
      key: `in-${++count}`,
      channel,
      lane: `${channel}:${key}`,
      account: { key, address: key },
      ...kind,
    } as Incoming;
    const before = new Set((await u.world.store.outbox.ofAccount(channel, key)).map(({ id }) => id));
    await inStep(u.world, incoming.key, (step) => handle(step, incoming));
    const rows = (await u.world.store.outbox.ofAccount(channel, key)) as Row[];
    return rows.filter(({ id }) => !before.has(id)).sort((a, b) => a.order - b.order);
  };
  return {
    start: (code?: string) => send({ kind: 'start', ...(code ? { code } : {}) }),
    write: (text: string) =>
      send({ kind: 'text', text, message: { chatId: key, messageId: '1' }, isEdited: false, isForwarded: false }),
    home: () => send({ kind: 'home' }),
    command: (command: string) => send({ kind: 'command', command, text: '' }),
    submit: (run: string, values: Record<string, string>) =>
      send({
        kind: 'form',
        run,
        values: Object.fromEntries(
          Object.entries(values).map(([field, text]) => [field, { text, choice: text, local: text }]),
        ),
      }),
    async press(rows: Row[], action: Action, nth = 0, view?: string) {
      const row = rows.find((one) =>
        buttonsOf(one).some((button) => 'action' in button && button.action === action),
      ) as Row;
      const button = buttonsOf(row).filter((one) => 'action' in one && one.action === action)[nth] as Extract<
        Button,
        { action: Action }
      >;
      const token = signButton(
        { epoch: row.epoch, ...button },
        `${channel}:${key}`,
        new Date(u.clock.wall().getTime() + 86_400_000),
        u.world.seal,
      );
      return send({ kind: 'button', token, ...(view ? { view } : { message: { chatId: key, messageId: '1' } }) });
    },
  };
}

const buttonsOf = ({ message }: Row): Button[] => [
  ...(message?.buttons?.flat() ?? []),
  ...(message?.sections?.flatMap(({ items }) => items.flatMap(({ buttons }) => buttons)) ?? []),
];
const keys = (rows: Row[]) => rows.flatMap(({ message }) => message?.lines.map(({ key }) => key) ?? []);
const actions = (rows: Row[]) => rows.flatMap(buttonsOf).map((button) => ('action' in button ? button.action : 'call'));

async function oksanasCode(): Promise<{ code: string; id: string }> {
  const opened = await u.as(ioana, openPerson, {
    name: 'Оксана Кравченко',
    birthYear: '1958',
    language: 'uk',
    placeCode: 'AR-07',
    technicianIds: [],
    isOtherPerson: true,
  });
  if (opened.is !== 'done') throw new Error('refused');
  return { code: opened.result.code, id: opened.result.person.id };
}

async function staffCode(role: 'coordinator' | 'technician'): Promise<string> {
  const invited = await u.as(vera, inviteStaff, {
    role,
    name: 'Elena Rus',
    language: 'ro',
    ...(role === 'technician' ? { coordinatorId: ioana.id } : {}),
  });
  if (invited.is !== 'done') throw new Error('refused');
  return invited.result.code;
}

describe('first contact on Telegram', () => {
  it('says who we are and 112, offers the languages, then the three doors', async () => {
    const stranger = phone('telegram', '501');
    const hello = await stranger.start();
    expect(keys(hello)).toEqual(['start:hello', 'start:chooseLanguage']);
    expect(actions(hello)).toEqual(['language.set', 'language.set', 'language.set']);
    const doors = await stranger.press(hello, 'language.set', 1);
    expect(doors.every(({ language }) => language === 'ro')).toBe(true);
    expect(actions(doors)).toEqual(['start.ask', 'start.invitation', 'start.support', 'language']);
    expect(keys(await stranger.press(doors, 'start.ask'))).toContain('just-asking:intro');
    expect(keys(await stranger.start())).toContain('start:doors.ask');
  });

  it('a link brings a beneficiary to one question, the right year to the home with four keys and ☰', async () => {
    const { code, id } = await oksanasCode();
    const oksana = phone('telegram', '502');
    expect(keys(await oksana.start(code))).toEqual(['start:hello', 'start:link.askYear']);
    expect(keys(await oksana.write('1957'))).toEqual(['start:link.checkFailed', 'start:link.askYear']);
    const home = await oksana.write('1958');
    expect(keys(home)).toEqual(['start:link.done', 'start:chooseLanguage', 'home:beneficiary.title']);
    expect(home.at(-1)?.message?.keyboard?.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(home.every(({ personId, epoch, language }) => personId === id && epoch === 1 && language === 'uk')).toBe(
      true,
    );
    expect(keys(await oksana.press(home, 'language.set', 1))).toContain('start:languageSet');
    expect((await u.world.store.people.must(id)).language).toBe('ro');
  });

  it('three wrong years: a human goes on, with a date and a way to reach one', async () => {
    const { code } = await oksanasCode();
    const wrong = phone('telegram', '503');
    await wrong.start(code);
    await wrong.write('1901');
    await wrong.write('1902');
    const stopped = await wrong.write('1903');
    expect(keys(stopped)).toEqual(['start:link.checkStopped']);
    expect(actions(stopped)).toEqual(['person']);
  });

  it('a code typed behind the second door, misspelt first, links staff to their home', async () => {
    const code = await staffCode('technician');
    const elena = phone('telegram', '504');
    const doors = await elena.press(await elena.start(), 'language.set', 1);
    await elena.press(doors, 'start.invitation');
    const unknown = await elena.write('ABCDE 23456');
    expect(keys(unknown)).toEqual(['start:link.unknownCode']);
    await elena.press(unknown, 'start.invitation');
    const home = await elena.write(code.toLowerCase());
    expect(keys(home)).toEqual(['start:link.doneStaff', 'home:technician.title', 'coordinator:nothing']);
  });

  it('a code written without any button is understood; a used one offers to ask for a new one, once', async () => {
    const code = await staffCode('coordinator');
    expect(keys(await phone('telegram', '505').write(code))).toContain('start:link.doneStaff');
    const late = phone('telegram', '506');
    const used = await late.write(code);
    expect(keys(used)).toContain('start:link.used');
    expect(keys(await late.press(used, 'start.newInvitation'))).toEqual(['start:link.asked']);
  });

  it('a stranger who needs support is heard without a name', async () => {
    const carmen = await u.person('supervisor', 'Carmen Vlad');
    const stranger = phone('telegram', '507');
    const doors = await stranger.press(await stranger.start(), 'language.set', 0);
    const asked = await stranger.press(doors, 'start.support');
    const town = await stranger.press(asked, 'form.skip');
    await stranger.press(town, 'form.skip');
    const reach = await stranger.write('Потрібні папери для школи');
    const playback = await stranger.press(reach, 'form.skip');
    expect(keys(await stranger.press(playback, 'form.send'))).toEqual(['intake:done']);
    const [kept] = await u.world.store.messages.find({ origin: 'support' });
    expect(kept).toMatchObject({ readerIds: [carmen.id], account: { key: '507' }, state: 'waiting' });
    expect(kept?.parts[0]?.words).toContain('Потрібні папери для школи');
  });
});

describe('first contact on Slack', () => {
  it('the App Home of somebody not linked asks for the code; a modal takes it; the home follows', async () => {
    const elena = phone('slack', 'U77');
    const page = await elena.home();
    expect(page).toMatchObject([{ method: 'home' }]);
    expect(keys(page)).toEqual(['start:hello', 'slack:notLinked']);
    const modal = await elena.press(page, 'start.invitation', 0, 'V1');
    expect(modal).toMatchObject([{ method: 'modal', view: 'V1', modal: { is: 'form', fields: [{ key: 'code' }] } }]);
    const code = await staffCode('coordinator');
    const { run } = (modal[0] as Row).modal as { run: string };
    const linked = await elena.submit(run, { code });
    expect(keys(linked)).toContain('start:link.doneStaff');
    expect(linked).toContainEqual(expect.objectContaining({ method: 'home', card: 'home' }));
  });

  it('a short code from the own Telegram links the second chat', async () => {
    const made = await u.as(mihai, linkOtherChat, { personId: mihai.id });
    if (made.is !== 'done') throw new Error('refused');
    expect(keys(await phone('slack', 'U78').write(made.result.code))).toContain('people:slackLinked');
  });
});

describe('somebody on file', () => {
  const of = (person: Person) => phone('telegram', person.accounts[0]?.key ?? '');

  it('finds behind ☰ what belongs to the role', async () => {
    expect(actions(await of(mihai).write('☰ Mai multe'))).toEqual(['myCoordinator', 'language', 'stop.ask', 'home']);
    expect(actions(await of(vera).write('☰ Mai multe'))).toEqual([
      'people.invite',
      'people.unlinked',
      'duty.lastResort',
      'setup.show',
      'erasure.ask',
      'language',
      'people.slackCode',
      'stop.ask',
      'home',
    ]);
  });

  it('the bot’s own commands do what they say', async () => {
    expect(actions(await of(mihai).write('/language'))).toEqual(['language.set', 'language.set', 'language.set']);
    expect(keys(await of(mihai).write('/stop'))).toEqual(['stop:ask', 'stop:explain']);
    expect(keys(await of(mihai).write('/garda'))).toEqual(['duty:title']);
  });

  it('a technician sees who coordinates and taps to call', async () => {
    const technician = of(mihai);
    const shown = await technician.press(await technician.write('☰ Mai multe'), 'myCoordinator');
    expect(keys(shown)).toEqual(['people:myContacts']);
    expect(JSON.stringify(shown).split('0740\u00a0111\u00a0222')).toHaveLength(2);
    expect(actions(shown)).toEqual(['home']);
  });

  it('an administrator invites a technician step by step and gets the link once', async () => {
    const admin = of(vera);
    const role = await admin.press(await admin.write('☰ Mai multe'), 'people.invite');
    await admin.press(role, 'form.pick', 0);
    const askedPhone = await admin.write('Lia Toma');
    const language = await admin.press(askedPhone, 'form.skip');
    const coordinator = await admin.press(language, 'form.pick', 1);
    const place = await admin.press(coordinator, 'form.pick', 0);
    const playback = await admin.press(place, 'form.skip');
    const invited = await admin.press(playback, 'form.send');
    expect(keys(invited)).toEqual(['admin:invite.created', 'admin:invite.hint', 'invitations:link']);
    expect(JSON.stringify(invited)).toMatch(/https:\/\/t\.me\/punte_bot\?start=[2-9A-HJKMNP-Z]{10}"/);
  });

  it('a coordinator opens a person; what cannot be is asked again with the rest kept', async () => {
    const coordinator = of(ioana);
    await coordinator.press(await coordinator.write('☰ Mai multe'), 'people.open');
    const askedPhone = await coordinator.write('Lidia Moroz');
    await coordinator.press(askedPhone, 'form.skip');
    const language = await coordinator.write('cincizeci');
    await coordinator.press(language, 'form.pick', 0);
    const technician = await coordinator.write('AR-07');
    const playback = await coordinator.press(technician, 'form.pick', 0);
    expect(keys(await coordinator.press(playback, 'form.send'))).toEqual(['people:needYear', 'people:ask.year']);
    const again = await coordinator.write('1949');
    expect(keys(await coordinator.press(again, 'form.send'))).toEqual([
      'people:opened',
      'admin:invite.created',
      'admin:invite.hint',
      'invitations:link',
    ]);
  });

  it('/garda shows the roster to staff, with buttons for who keeps it', async () => {
    await u.onDuty(ioana);
    expect(actions(await of(mihai).command('/garda'))).toEqual(['home']);
    expect(actions(await of(vera).command('/garda'))).toEqual([
      'duty.set',
      'duty.absence',
      'duty.lastResort',
      'home',
      'duty.remove',
    ]);
  });

  it('an administrator sees what is missing and the texts nobody confirmed', async () => {
    const admin = of(vera);
    const shown = await admin.press(await admin.write('☰ Mai multe'), 'setup.show');
    expect(keys(shown)).toContain('setup:missing');
    expect(keys(await admin.press(shown, 'texts.show'))).toContain('setup:texts.row');
  });

  it('"this is not for me" unlinks at once: the next word comes from a stranger', async () => {
    const { code } = await oksanasCode();
    const other = phone('telegram', '601');
    await other.start(code);
    await other.write('1958');
    const asked = await other.write('Nu îmi mai scrieți');
    expect(actions(asked)).toEqual(['stop.yes', 'stop.yes', 'home']);
    const sure = await other.press(asked, 'stop.yes', 1);
    expect(keys(await other.press(sure, 'stop.yes'))).toEqual(['stop:wrongPerson.done']);
    expect(await u.world.store.people.withAccount('telegram', '601')).toBeUndefined();
    expect(keys(await other.start())).not.toContain('home:beneficiary.title');
  });

  it('"stop" is kept, and taken back with one tap', async () => {
    const { code, id } = await oksanasCode();
    const other = phone('telegram', '602');
    await other.start(code);
    await other.write('1958');
    const done = await other.press(await other.write('Більше не пишіть мені'), 'stop.yes');
    expect(keys(done)).toEqual(['stop:done']);
    expect((await u.world.store.people.must(id)).hasStopped).toBe(true);
    await other.press(done, 'stop.resume');
    expect((await u.world.store.people.must(id)).hasStopped).toBe(false);
  });
});
