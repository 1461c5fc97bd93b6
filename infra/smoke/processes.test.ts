import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothChats, openBothChats } from '../test/both-chats.ts';
import { testPlace } from '../test/place.ts';
import { type Program, startProgram } from '../test/programs.ts';

const people = {
  oksana: { name: 'Оксана Кравченко', phone: 7003, language: 'uk' },
  ioana: { name: 'Ioana Marin', desk: 'U0IOANA' },
} as const;

let chats: BothChats<keyof typeof people>;
let env: Record<string, string>;
const running: Program[] = [];
beforeAll(async () => {
  chats = await openBothChats(people, { now: () => Date.now() });
  env = { ...testPlace().env, ...chats.env, WAKE: process.env.WAKE ?? 'none' };
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.kill('SIGKILL')));
  await chats.close();
});

describe('each part a process of its own', () => {
  it('answers in both chats, goes on when one worker of two is killed, and says nothing twice', async () => {
    const [telegram, slack, first] = await Promise.all([
      start('bots/telegram/main.ts'),
      start('bots/slack/main.ts'),
      start('jobs/main.ts'),
    ]);
    chats.phone('oksana').start();
    await hears('oksana', '112');
    const second = await start('jobs/main.ts');
    await comesToSlack();
    await ready(second);

    await first.kill('SIGKILL');
    await chats.taps('oksana', 'Українська');
    chats.desk('ioana').command('/garda');
    await hears('oksana', 'З чого почнемо?', leaseMs);
    await expect.poll(() => chats.window('ioana'), { timeout: 5000 }).toContain('Acum nu este nimeni de gardă.');
    chats.phone('oksana').sendsPhoto(Buffer.from('ÿØÿà'), 'Ось довідка');
    await expect.poll(() => chats.telegram.calls.of('getFile').length, { timeout: 5000 }).toBe(1);

    for (const part of [telegram, slack, second]) expect(await part.kill('SIGTERM')).toBe(0);
    expect(twice(chats.posted('oksana'))).toEqual([]);
    expect(twice(chats.posted('ioana'))).toEqual([]);
  }, 60_000);
});

describe('all in one process', () => {
  it('serves while Slack is away, serves Slack when it is back, and stops on a signal', async () => {
    await chats.slack.faults.down();
    const office = await start('infra/main.ts');
    const before = chats.posted('oksana').length;
    chats.phone('oksana').says('/menu');
    await expect.poll(() => chats.posted('oksana').length, { timeout: 15_000 }).toBeGreaterThan(before);
    await chats.slack.faults.up();
    await expect.poll(() => chats.slack.sockets(), { timeout: 15_000 }).toBe(2);
    chats.heard('ioana');
    chats.says('ioana', '/menu');
    await expect.poll(() => chats.heard('ioana').length, { timeout: 5000 }).toBeGreaterThan(0);
    expect(await office.kill('SIGTERM')).toBe(0);
  }, 60_000);

  it('says in a sentence what an operator has to mend, and ends', async () => {
    const wrong: [Record<string, string>, RegExp][] = [
      [{ TELEGRAM_BOT_TOKEN: `700100200:${'x'.repeat(40)}` }, /Telegram does not know TELEGRAM_BOT_TOKEN/],
      [{ SLACK_BOT_TOKEN: 'xoxb-wrong' }, /Slack does not accept SLACK_BOT_TOKEN \(invalid_auth\)/],
      [{ ENCRYPTION_KEY: '' }, /MONGODB_URI needs ENCRYPTION_KEY/],
      [{ HEALTH_PORT: new URL(chats.telegram.url).port }, /Port \d+ is taken by another program/],
      [{ MONGODB_URI: 'mongodb://127.0.0.1:9/punte' }, /The database of MONGODB_URI cannot be reached/],
    ];
    for (const [change, sentence] of wrong) {
      const office = await start('infra/main.ts', change);
      expect(await office.ended()).toBe(1);
      expect(office.said()).toMatch(sentence);
      expect(office.said()).not.toMatch(/^ +at /m);
    }
  }, 60_000);
});

/** Longest wait until another worker has the lease of one that was killed (`infra/start-house.ts`), and a moment more. */
const leaseMs = 18_000;

async function start(file: string, change: Record<string, string> = {}): Promise<Program> {
  const program = await startProgram(file, { ...env, ...change });
  running.push(program);
  return program;
}

const hears = (id: keyof typeof people, words: string, timeout = 15_000) =>
  expect.poll(() => chats.heard(id).join('\n'), { timeout }).toContain(words);

/** A coordinator with a code of the command line, sent as a message. */
async function comesToSlack(): Promise<void> {
  const cli = await startProgram('infra/cli/invite.ts', env, '--role', 'coordinator', '--name', 'Ioana Marin');
  await cli.ended();
  chats.says('ioana', /\?start=(\w{10})/.exec(cli.said())?.[1] ?? '');
  await hears('ioana', 'Rolul dumneavoastră: coordonator');
}

/** Until a worker's health page answers, whatever it says. */
const ready = (program: Program) =>
  expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${program.healthPort}/health`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 15_000 },
    )
    .toBe(200);

const twice = (texts: string[]): string[] => texts.filter((text, place) => texts.indexOf(text) !== place);
