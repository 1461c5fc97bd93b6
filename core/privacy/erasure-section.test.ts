import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '#core/people/person.ts';
import { buttonsIn, keysIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { askForErasure } from './ask-for-erasure.ts';

let u: Universe;
let ioana: Person;
let victoria: Person;
let mihai: Person;

beforeAll(async () => {
  u = await openUniverse();
  victoria = await u.person('supervisor', 'Victoria Pop');
  ioana = await u.person('coordinator', 'Ioana Marin');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  const elena = await u.person('beneficiary', 'Elena Popescu', { coordinatorId: ioana.id });
  await u.case(elena, ioana, [mihai]);
  await u.as(ioana, askForErasure, { personId: elena.id, reason: 'A cerut în scris.' });
});
afterAll(() => u.close());

const answersAtHome = async (person: Person) =>
  buttonsIn((await talk(u, person).taps('home')).messages)
    .map(({ action }) => action)
    .filter((action) => action.startsWith('erasure.'));

it('an erasure that waits stands at home for who may answer it, and for nobody else', async () => {
  expect(await answersAtHome(victoria)).toEqual(['erasure.approve', 'erasure.decline']);
  expect(await answersAtHome(ioana)).toEqual([]);
  expect(await answersAtHome(mihai)).toEqual([]);
});

it('says there neither the name nor the reason, and is gone once it is answered', async () => {
  const home = await talk(u, victoria).taps('home');
  expect(JSON.stringify(home)).not.toMatch(/Elena|în scris/);
  await talk(u, victoria).presses(home, 'privacy:button.eraseDecline');
  expect(await answersAtHome(victoria)).toEqual([]);
});

it('"Da, șterg" pressed twice says twice that it is approved; a no after it changes nothing', async () => {
  const serhii = await u.person('beneficiary', 'Serhii Koval', { coordinatorId: ioana.id });
  await u.case(serhii, ioana, [mihai]);
  const asked = await u.as(ioana, askForErasure, { personId: serhii.id, reason: 'A cerut în scris.' });
  if (asked.is !== 'done') throw new Error(asked.phrase.key);
  const me = talk(u, victoria);
  const yes = { subject: asked.result.id, value: 1 };
  for (let tap = 0; tap < 2; tap++)
    expect(keysIn(await me.taps('erasure.approve', yes))).toEqual(['privacy:erase.youApproved']);
  expect(keysIn(await me.taps('erasure.decline', yes))).toEqual(['refusals:gone']);
  const lines = await u.world.store.journal.about(asked.result.id);
  expect(lines.filter(({ type }) => type === 'erasure.approved')).toHaveLength(1);
});

it.each(['telegram', 'slack'] as const)(
  'an administrator asks for it in %s by the number of the case, another one approves',
  async (channel) => {
    const accounts = (key: string) => ({
      accounts: [{ channel, key, address: key, linkedAt: new Date(0), isDead: false }],
    });
    const ana = await u.person('admin', 'Ana Rus', accounts(`ana-${channel}`));
    const vera = await u.person('admin', 'Vera Dan', accounts(`vera-${channel}`));
    const person = await u.person('beneficiary', 'Nina Bondar', { coordinatorId: ioana.id });
    const { number } = await u.case(person, ioana, [mihai]);
    const me = talk(u, ana, channel);
    const menu = await me.taps('more');
    const reason = 'A cerut în scris, la 20 noiembrie.';
    if (channel === 'telegram') {
      await me.presses(menu, 'privacy:wide.eraseCase');
      expect(keysIn(await me.says('C-9999'))).toEqual(['privacy:erase.askReason']);
      const wrong = await me.presses(await me.says(reason), 'general:button.send');
      expect(keysIn(wrong)).toEqual(['glass:noSuchCase', 'glass:askNumber']);
      expect(keysIn(await me.presses(await me.says(number), 'general:button.send'))).toEqual(['privacy:erase.asked']);
    } else {
      const { modal } = await me.taps('erasure.ask');
      if (modal?.is !== 'form') throw new Error('no form');
      await me.submits(modal.run, { number: { text: number }, reason: { text: reason } });
    }
    const [asked] = await u.world.store.erasures.find({ personId: person.id });
    expect(asked).toMatchObject({ askedBy: ana.id, state: 'asked', reason });
    const yes = { subject: asked?.id as string, value: 1 };
    await me.taps('erasure.approve', yes);
    expect(await u.world.store.erasures.must(yes.subject)).toMatchObject({ state: 'asked' });
    await talk(u, vera, channel).taps('erasure.approve', yes);
    expect(await u.world.store.erasures.must(yes.subject)).toMatchObject({ state: 'approved', answeredBy: vera.id });
  },
);
