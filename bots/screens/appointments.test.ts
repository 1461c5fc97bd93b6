import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appointment } from '#core/appointments/appointment.ts';
import { askHowItWent } from '#core/appointments/ask-how-it-went.ts';
import { bookAppointment } from '#core/appointments/book-appointment.ts';
import { moveAppointment } from '#core/appointments/move-appointment.ts';
import { offerTimes } from '#core/appointments/offer-times.ts';
import { cards } from '#core/cards.ts';
import type { Case } from '#core/cases/case.ts';
import { homeOf } from '#core/home/home-card.ts';
import type { Message } from '#core/message.ts';
import type { Person } from '#core/people/person.ts';
import { buttonsIn, type Heard, keysIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { say } from '../dialogue/say.ts';

let u: Universe;
let ioana: Person;
let oksana: Person;
let serhii: Person;
let one: Case;

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin', {
    accounts: [
      { channel: 'telegram', key: '77', address: '77', linkedAt: u.clock.wall(), isDead: false },
      { channel: 'slack', key: 'U77', address: 'U77', linkedAt: u.clock.wall(), isDead: false },
    ],
  });
  oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk', phone: '+40712345678' });
  serhii = await u.person('beneficiary', 'Сергій Коваленко', { language: 'uk' });
  one = await u.case(oksana, ioana);
  await u.case(serhii, ioana);
});
afterAll(() => u.close());

const now = (id: string) => u.world.store.appointments.must(id);
const later = (minutes: number) => new Date(u.clock.wall().getTime() + minutes * 60_000);
let hour = 26;
async function booked(): Promise<Appointment> {
  const done = await u.as(ioana, bookAppointment, {
    caseId: one.id,
    startsAt: later(60 * hour++),
    place: { at: 'elsewhere', words: 'str. Mare 5' },
    bring: 'acte',
    hasInterpreter: true,
  });
  if (done.is !== 'done') throw new Error(done.phrase.key);
  return done.result;
}
const card = async (
  name: 'appointment' | 'appointment-tomorrow' | 'appointment-offers' | 'appointment-staff' | 'feedback-ask',
  id: string,
  viewer: Person,
): Promise<Message | undefined> =>
  cards[name](id, {
    store: u.world.store,
    settings: await u.world.settings(),
    now: u.clock.wall(),
    viewer,
    isNewest: true,
    channel: 'telegram',
  });
const said = ({ lines }: Message) => lines.map((line) => say(line, 'uk', u.clock.wall())).join('\n');
const about = ({ id, version }: Appointment) => ({ subject: id, version });
const laterIn = ({ messages }: Heard) => {
  const shown = buttonsIn(messages).find(({ action }) => action === 'appointment.show');
  return { subject: shown && 'subject' in shown ? (shown.subject ?? '') : '' };
};

