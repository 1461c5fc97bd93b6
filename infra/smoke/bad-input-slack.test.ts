import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keepIn } from '#bots/slack/keep.ts';
import type { SlackBody } from '#bots/slack/payload.ts';
import { failed, isFixedLine } from '../test/raw.ts';
import { openTown, type Town, textOf, wordsIn } from '../test/town.ts';

const stranger = 'U0STRAIN';
let town: Town;
beforeAll(async () => {
  town = await openTown();
  const { slack } = town.city.standIns();
  slack.addUser({ id: stranger, personId: stranger, name: 'strain', realName: 'Vasile Strain', locale: 'ro-RO' });
  slack.addChannel({
    id: 'C0TEAM',
    name: 'echipa',
    topic: '',
    isBotIn: true,
    members: ['U0IOANA', 'U0ANDREI', stranger],
  });
});
afterAll(() => town.stop());
afterEach(async () => expect(await failed(town)).toEqual([]));

const deskOf = (id: string) => town.city.standIns().slack.user(id);
const said = (id: string) =>
  town.city
    .standIns()
    .slack.messages(id)
    .filter(({ isBot }) => isBot)
    .map((message) => textOf(message).replaceAll('\u00a0', ' '))
    .filter((text) => !isFixedLine(text));
const windows = (id: string) => deskOf(id).state().modals;
const windowOf = (id: string) => wordsIn(windows(id).at(-1)?.view).join('\n');

/** What one act is answered with in the talk: exactly one message. */
async function answerTo(id: string, act: () => unknown): Promise<string> {
  const before = said(id).length;
  await act();
  await town.settle();
  const answers = said(id).slice(before);
  expect(answers).toHaveLength(1);
  return answers[0] ?? '';
}
const body = (more: object): SlackBody => ({ team_id: 'T1', ...more }) as SlackBody;
let count = 0;
/** A body as no client would send it, through the door of the receiver. */
async function comes(more: object): Promise<void> {
  await keepIn(town.world)(body({ event_id: `Ev-raw-${++count}`, ...more }));
  await town.settle();
}
const dm = (user: string, event: object) =>
  comes({
    event: { type: 'message', channel_type: 'im', channel: `D-${user}`, ts: `1900000000.${++count}`, user, ...event },
  });

describe.each([
  ['a coordinator', 'U0IOANA'],
  ['somebody not linked', stranger],
])('%s', (_, id) => {
  it('5,000 signs at once, only emoji, signs nobody can see: one answer each', async () => {
    const long = Array.from({ length: 5000 }, (_one, at) => (at % 10 === 9 ? ' ' : 'x'))
      .join('')
      .trim();
    await answerTo(id, () => deskOf(id).says('bot', long));
    const keptWords = JSON.stringify([
      await town.world.store.messages.find({}),
      await town.world.store.conversations.find({}),
    ]);
    expect(keptWords).toContain(long);
    await answerTo(id, () => deskOf(id).says('bot', '🙂🙂'));
    expect(await answerTo(id, () => dm(id, { text: '\u200b\u2060' }))).toContain('Mesajul este gol');
    expect(await answerTo(id, () => dm(id, { text: '' }))).toContain('nu putem citi');
  });

  it('a file of 30 MB is told at once', async () => {
    const files = [{ id: 'F1', name: 'film.mp4', mimetype: 'video/mp4', size: 30 * 1024 * 1024 }];
    expect(await answerTo(id, () => dm(id, { subtype: 'file_share', text: '', files }))).toContain('20 MB');
  });

  it('in a channel: one neutral line when spoken to, nothing else, and nothing in the talk', async () => {
    const before = said(id).length;
    await comes({
      event: {
        type: 'app_mention',
        channel: 'C0TEAM',
        ts: `1900000000.${++count}`,
        user: id,
        text: '<@UBOT> cine e de gardă?',
      },
    });
    expect(said('C0TEAM').at(-1)).toContain('În grupuri nu vorbim despre lucruri personale');
    const lines = said('C0TEAM').length;
    deskOf(id).says('C0TEAM', 'bună dimineața tuturor');
    await town.settle();
    expect(said('C0TEAM')).toHaveLength(lines);
    expect(said(id)).toHaveLength(before);
  });

  it('a bot, an unknown event, a body without anything: nobody is told, nothing fails', async () => {
    const before = said(id).length;
    await dm(id, { bot_id: 'B1', text: 'beep' });
    await comes({ event: { type: 'telepathy', user: id } });
    await comes({});
    await comes({ type: 'block_actions', user: { id }, actions: [{}] });
    await comes({ type: 'view_submission', user: { id }, view: { id: 'V1', hash: 'h', private_metadata: 'no json' } });
    expect(said(id)).toHaveLength(before);
  });

  it('a forged button changes nothing and shows how things are', async () => {
    const press = (value: string) =>
      comes({
        type: 'block_actions',
        user: { id },
        container: { channel_id: id, message_ts: '1' },
        actions: [{ action_id: 'act:1', action_ts: String(++count), value }],
      });
    for (const value of ['random', 'A'.repeat(48)]) {
      const before = said(id).length;
      await press(value);
      const [toast, home, ...others] = said(id)
        .slice(before)
        .sort((one, other) => one.length - other.length);
      expect(toast).toContain('Butonul acesta este vechi');
      expect(home).toBeDefined();
      expect(others).toEqual([]);
    }
  });
});

