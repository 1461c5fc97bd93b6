import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ButtonToken, codesOf, readButton, signButton } from '#bots/dialogue/buttons.ts';
import { handlers } from '#bots/screens/handlers.ts';
import { keepIn } from '#bots/slack/keep.ts';
import type { Action } from '#core/actions.ts';
import { execute, inStep } from '#core/execute.ts';
import { voidButtons } from '#core/office/void-buttons.ts';
import { system } from '#core/people/actor.ts';
import { withOfficeEpoch } from '../office-epoch.ts';
import { cityPerson } from '../rehearsal/people.ts';
import type { DeskMessage } from '../rehearsal/shapes.ts';
import { failed, isFixedLine, isTapAnswered, rawUpdates } from '../test/raw.ts';
import { buttonsIn, openTown, type Town } from '../test/town.ts';

let town: Town;
let raw: ReturnType<typeof rawUpdates>;
beforeAll(async () => {
  town = await openTown();
  raw = rawUpdates(town);
});
afterAll(() => town.stop());

const all = Object.keys(handlers) as Action[];
const actions = codesOf(all);
const oksana = 5001;
const mine = `telegram:${oksana}`;
const flip = (text: string, bit: number): string => {
  const bytes = Buffer.from(text, 'base64url');
  const at = (bit >> 3) % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit & 7)), at);
  return bytes.toString('base64url');
};

/** Every way a button can be wrong: from a good token, what somebody else, or a broken line, could make of it. */
const spoilt: Record<string, (good: string, n: number) => { text: string; to?: string }> = {
  'one bit flipped': (good, n) => ({ text: flip(good, n) }),
  'two bits flipped': (good, n) => ({ text: flip(flip(good, n), n * 7 + 3) }),
  'cut short': (good, n) => ({ text: good.slice(0, n % good.length) }),
  lengthened: (good, n) => ({ text: good + randomBytes(1 + (n % 9)).toString('base64url') }),
  'of another person': (good, n) => ({ text: good, to: `telegram:${oksana + 1 + n}` }),
  'of the other chat': (good) => ({ text: good, to: `slack:${oksana}` }),
  'of another action': (good, n) => ({ text: withAction(good, all[(n + 1) % all.length] as Action) }),
  'with the mark of another button': (good, n) => ({ text: good.slice(0, 32) + sign(n + 1).slice(32) }),
  'of another epoch of the office': (_good, n) => ({
    text: sign(
      n,
      withOfficeEpoch(town.world.seal, () => 1 + n),
    ),
  }),
  'long out of date': (_good, n) => ({ text: sign(n, town.world.seal, -2 - n) }),
  'made up': (_good, n) => ({ text: randomBytes(n % 2 ? 36 : n % 60).toString('base64url') }),
  'any signs at all': (_good, n) => ({
    text: fc.sample(fc.string({ unit: 'binary', maxLength: 64 }), { seed: n, numRuns: 1 })[0] ?? '',
  }),
};

function withAction(text: string, action: Action): string {
  const bytes = Buffer.from(text, 'base64url');
  const other = Buffer.from(signButton({ action }, mine, new Date(0), town.world.seal), 'base64url');
  other.copy(bytes, 0, 0, 3);
  return bytes.toString('base64url');
}

function sign(n: number, seal = town.world.seal, hours = 24): string {
  const token: Partial<ButtonToken> & { action: Action } = {
    action: all[n % all.length] as Action,
    subject: n.toString(16).padStart(24, 'a'),
    version: n % 4096,
    epoch: 1,
  };
  return signButton(token, mine, new Date(town.world.clock.wall().getTime() + hours * 3_600_000), seal);
}

describe('a forged button', () => {
  it('20,000 of them through the reader: none is good, none breaks it (F23)', () => {
    const ways = Object.entries(spoilt);
    const now = town.world.clock.wall();
    let taken = 0;
    let read = 0;
    for (let n = 0; n < 20_000; n++) {
      const [name, spoil] = ways[n % ways.length] as (typeof ways)[number];
      const good = sign(n);
      const { text, to = mine } = spoil(good, n);
      if (text === good && to === mine) continue;
      const opened = readButton(text, to, now, town.world.seal, actions);
      read += 1;
      if (opened.is === 'good') taken += 1;
      if (opened.is === 'old') expect(name).toBe('long out of date');
    }
    expect(taken).toBe(0);
    expect(read).toBeGreaterThan(19_500);
    for (let n = 0; n < 100; n++) expect(readButton(sign(n), mine, now, town.world.seal, actions).is).toBe('good');
  });

  it('three dozen of them through the whole bot: each tap answered kindly, nothing changed, nothing parked (F23)', async () => {
    const before = await written();
    const ways = Object.values(spoilt);
    for (let n = 0; n < 36; n++) {
      await town.forward(1);
      town.heard('oksana');
      const { text, to = mine } = (ways[n % ways.length] as (typeof ways)[number])(sign(n), n);
      const account =
        /^telegram:(\d+)$/.exec(to)?.[1] === String(oksana) || !to.startsWith('telegram') ? oksana : oksana + 2;
      const id = await raw.taps(account, to === mine ? text : sign(n).split('').reverse().join(''));
      expect(await isTapAnswered(town, id)).toBe(true);
      if (account !== oksana) continue;
      const heard = town.heard('oksana').filter((one) => !isFixedLine(one));
      expect(heard).toHaveLength(1);
      expect(heard[0]).toMatch(/допомог|оберіть|чим/i);
    }
    expect(await written()).toEqual(before);
    expect(await failed(town)).toEqual([]);
  }, 60_000);
});

