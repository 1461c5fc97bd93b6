import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTelegramStandIn, type TelegramStandIn } from '../rehearsal/telegram/stand-in.ts';
import { testPlace } from '../test/place.ts';

let telegram: TelegramStandIn;
beforeAll(async () => {
  telegram = await startTelegramStandIn({
    token: `700100201:${'a'.repeat(30)}`,
    botName: 'Місток',
    clock: { now: () => Date.now() },
  });
  telegram.addUser({ id: 9001, firstName: 'Ганна', languageCode: 'uk' });
});
afterAll(() => telegram.close());

it('a worker killed between commit and wake-up loses nothing and doubles nothing', async () => {
  const first = start('kill-after-commit');
  telegram.user(9001).start();
  await once(first, 'exit');
  expect(first.signalCode).toBe('SIGKILL');
  expect(telegram.calls.posts()).toHaveLength(0);

  const second = start();
  await expect.poll(() => telegram.calls.posts().length, { timeout: 10_000 }).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(telegram.calls.posts()).toHaveLength(1);
  expect(String(telegram.calls.posts()[0]?.payload.text)).toContain('112');
  second.kill('SIGKILL');
  await once(second, 'exit');
}, 30_000);

function start(...how: string[]): ChildProcess {
  const env = {
    ...process.env,
    ...testPlace().env,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
  };
  return spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), ...how], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