describe('the person', () => {
  it('gets a card with when, where, with whom, what to bring and interpreter; the first line gives nothing away', async () => {
    const shown = (await card('appointment', (await booked()).id, oksana)) as Message;
    expect(said(shown).split('\n')[0]).toBe('Для Вас є нова зустріч.');
    expect(said(shown)).toContain('Де: str. Mare 5.');
    expect(shown.facts?.map(({ label }) => label.key)).toEqual(['appointments:label.with', 'appointments:label.bring']);
    expect(shown.lines.map(({ key }) => key)).toContain('appointments:interpreter.yes');
    expect(shown.buttons?.flat().find((button) => 'url' in button)).toMatchObject({
      url: expect.stringContaining('str.%20Mare%205'),
    });
  });

  it('sees the next appointment in one tap, next first', async () => {
    const heard = await talk(u, oksana).says('📅 Мої зустрічі');
    expect(heard.messages).toHaveLength(1);
    expect(keysIn(heard)).toEqual(['appointments:next']);
    expect(heard.messages[0]?.facts?.map(({ label }) => label.key)).toEqual([
      'appointments:label.where',
      'appointments:label.with',
      'appointments:label.bring',
      'appointments:label.interpreter',
    ]);
    const none = await talk(u, serhii).says('Мої зустрічі');
    expect(keysIn(none)).toEqual(['appointments:none']);
    expect(buttonsIn(none.messages).map(({ action }) => action)).toEqual(['appointment.ask', 'home']);
  });

  it('shows a later one behind its own button, in one message', async () => {
    await booked();
    const me = talk(u, oksana);
    const heard = await me.says('📅 Мої зустрічі');
    expect(heard.messages).toHaveLength(1);
    expect(keysIn(heard)).toEqual(['appointments:list', 'appointments:next']);
    expect(keysIn(await me.taps('appointment.show', laterIn(heard)))).toEqual(['appointments:standing']);
  });

  it('who writes that they come sees of which meeting, with the button; the words do nothing', async () => {
    const lina = await u.person('beneficiary', 'Ліна Гнатюк', { language: 'uk' });
    const ofLina = await u.case(lina, ioana);
    const done = await u.as(ioana, bookAppointment, {
      caseId: ofLina.id,
      startsAt: later(60 * 30),
      place: { at: 'office' },
      bring: '',
      hasInterpreter: false,
    });
    for (const text of ['прийду завтра', 'vin maine']) {
      const heard = await talk(u, lina).says(text);
      expect(keysIn(heard)).toEqual(['appointments:understood.come']);
      expect(buttonsIn(heard.messages).map(({ action }) => action)).toContain('appointment.confirm');
    }
    if (done.is === 'done') expect((await now(done.result.id)).state).toBe('booked');
  });

  it('confirms in one tap; the second tap changes nothing and says that it is known', async () => {
    const appointment = await booked();
    const me = talk(u, oksana);
    const first = await me.taps('appointment.confirm', about(appointment));
    expect(keysIn(first)).toEqual(['appointments:confirm.done']);
    await me.taps('appointment.confirm', about(appointment));
    expect(await now(appointment.id)).toMatchObject({ state: 'confirmed', version: 1 });
  });

  it('asks to move in two taps, and says in words when it would suit', async () => {
    const first = await booked();
    const me = talk(u, oksana);
    const asked = await me.taps('appointment.move', about(first));
    expect(keysIn(asked)).toEqual(['appointments:move.when']);
    expect(keysIn(await me.presses(asked, 'general:button.skip'))).toEqual(['appointments:move.requested']);
    const second = await booked();
    await me.taps('appointment.move', about(second));
    const moved = await me.says('краще після обіду');
    expect(JSON.stringify(moved.messages[0]?.facts)).toContain('краще після обіду');
    expect(buttonsIn(moved.messages).map(({ action }) => action)).toEqual(['home']);
    expect(await now(second.id)).toMatchObject({ state: 'moveAsked', wish: { words: 'краще після обіду' } });
    const staff = (await card('appointment-staff', second.id, ioana)) as Message;
    expect(staff.buttons?.flat().map((button) => 'action' in button && button.action)).toContain('appointment.offer');
    expect(JSON.stringify(staff)).not.toContain('Оксана');
  });

  it('cancels in two taps and is offered another day at once', async () => {
    const appointment = await booked();
    const me = talk(u, oksana);
    const asked = await me.taps('appointment.cannot', about(appointment));
    expect(keysIn(asked)).toEqual(['appointments:cancel.ask']);
    const off = await me.presses(asked, 'appointments:button.cancelYes');
    expect(keysIn(off)).toEqual(['appointments:cancel.done']);
    expect(buttonsIn(off.messages).map(({ action }) => action)).toEqual(['appointment.another', 'home']);
    expect(keysIn(await me.presses(off, 'appointments:button.book'))).toEqual(['appointments:askFor.when']);
    await me.says('у четвер зранку');
    expect(await u.world.store.appointments.askedBy(oksana.id)).toMatchObject({
      state: 'asked',
      wish: { words: 'у четвер зранку' },
    });
  });

  it('presses an old button: nothing changes, the present state is shown [F24]', async () => {
    const appointment = await booked();
    await u.as(ioana, moveAppointment, { appointmentId: appointment.id, startsAt: later(6000) });
    for (const action of ['appointment.confirm', 'appointment.cannot', 'appointment.move'] as const) {
      const heard = await talk(u, oksana).taps(action, about(appointment));
      expect(keysIn(heard).slice(0, 2)).toEqual(['errors:staleButton', 'appointments:notice.moved']);
    }
    expect(await now(appointment.id)).toMatchObject({ state: 'booked', version: 1 });
  });

  it('chooses an offered time by its button', async () => {
    const appointment = await booked();
    const offers = [later(7000), later(7100)];
    await u.as(ioana, offerTimes, { appointmentId: appointment.id, times: offers });
    const shown = (await card('appointment-offers', appointment.id, oksana)) as Message;
    expect(shown.buttons).toHaveLength(3);
    const me = talk(u, oksana);
    await me.presses({ messages: [shown], modal: undefined }, (offers[1] as Date).toISOString());
    expect(await now(appointment.id)).toMatchObject({ state: 'confirmed', startsAt: offers[1] });
  });

  it('does not get at the appointment of somebody else', async () => {
    const appointment = await booked();
    for (const action of [
      'appointment.show',
      'appointment.confirm',
      'appointment.cannotYes',
      'appointment.calendar',
    ] as const) {
      const heard = await talk(u, serhii).taps(action, about(appointment));
      expect(JSON.stringify(heard.messages)).not.toContain('str. Mare');
    }
    expect(await card('appointment', appointment.id, serhii)).toBeUndefined();
    expect(await now(appointment.id)).toMatchObject({ state: 'booked', version: 0 });
  });
});

