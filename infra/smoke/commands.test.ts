import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { failed, isFixedLine } from '../test/raw.ts';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  const { telegram } = town.city.standIns();
  telegram.addUser({ id: 7001, firstName: 'Ганна', languageCode: 'uk' });
  telegram.addUser({ id: 7002, firstName: 'Maria', languageCode: 'ro' });
  telegram.addUser({ id: 7003, firstName: 'Ann', languageCode: 'en' });
});
afterAll(() => town.stop());
afterEach(async () => expect(await failed(town)).toEqual([]));

const accounts = { oksana: 5001, elena: 5003, mihai: 5004, ganna: 7001, maria: 7002, ann: 7003 } as const;
type Who = keyof typeof accounts;
const everybody = Object.keys(accounts) as Who[];

/** What one word is answered with: exactly one message. */
async function answerTo(who: Who, text: string): Promise<{ text: string; keys: string[] }> {
  const { telegram } = town.city.standIns();
  const posts = () =>
    telegram.calls
      .posts()
      .filter(({ chatId, payload }) => chatId === accounts[who] && !isFixedLine(String(payload.text)));
  const before = posts().length;
  telegram.user(accounts[who]).says(text);
  await town.settle();
  expect(posts().length - before, `${who} says ${text}`).toBe(1);
  const last = telegram
    .user(accounts[who])
    .messages()
    .findLast((message) => !isFixedLine(message.text));
  return {
    text: (last?.text ?? '').replaceAll('\u00a0', ' '),
    keys: (last?.keys ?? []).flat().map((key) => key.text),
  };
}

const home: Record<Who, RegExp> = {
  oksana: /Чим допомогти\?/,
  elena: /Cu ce vă ajutăm\?/,
  mihai: /Astăzi/,
  ganna: /дзвоніть 112/,
  maria: /sunați la 112/,
  ann: /call 112/,
};
const chooseLanguage = /Оберіть мову|Alegeți limba|Choose a language/;
const notUnderstood = /Програма Вас не зрозуміла|Nu am înțeles bine|did not understand/;

describe.each(everybody)('%s', (who) => {
  it.each(['/start', '/menu', '/MENU', '/start@punte_mistok_bot', '/menu@punte_mistok_bot'])(
    '%s opens the home',
    async (command) => {
      expect((await answerTo(who, command)).text).toMatch(home[who]);
    },
  );

  it.each(['/help', '/help@punte_mistok_bot', '/help please'])('%s says 112 first', async (command) => {
    expect((await answerTo(who, command)).text.split('\n')[0]).toContain('112');
  });

  it.each(['/language', '/language@punte_mistok_bot'])(
    '%s offers the languages by their own names',
    async (command) => {
      const { text, keys } = await answerTo(who, command);
      expect(text).toMatch(chooseLanguage);
      expect(keys).toEqual(expect.arrayContaining(['Українська', 'Română', 'English']));
    },
  );

  it.each(['/stop', '/stop@punte_mistok_bot'])('%s asks before it stops', async (command) => {
    expect((await answerTo(who, command)).keys.length).toBeGreaterThan(1);
  });

  it.each(['/foo', '/foo@punte_mistok_bot'])(
    '%s is answered kindly with the home, and bothers nobody',
    async (command) => {
      const before = await town.world.store.messages.count({});
      const { text } = await answerTo(who, command);
      expect(text).toMatch(notUnderstood);
      expect(text).toMatch(home[who]);
      expect(await town.world.store.messages.count({})).toBe(before);
    },
  );
});

it('"call me" of a technician’s help is no dead end', async () => {
  await answerTo('mihai', '/help');
  const before = await town.world.store.alerts.count({});
  await town.taps('mihai', 'Sunați-mă');
  expect(town.sees('mihai').at(-1)).toBeTruthy();
  expect(await town.world.store.alerts.count({})).toBeGreaterThan(before);
});

it('keys of the home keyboard work in every language', async () => {
  for (const text of ['📅 Programările mele', '📅 Мої зустрічі', '📅 My appointments'])
    expect((await answerTo('oksana', text)).text).toContain('24 листопада');
  for (const text of ['🆘 Am nevoie de ajutor', '🆘 Потрібна допомога', '🆘 I need help'])
    expect((await answerTo('elena', text)).text).toMatch(/112/);
});

it('an unknown command in the middle of a form asks the question again; the answer still finds it', async () => {
  await answerTo('oksana', '💬 Написати нам');
  expect((await answerTo('oksana', '/foo')).text).toMatch(notUnderstood);
  await answerTo('oksana', 'Хочу знати, чи є місця на курсі румунської.');
  const messages = await town.world.store.messages.find({});
  expect(messages.flatMap(({ parts }) => parts).map(({ words }) => words)).toContain(
    'Хочу знати, чи є місця на курсі румунської.',
  );
});
