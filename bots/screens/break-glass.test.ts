import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cards } from '#core/cards.ts';
import type { Case } from '#core/cases/case.ts';
import { homeOf } from '#core/home/home-card.ts';
import type { Person } from '#core/people/person.ts';
import { languages } from '#core/phrase.ts';
import { buttonsIn, keysIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { say } from '../dialogue/say.ts';

let u: Universe;
let ioana: Person;
let victoria: Person;
let foreign: Case;

const inBoth = (key: string): Partial<Person> => ({
  accounts: (['telegram', 'slack'] as const).map((channel) => ({
    channel,
    key: `${key}-${channel}`,
    address: `${key}-${channel}`,
    linkedAt: new Date(0),
    isDead: false,
  })),
});

beforeAll(async () => {
  u = await openUniverse();
  victoria = await u.person('supervisor', 'Victoria Pop', inBoth('victoria'));
});
beforeEach(async () => {
  await u.fastForward(61);
  const andrei = await u.person('coordinator', 'Andrei Stan');
  ioana = await u.person('coordinator', 'Ioana Marin', inBoth(u.world.newId<string>()));
  foreign = await u.case(await u.person('beneficiary', 'Elena Popescu'), andrei);
});
afterAll(() => u.close());

const reason = 'Mama sună de la spital, copilul e singur.';
const digits = () => foreign.number.replace('C-', '');

describe('a foreign case that cannot wait, in the chat (F36)', () => {
  it('Telegram: from the refusal, with a reason, to the card', async () => {
    const me = talk(u, ioana);
    const refused = await me.taps('case.show', { subject: foreign.id });
    expect(buttonsIn(refused.messages).map(({ action }) => action)).toEqual(['request.send', 'glass.break', 'home']);
    expect(JSON.stringify(refused)).not.toContain('Elena');
    expect(keysIn(await me.presses(refused, 'glass:button.break'))).toEqual(['glass:askReason']);
    const opened = await me.says(reason);
    expect(keysIn(opened).slice(0, 2)).toEqual(['glass:opened', 'work:caseTitle']);
    expect(JSON.stringify(opened)).toContain('Elena Popescu');
  });

  it('Telegram: from the search, by the number of the case', async () => {
    const me = talk(u, ioana);
    await me.taps('case.find');
    const found = await me.says(foreign.number);
    expect(keysIn(found)).toEqual(['work:caseNotFound', 'work:onlyYours']);
    await me.presses(found, 'glass:button.break');
    expect(keysIn(await me.says(digits()))).toEqual(['glass:askReason']);
    expect(keysIn(await me.says('urgent'))).toEqual(['glass:needsReason', 'glass:askReason']);
    await me.taps('glass.break');
    await me.says('C-9999');
    expect(keysIn(await me.says(reason))).toEqual(['glass:noSuchCase', 'glass:askNumber']);
    expect(JSON.stringify(await me.says(digits()))).toContain('Elena Popescu');
  });

  it('Slack: the same in a window', async () => {
    const me = talk(u, ioana, 'slack');
    const { modal } = await me.taps('glass.break', { version: Number(digits()) });
    if (modal?.is !== 'form') throw new Error('no form');
    const opened = await me.submits(modal.run, { reason: { text: reason } });
    expect(JSON.stringify(opened)).toContain('Elena Popescu');
    expect(JSON.stringify(opened)).toContain('glass:opened');
  });

  it('a technician and an administrator are not offered it', async () => {
    for (const role of ['technician', 'admin'] as const) {
      const heard = await talk(u, await u.person(role, 'Cineva')).taps('case.show', { subject: foreign.id });
      expect(buttonsIn(heard.messages).map(({ action }) => action)).not.toContain('glass.break');
    }
  });

  it('the supervisor sees who and which case, reads why, and says what it was; the home lists it until then', async () => {
    const me = talk(u, ioana);
    await me.taps('glass.break', { version: Number(digits()) });
    await me.says(reason);
    const [glass] = await u.world.store.brokenGlass.find({ askedBy: ioana.id });
    if (!glass) throw new Error('nothing was opened');
    const view = async () => ({
      store: u.world.store,
      settings: await u.world.settings(),
      now: u.clock.wall(),
      viewer: victoria,
      isNewest: true,
      channel: 'slack' as const,
    });
    const card = await cards['break-glass'](glass.id, await view());
    for (const language of languages) {
      const said = card?.lines.map((line) => say(line, language)).join('\n');
      expect(said).toContain('Ioana Marin');
      expect(said).toContain(foreign.number);
      expect(said).not.toContain('spital');
      expect(said).not.toContain('Elena');
    }
    const listed = async () => JSON.stringify(await homeOf(await view())).includes(`"subject":"${glass.id}"`);
    expect(await listed()).toBe(true);
    for (const channel of ['telegram', 'slack'] as const)
      expect(JSON.stringify(await talk(u, victoria, channel).taps('glass.read', { subject: glass.id }))).toContain(
        'spital',
      );
    expect(keysIn(await talk(u, victoria).taps('glass.justified', { subject: glass.id }))).toEqual(['general:noted']);
    expect(await listed()).toBe(false);
    expect((await cards['break-glass'](glass.id, await view()))?.state?.word.key).toBe('glass:word.justified');
  });
});
