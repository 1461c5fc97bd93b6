import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cards } from '#core/cards.ts';
import { inStep } from '#core/execute.ts';
import type { Message } from '#core/message.ts';
import type { Person } from '#core/people/person.ts';
import { buttonsIn, keysIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { signButton } from '../dialogue/buttons.ts';
import { handle } from '../dialogue/handle.ts';
import type { IncomingKind } from '../dialogue/incoming.ts';

let u: Universe;
let ioana: Person;
let count = 0;

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin', { phone: '+40257555101' });
  await u.onDuty(ioana);
});
afterAll(() => u.close());

/** Somebody without a link at one account; what they are told stands in rows without a person. */
function stranger(key: string) {
  const comes = async (kind: IncomingKind): Promise<Message[]> => {
    const before = new Set((await u.world.store.outbox.ofAccount('telegram', key)).map(({ id }) => id));
    const head = {
      key: `h-${++count}`,
      channel: 'telegram' as const,
      lane: `telegram:${key}`,
      account: { key, address: key },
    };
    await inStep(u.world, head.key, (step) => handle(step, { ...head, ...kind }), true);
    return (await u.world.store.outbox.ofAccount('telegram', key))
      .filter(({ id }) => !before.has(id))
      .map(({ message }) => message as Message);
  };
  const message = { chatId: key, messageId: '1' };
  return {
    says: (text: string) => comes({ kind: 'text', text, message, isEdited: false, isForwarded: false }),
    taps: (action: 'help.callMe') => {
      const expires = new Date(u.clock.wall().getTime() + 86_400_000);
      return comes({
        kind: 'button',
        token: signButton({ action }, `telegram:${key}`, expires, u.world.seal),
        message,
      });
    },
  };
}
const keys = (messages: Message[]) => messages.flatMap(({ lines }) => lines.map(({ key }) => key));

describe('somebody not on file', () => {
  it('who asks to be called after a danger word adds to the alert that is open', async () => {
    const me = stranger('9101');
    await me.says('Допоможіть, чоловік мене б’є!');
    expect(await u.world.store.alerts.count({})).toBe(1);
    await me.taps('help.callMe');
    await me.says('0712 345 678');
    const [alert, ...others] = await u.world.store.alerts.find({});
    expect(others).toEqual([]);
    expect(alert?.observed.map(({ words }) => words).at(-1)).toBe('+40712345678');
    expect(JSON.stringify(await u.connection.collection('alerts').findOne({}))).not.toContain('9101');
  });

  it('of another account has an alert of their own', async () => {
    await stranger('9102').taps('help.callMe');
    expect(await u.world.store.alerts.count({})).toBe(2);
  });

  it('is led from a key of the menu to the three doors and 🆘', async () => {
    for (const said of ['📅 Мої зустрічі', '🧭 Мій план']) {
      const heard = await stranger('9103').says(said);
      expect(keys(heard)).toEqual(['errors:notLinked']);
      expect(buttonsIn(heard).map(({ action }) => action)).toEqual([
        'start.ask',
        'start.invitation',
        'start.support',
        'help',
      ]);
    }
    expect(buttonsIn(await stranger('9103').says('коли мій прийом'))).not.toEqual([]);
  });
});

describe('a person in danger', () => {
  it('reads 112 once: in the answer; the card below says who knows, and changes', async () => {
    const oksana = await u.person('beneficiary', 'Оксана Кравченко', { coordinatorId: ioana.id });
    const heard = await talk(u, oksana).says('допоможіть');
    expect(keysIn(heard)).toEqual(['emergency:call112']);
    const [alert] = await u.world.store.alerts.openOfPerson(oksana.id);
    const view = {
      store: u.world.store,
      settings: await u.world.settings(),
      now: u.clock.wall(),
      viewer: oksana,
      isNewest: true,
      channel: 'telegram' as const,
    };
    const card = await cards['help-asked'](alert?.id ?? '', view);
    expect(card?.lines.map(({ key }) => key)).toEqual(['emergency:told', 'emergency:watchHere']);
    const asked = await talk(u, oksana).taps('help.callMe');
    expect(keysIn(asked)).toEqual(['emergency:call112', 'emergency:added', 'emergency:callMe.askNumber']);
    expect(await u.world.store.alerts.openOfPerson(oksana.id)).toHaveLength(1);
  });

  it('whose next words and voice reach who helps, not the form that was open nor the pile of messages', async () => {
    const lida = await u.person('beneficiary', 'Ліда Гончар', { coordinatorId: ioana.id });
    const me = talk(u, lida);
    await me.says('💬 Написати нам');
    await me.says('мене б’є чоловік');
    expect(keysIn(await me.says('він на кухні, вулиця Ребряну 5'))).toEqual(['emergency:call112', 'emergency:added']);
    expect(keysIn(await me.sends([{ kind: 'voice', ref: 'v1', seconds: 4 }]))).toEqual([
      'emergency:call112',
      'emergency:added',
    ]);
    const [alert] = await u.world.store.alerts.openOfPerson(lida.id);
    expect(alert?.observed.map(({ words }) => words)).toEqual([
      'мене б’є чоловік',
      'він на кухні, вулиця Ребряну 5',
      '',
    ]);
    expect(await u.world.store.messages.count({ personId: lida.id })).toBe(0);
  });

  it('whose alert somebody else raised still writes messages', async () => {
    const nadia = await u.person('beneficiary', 'Надія Бойко', { coordinatorId: ioana.id });
    const me = talk(u, nadia);
    await me.says('мене б’є чоловік');
    const [alert] = await u.world.store.alerts.openOfPerson(nadia.id);
    await u.world.store.alerts.save({ ...(alert as NonNullable<typeof alert>), origin: 'report' });
    expect(keysIn(await me.says('він на кухні, вулиця Ребряну 5'))).toContain('errors:missThree');
  });

  it('who asks to be called by night is told that the team knows now and 112 does not wait; no day is promised', async () => {
    u.clock.moveTo(new Date('2026-11-23T21:00:00Z'));
    const nina = await u.person('beneficiary', 'Ніна Бондар', { coordinatorId: ioana.id });
    const asked = await talk(u, nina).taps('help.callMe');
    expect(keysIn(asked)).toEqual(['emergency:callMe.night', 'emergency:callMe.askNumber']);
    const kept = await talk(u, nina).says('0712345678');
    expect(JSON.stringify(kept.messages)).toContain('+40\u00a0712\u00a0345\u00a0678');
  });
});
