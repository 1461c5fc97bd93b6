import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signButton } from '#bots/dialogue/buttons.ts';
import type { KeptMessage } from '#core/messages/kept-message.ts';
import { picture } from '../rehearsal/telegram/started.ts';
import { failed, isFixedLine, isTapAnswered, rawUpdates } from '../test/raw.ts';
import { openTown, type Town } from '../test/town.ts';

const stranger = 7001;
const voice = readFileSync(join(import.meta.dirname, '../rehearsal/voice.ogg'));
let town: Town;
let raw: ReturnType<typeof rawUpdates>;
beforeAll(async () => {
  town = await openTown();
  raw = rawUpdates(town);
  town.city.standIns().telegram.addUser({ id: stranger, firstName: 'Ганна', languageCode: 'uk' });
  phoneOf('stranger').start();
  await town.settle();
  heard('stranger');
});
afterAll(() => town.stop());
afterEach(async () => expect(await failed(town)).toEqual([]));

const everybody = ['oksana', 'mihai', 'stranger'] as const;
type Who = (typeof everybody)[number] | 'elena' | 'serhii' | 'irina';
const accounts: Record<Who, number> = { oksana: 5001, serhii: 5002, elena: 5003, mihai: 5004, irina: 5005, stranger };
const phoneOf = (who: Who) => town.city.standIns().telegram.user(accounts[who]);
const taken = new Map<Who, number>();

/** What came since the last time; edits are no news. */
function heard(who: Who): string[] {
  const posts = town.city
    .standIns()
    .telegram.calls.posts()
    .filter(({ chatId }) => chatId === accounts[who]);
  const fresh = posts
    .slice(taken.get(who) ?? 0)
    .map(({ payload, method }) => String(payload.text ?? payload.caption ?? method));
  taken.set(who, posts.length);
  return fresh.filter((text) => !isFixedLine(text)).map((text) => text.replaceAll('\u00a0', ' '));
}
async function answerTo(who: Who, act: () => unknown): Promise<string> {
  heard(who);
  await act();
  await town.settle();
  const answers = heard(who);
  expect(answers, `${who} hears one answer`).toHaveLength(1);
  return answers[0] ?? '';
}
const isInTheirLanguage = (who: Who, text: string) =>
  who === 'mihai' || who === 'elena' || who === 'irina' ? !/[а-яіїє]/i.test(text) : /[а-яіїє]/i.test(text);
const kept = async (): Promise<KeptMessage[]> => town.world.store.messages.find({});
const partsKept = async () => (await kept()).flatMap(({ parts }) => parts);
const draftsOf = async (who: Who) =>
  JSON.stringify(
    (await town.world.store.conversations.find({}))
      .filter(({ personId, drafts, form }) => personId === undefined || drafts.length > 0 || form !== undefined)
      .map(({ drafts, form }) => [drafts, form]),
  ) + who;

/** Everybody begins each case at home, with no form open. */
async function atHome(): Promise<void> {
  for (const who of everybody) phoneOf(who).says('/menu');
  await town.settle();
  for (const who of everybody) heard(who);
  await town.forward(15);
  for (const who of everybody) heard(who);
}

describe('what nobody can read as words', () => {
  it.each(everybody)('%s: only emoji, a sticker, a dice, a poll: one kind answer each, nothing kept', async (who) => {
    await atHome();
    const before = (await kept()).length;
    const answers = [
      await answerTo(who, () => phoneOf(who).says('😀👍')),
      await answerTo(who, () => phoneOf(who).sendsSticker('🙏')),
      await answerTo(who, () => raw.sends(accounts[who], { dice: { emoji: '🎲', value: 3 } })),
      await answerTo(who, () =>
        raw.sends(accounts[who], { poll: { id: '1', question: '?', options: [], total_voter_count: 0 } }),
      ),
    ];
    for (const answer of answers) expect(isInTheirLanguage(who, answer), answer).toBe(true);
    expect(await kept()).toHaveLength(before);
  });

  it.each(everybody)('%s: words of signs that cannot be seen are called empty and not kept', async (who) => {
    await atHome();
    const before = (await kept()).length;
    for (const text of ['\u200b\u200b', '\u2800', '\u3164', '\u202e\u2066', '\u0000\u0007', '   ']) {
      const answer = await answerTo(who, () => raw.sends(accounts[who], { text }));
      expect(answer).toMatch(who === 'mihai' ? /Mesajul este gol/ : /Повідомлення порожнє/);
    }
    expect(await kept()).toHaveLength(before);
  });
});

