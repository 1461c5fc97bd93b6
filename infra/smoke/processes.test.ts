import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothChats, openBothChats } from '../test/both-chats.ts';
import { testPlace } from '../test/place.ts';
import { type Program, startProgram } from '../test/programs.ts';

const people = {
  vera: { name: 'Vera Pop', phone: 7001 },
  oksana: { name: 'Оксана Кравченко', phone: 7003, language: 'uk' },
  ioana: { name: 'Ioana Marin', desk: 'U0IOANA' },
} as const;
type Name = keyof typeof people;

let chats: BothChats<Name>;
let env: Record<string, string>;
const running: Program[] = [];
beforeAll(async () => {
  chats = await openBothChats(people, { now: () => Date.now() });
  env = { ...testPlace().env, ...chats.env, WAKE: process.env.WAKE ?? 'none' };
});
afterAll(async () => {
  for (const one of running) if (one.child.exitCode === null && one.child.signalCode === null) await one.kill('SIGKILL');
  await chats.close();
});

describe('each part a process of its own', () => {
  const start = performance.now();
  it('y', async () => {
    const parts = await Promise.all(['bots/telegram/main.ts', 'bots/slack/main.ts', 'jobs/main.ts', 'jobs/main.ts'].map((file) => startProgram(file, env)));
    running.push(...parts);
    chats.phone('oksana').start();
    await expect.poll(() => chats.heard('oksana').join(), { timeout: 15_000 }).toContain('112');
    console.log(performance.now() - start, parts.map((one) => one.said()));
    const code = codeIn(await invite('--role', 'coordinator'));
    chats.desk('ioana').opensHome();
    await expect.poll(() => chats.home('ioana'), { timeout: 5000 }).toContain('Scriu codul');
    chats.says('ioana', code);
    await expect.poll(() => chats.heard('ioana').join(), { timeout: 5000 }).toContain('Rolul dumneavoastră: coordonator');
    console.log(performance.now() - start, parts.map((one) => one.said()));
    for (const one of parts) console.log(await one.kill('SIGTERM'), performance.now() - start);
  }, 60_000);
});

async function invite(...args: string[]): Promise<string> {
  const cli = await startProgram('infra/cli/invite.ts', env, ...args);
  await cli.ended();
  return cli.said();
}
const codeIn = (said: string): string => /\?start=([2-9A-HJKMNP-Z]{10})/.exec(said)?.[1] ?? '';
