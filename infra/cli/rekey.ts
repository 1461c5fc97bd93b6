import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { whoAmI } from '#bots/slack/app.ts';
import { telegramLooks } from '#bots/telegram/looks.ts';
import { execute, inStep } from '#core/execute.ts';
import { voidButtons } from '#core/office/void-buttons.ts';
import { system } from '#core/people/actor.ts';
import { readConfig } from '../config.ts';
import { watchedFetch } from '../http.ts';
import { sentenceOf } from '../start-process.ts';
import { onOffice, Unusable } from './office-command.ts';

const usage =
  'npm run rekey -- --telegram | --slack | --buttons\nWhat each does: SECURITY.md, "When a token has leaked".';

let lines: AsyncIterator<string> | undefined;

/** The one command for a leaked token or secret: checks the new one, puts it where the running processes take it from within seconds. */
try {
  await rekey();
} catch (error) {
  const sentence = error instanceof Unusable ? error.message : sentenceOf(error);
  const name = error instanceof Error ? error.name : 'unknown';
  console.error(`\n${sentence ?? `It could not be done (${name}).`}\n`);
  process.exitCode = 1;
}

async function rekey(): Promise<void> {
  const { values } = parseArgs({
    options: { telegram: { type: 'boolean' }, slack: { type: 'boolean' }, buttons: { type: 'boolean' } },
    strict: true,
  });
  if (values.telegram) await telegram();
  if (values.slack) await slack();
  if (values.buttons) await buttons();
  if (!values.telegram && !values.slack && !values.buttons) console.log(usage);
}

async function telegram(): Promise<void> {
  const { telegram: now } = readConfig();
  if (!now) throw new Unusable('No Telegram bot is configured.');
  const file = fileOf('TELEGRAM_BOT_TOKEN');
  const token = await ask(
    'In Telegram, open @BotFather, /revoke, choose the bot. The old token is dead from then on.\nThe new token: ',
  );
  const me = await looksAt(token, now.apiRoot).whoAmI();
  if (me.botId !== now.token.split(':')[0]) throw new Unusable('This token is of another bot. Nothing was changed.');
  put(file, token);
  if (now.webhook) rotate('TELEGRAM_WEBHOOK_SECRET', randomBytes(32).toString('base64url'));
  console.log('The running processes take it within seconds; what is queued goes out by it.');
  const isOldAlive = await looksAt(now.token, now.apiRoot)
    .whoAmI()
    .then(
      () => now.token !== token,
      () => false,
    );
  if (isOldAlive) console.log('  !  The old token still works: revoke it in @BotFather now.');
}

function looksAt(token: string, apiRoot: string) {
  return telegramLooks({ token, apiRoot, watch: watchedFetch() });
}

async function slack(): Promise<void> {
  const { slack: now } = readConfig();
  if (!now) throw new Unusable('No Slack app is configured.');
  const botFile = fileOf('SLACK_BOT_TOKEN');
  const botToken = await ask(
    'api.slack.com/apps, "OAuth & Permissions": revoke all tokens, install the app again.\nThe new bot token (xoxb-): ',
  );
  await whoAmI({ token: botToken, apiUrl: now.apiUrl, watch: watchedFetch() });
  if (now.way.kind === 'socket') {
    const file = fileOf('SLACK_APP_TOKEN');
    put(
      file,
      await ask(
        '"Basic Information", "App-Level Tokens": revoke the old one, generate another.\nThe new app token (xapp-): ',
      ),
    );
  } else
    rotate(
      'SLACK_SIGNING_SECRET',
      await ask('"Basic Information", "App Credentials": regenerate.\nThe new signing secret: '),
    );
  put(botFile, botToken);
  console.log('The running processes take them within seconds; what is queued goes out by them.');
}

/** Every button in every chat is void; each press then shows how things stand. */
function buttons(): Promise<void> {
  return onOffice('rekey', async ({ world }) => {
    await inStep(world, `void-buttons:${world.newId<string>()}`, (step) =>
      execute(step, voidButtons, { actor: system, input: {} }),
    );
    console.log('All buttons are void. People who press an old one are shown how things stand now.');
  });
}

/** The old secret stays good beside the new one until its file is emptied. */
function rotate(name: string, secret: string): void {
  const [file, oldFile] = [fileOf(name), fileOf(`${name}_OLD`)];
  put(oldFile, readFileSync(file, 'utf8').trim());
  put(file, secret);
  console.log(`Once the chat uses the new secret (minutes): empty ${name}_OLD_FILE.`);
}

function fileOf(name: string): string {
  const file = readConfig().secretFiles[name];
  if (file) return file;
  throw new Unusable(
    `${name} stands in the environment, which a running process cannot read again. Change it there and start again: nothing is lost,\nboth chats bring what came meanwhile. To do it without a restart next time, put it into a file and set ${name}_FILE.`,
  );
}

/** Never half a secret: written beside, then put in place. */
function put(file: string, secret: string): void {
  writeFileSync(`${file}.new`, `${secret}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

async function ask(question: string): Promise<string> {
  lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  process.stdout.write(question);
  const { value = '' } = await lines.next();
  const answer = String(value).trim();
  if (!answer) throw new Unusable('Nothing was given, nothing was changed.');
  return answer;
}