describe('a very long text', () => {
  it.each(['oksana', 'stranger'] as const)('%s: each part of 5,000 signs is kept whole', async (who) => {
    await atHome();
    const text = Array.from({ length: 5000 }, (_, at) => (at % 10 === 9 ? ' ' : 'ш'))
      .join('')
      .trim();
    phoneOf(who).says(text);
    await town.settle();
    expect(heard(who).length).toBeLessThanOrEqual(2);
    const words = (await partsKept()).map((part) => part.words).join('');
    expect(words.replaceAll(' ', '')).toContain(text.replaceAll(' ', ''));
  });

  it('mihai: in the middle of a report both parts are one answer', async () => {
    await atHome();
    await town.says('mihai', '📝 Notă nouă');
    await untilWords('mihai');
    const text = 'a'.repeat(4096) + 'z'.repeat(904);
    phoneOf('mihai').says(text);
    await town.settle();
    expect(await draftsOf('mihai')).toContain('a'.repeat(4096));
    expect(await draftsOf('mihai')).toContain('z'.repeat(904));
  });
});

/** What the newest button with this text carries. */
const tokenOf = (who: Who, text: string): string =>
  phoneOf(who)
    .messages()
    .flatMap(({ keys }) => keys?.flat() ?? [])
    .findLast((key) => key.text.includes(text))?.data ?? '';

/** Goes on in a report by first choices until words are asked. */
async function untilWords(who: Who): Promise<void> {
  const person = await town.world.store.people.withAccount('telegram', String(accounts[who]));
  for (let step = 0; step < 6; step++) {
    const talk = (await town.world.store.conversations.find({})).find(({ personId }) => personId === person?.id);
    if (!talk?.form || (talk.form.shown ?? []).length === 0) return;
    const last = phoneOf(who)
      .messages()
      .findLast(({ keys }) => keys);
    phoneOf(who).taps(last?.id ?? 0, last?.keys?.[0]?.[0]?.data ?? '');
    await town.settle();
  }
}

describe('files, places, cards', () => {
  it.each(everybody)(
    '%s: an album of five pictures that was forwarded is answered once and kept whole',
    async (who) => {
      await atHome();
      const before = (await town.world.store.files.find({})).length;
      phoneOf(who).sendsPhoto(picture);
      await town.settle();
      const [photo] = await town.world.store.files.find({ kind: 'photo' }, { sort: { _id: -1 }, limit: 1 });
      const forward_origin = { type: 'hidden_user', date: 1, sender_user_name: 'Хтось' };
      await answerTo(who, async () => {
        for (let n = 0; n < 5; n++)
          await raw.sends(accounts[who], {
            media_group_id: `album-${who}`,
            forward_origin,
            photo: [{ file_id: photo?.ref, file_unique_id: `u${n}`, width: 90, height: 90 }],
          });
      });
      expect(await town.world.store.files.find({})).toHaveLength(before + 6);
    },
  );

  it.each(everybody)('%s: a voice without a word is kept', async (who) => {
    await atHome();
    const answer = await answerTo(who, () => phoneOf(who).sendsVoice(voice, 4));
    expect(isInTheirLanguage(who, answer), answer).toBe(true);
  });

  it.each(everybody)('%s: a document of 30 MB is refused with what to do, and its words are kept', async (who) => {
    await atHome();
    heard(who);
    phoneOf(who).sendsDocument({
      bytes: Buffer.from('%PDF-1.4'),
      fileName: 'act.pdf',
      declaredSize: 30 * 1024 * 1024,
      caption: 'Довідка про склад сімʼї',
    });
    await town.settle();
    const answers = heard(who);
    expect(answers.join('\n')).toMatch(/20 (МБ|MB)/);
    const everything = JSON.stringify(await partsKept()) + (await draftsOf(who));
    expect(everything).toContain('Довідка про склад');
  });

  it.each(everybody)('%s: a place is kept', async (who) => {
    await atHome();
    const answer = await answerTo(who, () => phoneOf(who).sendsLocation({ latitude: 46.18, longitude: 21.31 }));
    expect(isInTheirLanguage(who, answer), answer).toBe(true);
    expect(JSON.stringify(await partsKept()) + (await draftsOf(who))).toContain('46.18000, 21.31000');
  });

  it.each(everybody)('%s: the card of somebody else is kept with its name, the own one too', async (who) => {
    await atHome();
    const other = await answerTo(who, () =>
      phoneOf(who).sendsContact({ phone_number: '+40740111222', first_name: 'Doctor', last_name: 'Pop' }),
    );
    expect(isInTheirLanguage(who, other), other).toBe(true);
    const everything = JSON.stringify(await partsKept()) + (await draftsOf(who));
    expect(everything).toContain('Doctor Pop');
    expect(everything).toContain('+40740111222');
    const own = await answerTo(who, () => phoneOf(who).sendsContact());
    expect(isInTheirLanguage(who, own), own).toBe(true);
  });
});