/** All that a button could have changed. */
async function written() {
  const { alerts, appointments, messages, notes, people } = town.world.store;
  const all = [
    await alerts.find({}),
    await appointments.find({}),
    await messages.find({}),
    await notes.find({}),
    await people.find({}),
  ];
  return all.map((things) => things.map(({ id, version }) => `${id} ${version}`).sort());
}

describe('an old button', () => {
  it('"Preiau" of an hour ago takes an alert nobody has; on one that is taken, and on one that is closed, it only shows how things are (F24)', async () => {
    await raise('Copilul spune că îi este frică.');
    const { number } = await newestAlert();
    const early = { ioana: preiauOf('ioana'), andrei: '' };
    await town.forward(16);
    early.andrei = preiauOf('andrei');
    await town.forward(44);
    expect((await newestAlert()).ownerId).toBeUndefined();

    await press('ioana', early.ioana);
    const ioana = await town.world.store.people.withAccount('slack', cityPerson('ioana').account);
    expect(await newestAlert()).toMatchObject({ number, state: 'taken', ownerId: ioana?.id });

    await town.forward(5);
    town.heard('andrei');
    const taken = await newestAlert();
    await press('andrei', early.andrei);
    expect(await newestAlert()).toEqual(taken);
    expect(town.heard('andrei').join('\n')).toContain('Ioana Marin');

    await town.world.store.alerts.save({
      ...taken,
      state: 'closed',
      closedAt: town.world.clock.wall(),
    } as typeof taken);
    const closed = await newestAlert();
    await press('andrei', early.andrei);
    expect((await newestAlert()).state).toBe('closed');
    expect((await newestAlert()).version).toBe(closed.version);
    expect(await failed(town)).toEqual([]);
  }, 60_000);

  it('after all buttons were voided none opens, in neither chat; the newly drawn ones do (F24) (F34)', async () => {
    await town.forward(5);
    await town.says('mihai', 'meniu');
    const old = sign(3);
    await inStep(town.world, 'void', (step) => execute(step, voidButtons, { actor: system, input: {} }));
    await town.world.settings();
    await town.forward(5);
    await new Promise((resolve) => setTimeout(resolve, 3100));
    await town.world.settings();
    expect(readButton(old, mine, town.world.clock.wall(), town.world.seal, actions).is).toBe('forged');
    town.heard('oksana');
    await town.says('oksana', '☰ Більше');
    const key = town
      .phone('oksana')
      .messages()
      .findLast(({ keys }) => keys)
      ?.keys?.flat()[0];
    town.heard('oksana');
    await town.taps('oksana', key?.text ?? '');
    expect(town.heard('oksana').join('\n')).not.toContain('Ця кнопка вже стара');
  }, 60_000);
});

async function raise(words: string): Promise<void> {
  await town.says('mihai', '🚨 Alertă');
  await town.taps('mihai', 'Abuz');
  await town.taps('mihai', 'Оксана Кравченко');
  await town.says('mihai', words);
}

const newestAlert = async () => {
  const [alert] = await town.world.store.alerts.find({}, { sort: { raisedAt: -1 }, limit: 1 });
  if (!alert) throw new Error('no alert');
  return alert;
};

/** What the newest "Preiau" of somebody carries now, as their app keeps it. */
function preiauOf(id: string): string {
  const { slack } = town.city.standIns();
  const message = slack
    .messages(cityPerson(id).account)
    .findLast(({ isBot, ...card }) => isBot && buttonsIn(cardOf(card)).some(({ text }) => text.includes('Preiau')));
  const token = /"text":"[^"]*Preiau[^"]*"[^}]*\}[^}]*"value":"([\w-]{48})"/.exec(
    JSON.stringify(message && cardOf(message)),
  )?.[1];
  if (!token) throw new Error(`no Preiau of ${id}: ${JSON.stringify(message)}`);
  return token;
}
const cardOf = ({ blocks, attachments }: Pick<DeskMessage, 'blocks' | 'attachments'>) => [blocks, attachments];

/** Pressed in an app that was without a network for an hour: the stand-in shows the newer card, so it comes through the receiver's own door. */
async function press(id: string, value: string): Promise<void> {
  const action = { action_id: 'act:0', action_ts: `${performance.now()}`, value };
  await keepIn(town.world)({
    type: 'block_actions',
    team: { id: 'T1' },
    user: { id: cityPerson(id).account },
    trigger_id: `trigger.${performance.now()}`,
    actions: [action],
  });
  await town.settle();
}
