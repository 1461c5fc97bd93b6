import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handOverAlert } from '#core/alerts/hand-over-alert.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import type { Person } from '#core/people/person.ts';
import { buttonsIn, keysIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';

let u: Universe;
let mihai: Person;
let ioana: Person;
let andrei: Person;
let oksana: Person;

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id, phone: '+40740555104' });
  oksana = await u.person('beneficiary', 'Оксана Шевченко', { coordinatorId: ioana.id });
  const one = await u.case(oksana, ioana, [mihai]);
  await u.as(mihai, raiseAlert, { caseId: one.id, level: 'abuse', observed: { words: 'Vânătăi.', files: [] } });
});
afterAll(() => u.close());

describe('"Open alerts" of the menu', () => {
  it('lists the open alerts with what can be done now', async () => {
    const { messages } = await talk(u, ioana).taps('alert.list');
    expect(messages[0]?.sections?.map(({ count }) => count)).toEqual([1]);
    expect(buttonsIn(messages).map(({ action }) => action)).toEqual(['home', 'alert.take', 'alert.show']);
    expect(JSON.stringify(messages)).not.toContain('Шевченко');
  });

  it('says so when none is open for this person', async () => {
    expect(keysIn(await talk(u, andrei).taps('alert.list'))).toEqual(['home:section.noAlerts']);
  });

  it('shows a beneficiary no list of staff', async () => {
    expect(keysIn(await talk(u, oksana).taps('alert.list'))).toEqual(['work:notHere']);
  });
});

describe('an alert that is begun', () => {
  const formOf = async (person: Person) =>
    (await u.world.store.conversations.of(`telegram:${person.accounts[0]?.key}`))?.form;
  const last = async () => (await u.world.store.alerts.find({}, { sort: { raisedAt: -1, number: -1 }, limit: 1 }))[0];

  it('of somebody not on file asks who and where, then what was seen; both are its words', async () => {
    const me = talk(u, mihai);
    let heard = await me.taps('alert.new');
    heard = await me.presses(heard, 'alerts:wide.abuse');
    heard = await me.presses(heard, 'alerts:wide.notOnFile');
    expect(keysIn(heard).at(-1)).toBe('alerts:ask.describe');
    heard = await me.says('Femeie în vârstă, str. Mare 5.');
    expect(keysIn(heard).at(-1)).toBe('alerts:ask.observed');
    await me.says('Stă pe scară, plânge.');
    expect((await last())?.observed[0]?.words).toBe('Femeie în vârstă, str. Mare 5.\nStă pe scară, plânge.');
  });

  it('and left is offered again, 112 first; thrown away it is gone', async () => {
    const me = talk(u, ioana);
    await me.presses(await me.presses(await me.taps('alert.new'), 'alerts:wide.urgent'), 'alerts:wide.notOnFile');
    const left = await me.says('🚨 Alertă');
    expect(keysIn(left)).toEqual(['general:draftKept', 'alerts:call112', 'general:resume']);
    expect(keysIn(await me.presses(left, 'general:button.continue')).at(-1)).toBe('alerts:ask.describe');
    await me.taps('home');
    const again = await me.says('🚨 Alertă');
    expect(keysIn(await me.presses(again, 'notes:button.discard'))).toEqual(['alerts:call112', 'alerts:ask.danger']);
  });

  it('with nothing but the kind of danger does not claim to be kept', async () => {
    const me = talk(u, ioana);
    await me.presses(await me.taps('alert.new'), 'alerts:wide.abuse');
    expect(keysIn(await me.says('🚨 Alertă'))).toEqual(['alerts:call112', 'alerts:ask.danger']);
    await me.taps('form.leave', { subject: (await formOf(ioana))?.run ?? '' });
  });

  it('and abandoned is asked about once, and not sent by itself', async () => {
    const before = await u.world.store.alerts.count({});
    const me = talk(u, andrei);
    await me.presses(await me.taps('alert.new'), 'alerts:wide.abuse');
    const { run = '' } = (await formOf(andrei)) ?? {};
    await u.fastForward(60);
    const asked = (await u.world.store.outbox.find({ personId: andrei.id })).filter(({ message }) =>
      JSON.stringify(message ?? '').includes('alerts:leftUnsent'),
    );
    expect(asked).toHaveLength(1);
    expect(keysIn(await me.taps('form.resume', { subject: run, value: 1 })).at(-1)).toBe('alerts:ask.whom');
    await u.fastForward(60);
    expect(
      JSON.stringify(await u.world.store.outbox.find({ personId: andrei.id })).split('alerts:leftUnsent'),
    ).toHaveLength(2);
    await me.taps('form.resume', { subject: run, value: 3 });
    expect(await formOf(andrei)).toBeUndefined();
    expect(await u.world.store.alerts.count({})).toBe(before);
  });
});