describe('buttons that are not right', () => {
  it.each(everybody)(
    '%s: random data, no data, an altered token: nothing changes, the home is shown, the tap is answered',
    async (who) => {
      await atHome();
      const good = anyToken('oksana') ?? 'A'.repeat(48);
      for (const data of ['random', undefined, `${good.slice(0, -2)}AA`, '']) {
        heard(who);
        const id = await raw.taps(accounts[who], data);
        expect(heard(who)).toHaveLength(1);
        expect(await isTapAnswered(town, id)).toBe(true);
      }
    },
  );

  it('a token of another chat is forged for whoever else presses it', async () => {
    await atHome();
    await town.says('mihai', '📁 Cazurile mele');
    const token = anyToken('mihai') ?? '';
    const answer = await answerTo('oksana', async () =>
      expect(await isTapAnswered(town, await raw.taps(5001, token))).toBe(true),
    );
    expect(answer).not.toContain('Munteanu');
  });

  it('a button pressed twice, of a form that was left, of a former form: nothing happens twice, each tap is answered', async () => {
    await atHome();
    await town.says('elena', '💬 Scrieți-ne');
    const message = phoneOf('elena')
      .messages()
      .findLast(({ keys }) => keys?.flat().some(({ text }) => text.includes('Ies')));
    const leave = message?.keys?.flat().find(({ text }) => text.includes('Ies'))?.data ?? '';
    heard('elena');
    const first = await raw.taps(5003, leave);
    expect(heard('elena')).toHaveLength(1);
    const second = await raw.taps(5003, leave);
    for (const id of [first, second]) expect(await isTapAnswered(town, id)).toBe(true);
    await town.says('elena', '💬 Scrieți-ne');
    heard('elena');
    const former = await raw.taps(5003, leave);
    expect(await isTapAnswered(town, former)).toBe(true);
    await town.says('elena', 'Aș vrea un program mai devreme.');
    expect((await partsKept()).map(({ words }) => words)).toContain('Aș vrea un program mai devreme.');
  });

  const anyToken = (who: Who) =>
    phoneOf(who)
      .messages()
      .findLast(({ keys }) => keys?.flat().some(({ data }) => data))
      ?.keys?.flat()
      .find(({ data }) => data)?.data;
});

