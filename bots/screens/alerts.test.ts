import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
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
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
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