describe('the coordinator', () => {
  it('books in Telegram question by question; a holiday is told before, and is theirs to decide', async () => {
    const me = talk(u, ioana);
    let heard = await me.taps('appointment.book', { subject: one.id });
    expect(keysIn(heard)).toEqual(['appointments:staff.askWhen']);
    heard = await me.says('1 decembrie, 10:30');
    heard = await me.presses(heard, 'appointments:wide.atOffice');
    heard = await me.presses(heard, 'general:button.skip');
    heard = await me.presses(heard, 'general:button.no');
    heard = await me.presses(heard, 'appointments:button.bookYes');
    expect(JSON.stringify(heard.messages)).toContain('appointments:staff.closed');
    heard = await me.presses(heard, 'general:button.yes');
    expect(keysIn(heard)).toContain('appointments:staff.booked');
    expect(await u.world.store.appointments.count({ startsAt: new Date('2026-12-01T08:30:00Z') })).toBe(1);
  });

  it('books in Slack on one page; a clash is told with the case number', async () => {
    const desk = talk(u, ioana, 'slack');
    const opened = await desk.taps('appointment.book', { subject: one.id });
    if (opened.modal?.is !== 'form') throw new Error('no modal');
    const known = await booked();
    const local = (known.startsAt as Date).toISOString();
    const start = Temporal.Instant.from(local)
      .toZonedDateTimeISO('Europe/Bucharest')
      .toPlainDateTime()
      .add({ minutes: 30 });
    const heard = await desk.submits(opened.modal.run, {
      when: { local: start.toString() },
      place: { choice: 'home' },
      interpreter: { choice: 'no' },
    });
    expect(keysIn(heard)).toEqual(['appointments:modal.sure']);
    const page = await desk.presses(heard, 'slack:button.openForm');
    expect(JSON.stringify(page.modal)).toContain('appointments:staff.clash');
    if (page.modal?.is !== 'form') throw new Error('no modal');
    await desk.submits(page.modal.run, { isSure: { choice: 'yes' } });
    expect(
      await u.world.store.appointments.count({
        coordinatorId: ioana.id,
        startsAt: new Date((known.startsAt as Date).getTime() + 30 * 60_000),
      }),
    ).toBe(1);
  });

  it('offers up to three times after a play-back', async () => {
    const appointment = await booked();
    const me = talk(u, ioana);
    await me.taps('appointment.offer', about(appointment));
    await me.says('9 decembrie, 10:00');
    const heard = await me.says('9 decembrie, 12:00');
    const shown = await me.presses(heard, 'general:button.skip');
    expect(keysIn(await me.presses(shown, 'appointments:button.offer'))).toEqual(['appointments:offer.sent']);
    expect(await now(appointment.id)).toMatchObject({
      state: 'moveAsked',
      offers: [new Date('2026-12-09T08:00:00Z'), new Date('2026-12-09T10:00:00Z')],
    });
  });

  it('opens who it is with a reading line only, and finds at home what must be settled and marked', async () => {
    const appointment = await booked();
    const read = await talk(u, ioana).taps('appointment.show', about(appointment));
    expect(JSON.stringify(read.messages)).toContain('Оксана Кравченко');
    expect((await u.world.store.journal.about(appointment.id)).map(({ type }) => type)).toEqual([
      'appointment.booked',
      'appointment.read',
    ]);
    const view = {
      store: u.world.store,
      settings: await u.world.settings(),
      now: later(60 * hour),
      viewer: ioana,
      isNewest: true,
      channel: 'slack' as const,
    };
    const home = await homeOf(view);
    expect(home.sections?.map(({ title }) => title.key)).toEqual(
      expect.arrayContaining(['home:section.appointments', 'home:section.today']),
    );
    expect(buttonsIn([home]).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['appointment.offer', 'appointment.came', 'appointment.missed', 'appointment.callOff']),
    );
    expect(JSON.stringify(home)).not.toContain('Оксана');
  });

  it('calls off after one question; who cannot be written to is to be called', async () => {
    const appointment = await booked();
    const me = talk(u, ioana);
    const asked = await me.taps('appointment.callOff', about(appointment));
    expect(keysIn(asked)).toEqual(['appointments:callOff.ask']);
    expect(keysIn(await me.presses(asked, 'appointments:button.cancelYes'))).toEqual(['appointments:callOff.done']);
    expect(said((await card('appointment', appointment.id, oksana)) as Message)).toContain('Зустріч не відбудеться.');
  });
});