describe('what comes after an alert', () => {
  it('may join it by one button that names it; what was put by before stays apart', async () => {
    const me = talk(u, mihai);
    await me.says('Factura de transport.');
    await u.fastForward(1);
    const raised = await u.as(mihai, raiseAlert, { level: 'urgent', observed: { words: 'Ușa spartă.', files: [] } });
    if (raised.is !== 'done') throw new Error('refused');
    const heard = await me.sends([{ kind: 'voice', ref: 'v9', seconds: 4 }]);
    expect(keysIn(heard)).toEqual(['messages:staff.askVoice']);
    await me.presses(heard, 'messages:wide.addToAlert');
    const { observed } = await u.world.store.alerts.must(raised.result.id);
    expect(observed.map(({ words, files }) => [words, files.length])).toEqual([
      ['Ușa spartă.', 0],
      ['', 1],
    ]);
  });
});

describe('an alert that is somebody’s', () => {
  const raised = async (words: string) => {
    const about = await u.case(await u.person('beneficiary', 'Олена Бойко', { coordinatorId: ioana.id }), ioana, [
      mihai,
    ]);
    const done = await u.as(mihai, raiseAlert, { caseId: about.id, level: 'abuse', observed: { words, files: [] } });
    if (done.is !== 'done') throw new Error('not raised');
    return { about, alert: done.result };
  };

  it('and offered to a colleague stands at home with what can be answered', async () => {
    const { alert } = await raised('Strigăte.');
    await u.as(ioana, takeAlert, { alertId: alert.id });
    await u.as(ioana, handOverAlert, { alertId: alert.id, to: andrei.id });
    const { messages } = await talk(u, andrei).taps('alert.list');
    const offered = buttonsIn(messages).filter((button) => 'subject' in button && button.subject === alert.id);
    expect(offered.map(({ action }) => action)).toEqual(['alert.agree', 'alert.decline', 'alert.show']);
  });

  it('stands behind what nobody has, danger to life before all', async () => {
    const numbers = async () => {
      const { messages } = await talk(u, ioana).taps('alert.list');
      return messages.flatMap(({ sections = [] }) =>
        sections.flatMap(({ items }) => items.map(({ lines }) => lines[0]?.key)),
      );
    };
    const mine = await raised('Plâns.');
    await u.as(ioana, takeAlert, { alertId: mine.alert.id });
    const about = await u.case(await u.person('beneficiary', 'Олег Бойко', { coordinatorId: ioana.id }), ioana, [
      mihai,
    ]);
    await u.as(mihai, raiseAlert, { caseId: about.id, level: 'life', observed: { words: 'Nu respiră.', files: [] } });
    expect((await numbers())[0]).toBe('alerts:card.life');
  });

  it('and asked about again stands at home with "I am on it" first', async () => {
    const { alert } = await raised('Plânset în casă.');
    await u.as(ioana, takeAlert, { alertId: alert.id });
    await u.fastForward(21);
    expect((await u.world.store.alerts.must(alert.id)).state).toBe('asked');
    const { messages } = await talk(u, ioana).taps('alert.list');
    const own = buttonsIn(messages).filter((button) => 'subject' in button && button.subject === alert.id);
    expect(own.map(({ action }) => action)).toEqual(['alert.working', 'alert.decide', 'alert.show']);
  });

  it('handed back by two taps is said once', async () => {
    const { alert } = await raised('Fum.');
    await u.as(ioana, takeAlert, { alertId: alert.id });
    const me = talk(u, ioana);
    expect(keysIn(await me.taps('alert.handBack', { subject: alert.id }))).toEqual(['alerts:handedBack']);
    expect(keysIn(await me.taps('alert.handBack', { subject: alert.id }))).toEqual([]);
  });

  it('worked on by two taps is one step', async () => {
    const { alert } = await raised('Plânset.');
    await u.as(ioana, takeAlert, { alertId: alert.id });
    const me = talk(u, ioana);
    for (let tap = 0; tap < 2; tap++) await me.taps('alert.working', { subject: alert.id });
    expect((await u.world.store.alerts.must(alert.id)).steps).toHaveLength(1);
  });

  it('is read with the number of the case and the phone of who sent it', async () => {
    const { about, alert } = await raised('Ușa este încuiată.');
    const read = JSON.stringify(await talk(u, ioana).taps('alert.read', { subject: alert.id }));
    expect(read).toContain(about.number);
    expect(read).toMatch(/740\s555\s104/);
  });
});