describe('somebody not linked', () => {
  it('the App Home and a word say how to come in', async () => {
    deskOf(stranger).opensHome();
    await town.settle();
    expect(wordsIn(deskOf(stranger).state().home).join('\n')).toContain('nu este încă conectat');
    expect(await answerTo(stranger, () => deskOf(stranger).says('bot', 'bună ziua'))).toContain(
      'nu este încă conectat',
    );
  });

  it.each(['/caz', '/garda'])('%s opens nothing of the house', async (name) => {
    await deskOf(stranger).command(name, 'Munteanu');
    await town.settle();
    expect(windowOf(stranger)).toContain('nu este încă conectat');
    await deskOf(stranger).closesModal(windows(stranger).at(-1)?.viewId ?? '', { all: true });
  });

  it('the shortcut "make a note" neither', async () => {
    const ref = deskOf(stranger).says('C0TEAM', 'Am fost la familie.');
    await town.settle();
    await deskOf(stranger).messageShortcut('make_note', ref);
    await town.settle();
    expect(windowOf(stranger)).toContain('nu este încă conectat');
  });
});

describe('a coordinator’s windows', () => {
  const id = 'U0IOANA';
  it('the shortcut on a message without a text opens an empty report', async () => {
    const ref = deskOf(id).uploads({
      name: 'acte.pdf',
      content: '%PDF-1.4',
      mimetype: 'application/pdf',
      place: 'C0TEAM',
    });
    await town.settle();
    await deskOf(id).messageShortcut('make_note', ref);
    await town.settle();
    expect(windows(id).at(-1)?.view).toMatchObject({ callback_id: 'form' });
    await deskOf(id).closesModal(windows(id).at(-1)?.viewId ?? '', { all: true });
  });

  it('a modal of an older form that is sent late, and the same one twice: one effect', async () => {
    await openAlert();
    const older = windows(id).at(-1);
    const mark = JSON.parse(String((older?.view as { private_metadata?: string } | undefined)?.private_metadata)) as {
      run: string;
    };
    await deskOf(id).closesModal(older?.viewId ?? '', { all: true });
    await openAlert();
    await deskOf(id).closesModal(windows(id).at(-1)?.viewId ?? '', { all: true });
    const before = await town.world.store.alerts.count({});
    const sent = {
      type: 'view_submission',
      user: { id },
      view: {
        id: 'V-late',
        hash: 'h1',
        callback_id: 'form',
        private_metadata: JSON.stringify({ run: mark.run, language: 'ro' }),
        blocks: [],
        state: {
          values: {
            danger: { choice: { selected_option: { value: 'urgent' } } },
            level: { choice: { selected_option: { value: 'urgent' } } },
            case: { choice: { selected_option: { value: 'not-on-file' } } },
            caseId: { choice: { selected_option: { value: 'not-on-file' } } },
            observed: { words: { value: 'Un om zace pe trotuar lângă gară.' } },
          },
        },
      },
    };
    await comes(sent);
    await comes(sent);
    const kept = JSON.stringify([
      await town.world.store.alerts.find({}),
      await town.world.store.conversations.find({}),
    ]);
    expect(kept).toContain('lângă gară');
    expect((await town.world.store.alerts.count({})) - before).toBeLessThanOrEqual(1);
  });

  it('a modal whose form is gone: the words are put by and their writer says what becomes of them', async () => {
    const answer = await answerTo(id, () =>
      comes({
        type: 'view_submission',
        user: { id },
        view: {
          id: 'V-gone',
          hash: 'h1',
          private_metadata: JSON.stringify({ run: 'aaaaaaaaaaaaaaaaaaaaaaaa', language: 'ro' }),
          state: { values: { observed: { words: { value: 'Ce am scris nu se pierde.' } } } },
        },
      }),
    );
    expect(answer).toContain('aici s-a schimbat ceva');
    expect(JSON.stringify(await town.world.store.conversations.find({}))).toContain('Ce am scris nu se pierde.');
  });

  async function openAlert(): Promise<void> {
    deskOf(id).opensHome();
    await town.settle();
    await deskOf(id).presses('home', '🚨 Alertă');
    await town.settle();
  }
});

describe('two at once', () => {
  it('both press "I take it over": one has it, the other hears who', async () => {
    await town.says('mihai', '🚨 Alertă');
    await town.taps('mihai', 'Viață în pericol');
    await town.taps('mihai', 'Elena Munteanu');
    await town.says('mihai', 'Nu răspunde la ușă, se aude plâns.');
    await town.forward(6);
    const press = (who: string) => {
      const message = town.city
        .standIns()
        .slack.messages(who)
        .findLast((one) => one.isBot && JSON.stringify(one).includes('Preiau'));
      if (!message) throw new Error(`${who} was not rung`);
      return deskOf(who).presses({ channel: message.channel, ts: message.ts }, '✋ Preiau');
    };
    await Promise.all([press('U0IOANA'), press('U0ANDREI')]);
    await town.settle();
    const taken = (await town.world.store.alerts.find({})).filter(({ ownerId }) => ownerId);
    expect(taken).toHaveLength(1);
    const owner = (await town.world.store.people.must(taken[0]?.ownerId ?? ('' as never))).name;
    expect([...said('U0IOANA'), ...said('U0ANDREI')].join('\n')).toContain(owner);
  });
});