describe('in a group', () => {
  const group = -4001;
  it('addressed: one neutral line in the group; not addressed: nothing; a tap is answered', async () => {
    const { telegram } = town.city.standIns();
    telegram.addGroup({ id: group, title: 'Сусіди', members: [5001, 5004, stranger] });
    for (const who of everybody) {
      heard(who);
      const before = telegram.group(group).texts().length;
      phoneOf(who).inGroup(group).says('/menu@punte_mistok_bot');
      await town.settle();
      const said = telegram
        .group(group)
        .texts()
        .slice(before + 1);
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(who === 'mihai' ? /În grupuri/ : /У групах/);
      await raw.comes({
        message: {
          ...raw.messageOf(accounts[who], { text: 'сусіди, хто вдома?' }),
          chat: { id: group, type: 'group', title: 'Сусіди' },
        },
      });
      expect(telegram.group(group).texts()).toHaveLength(before + 2);
      expect(heard(who)).toEqual([]);
    }
    const id = await raw.taps(5001, 'anything', {
      message: { ...raw.messageOf(5001, { text: 'x' }), chat: { id: group, type: 'group', title: 'Сусіди' } },
    });
    expect(await isTapAnswered(town, id)).toBe(true);
    expect(telegram.group(group).texts().at(-1)).toMatch(/У групах/);
    expect(heard('oksana')).toEqual([]);
  });

  it('a group that put the bot out does not cost its people their chat', async () => {
    const { telegram } = town.city.standIns();
    phoneOf('oksana').inGroup(group).says('/menu@punte_mistok_bot');
    telegram.group(group).removesBot(5001);
    await town.settle();
    const oksana = await town.world.store.people.withAccount('telegram', '5001');
    expect(oksana?.accounts[0]?.isDead).toBe(false);
  });
});

describe('who is no person, and what nobody knows', () => {
  it('a bot as sender, an unknown kind of update, a content nobody knows: a silent record', async () => {
    const before = (await town.world.store.mailbox.find({})).length;
    await raw.comes({
      message: { ...raw.messageOf(9009, { text: 'hello' }), from: raw.fromOf(9009, { is_bot: true }) },
    });
    await raw.comes({ telepathy: { from: { id: 5001 }, thought: '…' } });
    await raw.comes({});
    await raw.comes({ message: null, edited_message: 7, callback_query: 'x' });
    await raw.comes({ message: { message_id: 'x', chat: {}, from: { id: 'y' } } });
    await raw.sends(5001, { pinned_message: {} });
    expect(await town.world.store.mailbox.find({})).toHaveLength(before + 6);
    expect(heard('oksana')).toEqual([]);
  });
});

describe('edited messages', () => {
  it('words that wait are replaced and the former kept', async () => {
    await atHome();
    const id = phoneOf('serhii').says('Хочу дізнатися про курси румунської для дорослих у моєму районі');
    await town.settle();
    heard('serhii');
    phoneOf('serhii').edits(id, 'Хочу дізнатися про курси румунської для моєї мами');
    await town.settle();
    expect(heard('serhii')).toEqual([expect.stringContaining('Виправлення збережено')]);
    const part = (await partsKept()).find(({ words }) => words.includes('для моєї мами'));
    expect(part?.former.map(({ words }) => words)).toEqual([expect.stringContaining('для дорослих')]);
  });

  it('words that were answered stay, the correction is added', async () => {
    const message = (await kept()).find(({ parts }) => parts.some(({ words }) => words.includes('для моєї мами')));
    await town.world.store.messages.save({ ...(message as KeptMessage), state: 'answered' });
    const id =
      phoneOf('serhii')
        .messages()
        .find(({ text, from }) => from === 'person' && text.includes('для моєї мами'))?.id ?? 0;
    const answer = await answerTo('serhii', () => phoneOf('serhii').edits(id, 'І ще для тата'));
    expect(answer).not.toContain('Виправлення збережено');
    const after = await town.world.store.messages.must((message as KeptMessage).id);
    expect(after.parts.map(({ words }) => words)).toEqual([expect.stringContaining('для моєї мами'), 'І ще для тата']);
    expect(after.state).toBe('waiting');
  });

  it('in the middle of a form the answer itself is corrected', async () => {
    await atHome();
    await town.says('irina', '📝 Notă nouă');
    await untilWords('irina');
    const id = phoneOf('irina').says('Nu are mancare in cas');
    await town.settle();
    expect(await draftsOf('irina')).toContain('Nu are mancare in cas');
    const answer = await answerTo('irina', () => phoneOf('irina').edits(id, 'Nu are mâncare în casă'));
    expect(answer).toMatch(/^Am modificat\./);
    const drafts = await draftsOf('irina');
    expect(drafts).toContain('Nu are mâncare în casă');
    expect(drafts).not.toContain('Nu are mancare in cas');
  });
});