describe('feedback', () => {
  it('is one tap, a sentence, with or without a name; the answer waits behind "Citesc"', async () => {
    const appointment = await booked();
    await u.fastForward(60 * hour + 150);
    await u.as('system', askHowItWent, { appointmentId: appointment.id });
    const ask = (await card('feedback-ask', appointment.id, oksana)) as Message;
    expect(ask.buttons?.map((row) => row.length)).toEqual([5]);

    const me = talk(u, oksana);
    const bad = await me.presses({ messages: [ask], modal: undefined }, '🙁');
    expect(keysIn(bad)).toEqual(['feedback:notice.ask', 'general:picked', 'feedback:sentenceBad']);
    const named = await me.says('Чекали годину в коридорі.');
    expect(keysIn(named)).toEqual(['feedback:showName']);
    const thanks = await me.presses(named, 'feedback:button.withoutName');
    expect(keysIn(thanks)).toEqual([
      'feedback:showName',
      'general:picked',
      'feedback:anonymous.how',
      'feedback:wantsAnswer',
    ]);
    expect(keysIn(await me.presses(thanks, 'general:button.yes'))).toEqual([
      'feedback:thanks',
      'feedback:answerComing',
    ]);
    expect(keysIn(await me.presses({ messages: [ask], modal: undefined }, '😀'))).toEqual([]);

    const [feedback] = await u.world.store.feedback.find({});
    expect(feedback).toMatchObject({ score: 2, wantsAnswer: true, said: { words: 'Чекали годину в коридорі.' } });
    const desk = talk(u, ioana);
    const read = await desk.taps('feedback.read', { subject: feedback?.id ?? '' });
    expect(keysIn(read)).toEqual([
      'feedback:staff.row',
      'feedback:staff.anonymous',
      'feedback:staff.said',
      'feedback:staff.wantsAnswer',
    ]);
    expect(JSON.stringify(read)).not.toContain('Оксана');
    await desk.presses(read, 'coordinator:button.reply');
    expect(keysIn(await desk.says('Ne cerem scuze. Am schimbat programul.'))).toEqual(['feedback:staff.answered']);
    const heard = await me.taps('feedback.read', { subject: feedback?.id ?? '' });
    expect(say(heard.messages[0]?.lines[0] as never, 'uk')).toBe(
      'Ви писали: Чекали годину в коридорі.\nВідповідь: Ne cerem scuze. Am schimbat programul.',
    );
  });
});

describe('the plan', () => {
  it('is truthfully not here yet, with whom to ask', async () => {
    const heard = await talk(u, oksana).says('🧭 Мій план');
    expect(heard.messages[0]?.lines).toMatchObject([{ key: 'plan:notHere', params: { name: 'Ioana Marin' } }]);
  });
});