describe('words where a number is asked', () => {
  it('reach a human, and the question stands again below', async () => {
    await atHome();
    await town.says('elena', '🆘 Am nevoie de ajutor');
    await town.taps('elena', 'Sunați-mă');
    const answer = await answerTo('elena', () => phoneOf('elena').says('Veniți mai repede, el este iar aici'));
    expect(answer).toMatch(/^Se pare că lipsesc cifre[\s\S]*Mesajul nu s-a pierdut/);
    expect((await partsKept()).map(({ words }) => words)).toContain('Veniți mai repede, el este iar aici');
  });
});

describe('marks in people’s words', () => {
  it('HTML, Markdown, mrkdwn, $t(...) and {{name}} reach staff in both chats as the plain text they are', async () => {
    await atHome();
    const hostile =
      '<b>мітка</b> <script>x</script> *зірка* _риска_ `код` [ім’я](http://a.b) <@U0IOANA> <!channel> & $t(errors:group) {{name}} \u202eтекст';
    await town.says('oksana', '💬 Написати нам');
    heard('oksana');
    await town.says('oksana', hostile);
    town.unexpected();
    const home = town.desk('ioana');
    home.opensHome();
    await town.settle();
    await town.taps('ioana', 'Citesc').catch(async () => town.taps('ioana', 'Deschid'));
    const shown = JSON.stringify(home.state().modals.at(-1)?.view ?? {});
    expect(shown).toContain('$t(errors:group)');
    expect(shown).toContain('{{name}}');
    expect(shown).toContain('<b>мітка</b>');
    expect(shown).not.toContain('\u202e');
    expect(shown).not.toMatch(/"type":"mrkdwn","text":"[^"]*<!channel>/);
    await home.closesModal(home.state().modals.at(-1)?.viewId ?? '', { all: true });
    heard('oksana');
    await town.taps('ioana', 'Răspund');
    const { viewId = '' } = home.state().modals.at(-1) ?? {};
    home.fills(viewId, { answer: hostile });
    await home.submits(viewId);
    await town.settle();
    expect(heard('oksana').join('\n')).toContain(hostile.replace('\u202e', ''));
    const posts = town.city.standIns().telegram.calls.posts();
    expect(posts.filter(({ payload }) => payload.parse_mode !== undefined)).toEqual([]);
  });
});

describe('many at once', () => {
  it('100 messages in 12 seconds: nobody is lost, nothing is parked', async () => {
    await atHome();
    const before = (await partsKept()).length;
    for (let n = 0; n < 100; n++) phoneOf('oksana').says(`Питання про довідку номер ${n} для соціальної служби`);
    await town.settle();
    await town.forward(10);
    expect((await partsKept()).length).toBe(before + 100);
    expect(await failed(town)).toEqual([]);
  }, 120_000);
});

describe('old buttons', () => {
  it('a button older than it is valid shows the state and does nothing [F24]', async () => {
    await atHome();
    const { seal, clock } = town.world;
    const shownUntil = new Date(clock.wall().getTime() - 2 * 3_600_000);
    const token = signButton({ action: 'stop.yes', epoch: 1 }, 'telegram:5003', shownUntil, seal);
    const answer = await answerTo('elena', async () =>
      expect(await isTapAnswered(town, await raw.taps(5003, token))).toBe(true),
    );
    expect(answer).toContain('Cu ce vă ajutăm?');
    expect((await town.world.store.people.withAccount('telegram', '5003'))?.hasStopped).toBe(false);
  });

  it('after the access was cut a button of before does nothing', async () => {
    await town.says('elena', '☰ Mai multe');
    const token = tokenOf('elena', 'Nu îmi mai scrieți');
    expect(token).not.toBe('');
    const elena = await town.world.store.people.withAccount('telegram', '5003');
    if (!elena) throw new Error('elena is on file');
    await town.world.store.people.save({ ...elena, epoch: elena.epoch + 1 });
    const answer = await answerTo('elena', async () =>
      expect(await isTapAnswered(town, await raw.taps(5003, token))).toBe(true),
    );
    expect(answer).toContain('Cu ce vă ajutăm?');
  }, 60_000);
});
