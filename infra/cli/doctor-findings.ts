import { firstGap, type Span } from '#core/duty/duty.ts';
import type { Channel } from '#core/roles.ts';

/** One line of the doctor: what was looked at, how it is, what that means and what to do. Counts and codes only, never a name. */
export type Finding = { is: 'ok' | 'look' | 'wrong'; about: string; means: string; todo?: string };

export const ok = (about: string, means: string): Finding => ({ is: 'ok', about, means });
export const look = (about: string, means: string, todo: string): Finding => ({ is: 'look', about, means, todo });
export const wrong = (about: string, means: string, todo: string): Finding => ({ is: 'wrong', about, means, todo });

/** `wrong  Redis: does not answer. Start it, …` */
export const lineOf = ({ is, about, means, todo }: Finding): string =>
  `${is.padEnd(6)} ${about}: ${means}.${todo ? ` ${todo}.` : ''}`;

/** Only what is wrong fails the command; what should be looked at does not. */
export const exitCodeOf = (findings: readonly Finding[]): number => (findings.some(({ is }) => is === 'wrong') ? 1 : 0);

const mostClockMs = 2000;

/** A host clock more than two seconds off the database's: timers would fire at the wrong time (`delivery.md` 6). */
export function judgeClock(aheadMs: number): Finding {
  const seconds = (Math.abs(aheadMs) / 1000).toFixed(1);
  if (Math.abs(aheadMs) <= mostClockMs) return ok('clock', `${seconds} s off the database`);
  return wrong(
    'clock',
    `this computer is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the database`,
    'Switch on time synchronisation (NTP) on both',
  );
}

const [shortestStepSeconds, longestHoldSeconds] = [8, 15];

/**
 * After how many seconds MongoDB ends an open transaction. A process that is killed in the middle of a step leaves one, and what it wrote there is
 * refused to everybody until then; a step of ours may take eight seconds.
 */
export function judgeOpenTransactions(seconds: number | undefined): Finding {
  const about = 'MongoDB, open transactions';
  const todo =
    'Start it with --setParameter transactionLifetimeLimitSeconds=10; while it runs: db.adminCommand({ setParameter: 1, transactionLifetimeLimitSeconds: 10 })';
  if (seconds === undefined)
    return look(
      about,
      'it does not say after how long it ends one; usual is 60 s, for which a killed process holds up who writes the same rows',
      'Ask its provider for transactionLifetimeLimitSeconds=10',
    );
  if (seconds > longestHoldSeconds)
    return look(
      about,
      `ended after ${seconds} s: for so long a process that is killed in the middle of a step holds up who writes the same rows, an alert too`,
      todo,
    );
  if (seconds < shortestStepSeconds)
    return look(about, `ended after ${seconds} s: on a busy machine steps that still go on are cut off`, todo);
  return ok(about, `ended after ${seconds} s`);
}

const lateSeconds = 60;

/** The oldest thing that is due and still waits. Late is wrong only while somebody should be working on it. */
export function judgeOldest(about: string, dueAt: Date | undefined, now: Date, isRunning: boolean): Finding {
  const seconds = dueAt ? Math.round((now.getTime() - dueAt.getTime()) / 1000) : 0;
  if (seconds <= lateSeconds)
    return ok(about, dueAt ? `the oldest has waited ${Math.max(0, seconds)} s` : 'nothing waits');
  const means = `the oldest is ${seconds} s late`;
  return isRunning
    ? wrong(about, means, 'Look into the log of the process that does this work')
    : look(about, means, 'Nothing runs now; "npm start" does it');
}

const oldBackupHours = 24;

/** When the last backup was made. A city needs none. */
export function judgeBackup(madeAt: Date | undefined, now: Date, isLive: boolean): Finding {
  const about = 'backup';
  const todo = 'npm run backup, best by a timer of the system each hour, and keep both files elsewhere';
  if (!isLive)
    return ok(about, madeAt ? `the last is of ${madeAt.toISOString()}` : 'none was made, and nothing real is here');
  if (!madeAt) return look(about, 'none was ever made', todo);
  const hours = Math.floor((now.getTime() - madeAt.getTime()) / 3_600_000);
  return hours < oldBackupHours ? ok(about, `${hours} hours old`) : look(about, `the last is ${hours} hours old`, todo);
}

const oldAnchorMinutes = 30;

/** When the heads of the journal were last written outside the database; each 15 minutes while somebody works. */
export function judgeAnchor(about: string, at: Date | undefined, now: Date, isRunning: boolean): Finding {
  const todo = 'Look into the log of the process that does timers, and whether the folder of ANCHOR_DIR can be written';
  if (!at) return look(about, 'no head of the journal lies outside the database yet', todo);
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes <= oldAnchorMinutes || !isRunning) return ok(about, `the last is ${minutes} minutes old`);
  return wrong(about, `the last is ${minutes} minutes old`, todo);
}

/** What Telegram says of the webhook, and how this configuration wants to receive. */
export function judgeWebhook(
  there: { url: string; pending: number; hasError: boolean },
  wanted: string | undefined,
): Finding {
  const about = 'Telegram, receiving';
  const waiting = `${there.pending} updates wait`;
  if (!wanted && there.url)
    return look(
      about,
      `a webhook is set while this office polls; ${waiting}`,
      'The next start takes it away; if another program set it, end that one',
    );
  if (!wanted) return ok(about, `long polling; ${waiting}`);
  if (there.url !== wanted)
    return wrong(
      about,
      there.url ? 'the webhook points elsewhere' : 'no webhook is set',
      'Start the program, it sets TELEGRAM_WEBHOOK_URL; if it changes again, the token is used elsewhere: take a new one',
    );
  return there.hasError
    ? look(
        about,
        `webhook, and Telegram could not deliver lately; ${waiting}`,
        'Check that the address can be reached from outside',
      )
    : ok(about, `webhook; ${waiting}`);
}

/** Permissions of the app that it needs and does not have. */
export function judgeScopes(wanted: readonly string[], has: readonly string[]): Finding {
  const missing = wanted.filter((scope) => !has.includes(scope));
  if (missing.length === 0) return ok('Slack, permissions', `all ${wanted.length} are there`);
  return wrong(
    'Slack, permissions',
    `missing: ${missing.join(', ')}`,
    'Bring the app up to bots/slack/manifest.json and install it again',
  );
}

/** Two people, and both chats among theirs where both bots run (`delivery.md` 5). */
export function judgeLastResort(
  people: readonly { channels: readonly Channel[] }[],
  bots: readonly Channel[],
): Finding {
  const about = 'last resort';
  const todo = 'Name two people whom either chat reaches: administrator, Duty';
  const reached = people.filter(({ channels }) => channels.some((channel) => bots.includes(channel)));
  if (reached.length < 2)
    return wrong(
      about,
      `${reached.length} of 2 people can be reached; until then every alert nobody takes rings all staff`,
      todo,
    );
  const missing = bots.filter((bot) => !reached.some(({ channels }) => channels.includes(bot)));
  return missing.length > 0
    ? wrong(about, `nobody of them is reached by ${missing.join(', ')}`, todo)
    : ok(about, `${reached.length} people, by ${bots.join(' and ')}`);
}

/** Hours of `whole` in which nobody is on duty. */
export function judgeDuty(slots: Span[], whole: Span): Finding {
  const hours = gaps(slots, whole).reduce((sum, { from, to }) => sum + (to.getTime() - from.getTime()) / 3_600_000, 0);
  if (hours === 0) return ok('duty roster', 'somebody is on duty in all of the next 7 days');
  return look(
    'duty roster',
    `nobody for ${Math.ceil(hours)} of the next 168 hours`,
    'Fill the roster; an alert then goes straight to the next ring',
  );
}

function gaps(slots: Span[], whole: Span): Span[] {
  const gap = whole.from < whole.to ? firstGap(slots, whole) : undefined;
  return gap ? [gap, ...gaps(slots, { from: gap.to, to: whole.to })] : [];
}

const oldestProbeMinutes = 20;

/** The synthetic alert of a bot: without a chat of its own nothing is proven, and it is said so (`delivery.md` 5). */
export function judgeProbe(bot: Channel, hasChat: boolean, backAt: Date | undefined, now: Date): Finding {
  const about = `synthetic alert, ${bot}`;
  const setting = bot === 'telegram' ? 'WATCH_TELEGRAM_CHAT' : 'WATCH_SLACK_CHANNEL';
  if (!hasChat) return look(about, 'is not sent, so nobody knows that an alert would arrive', `Set ${setting}`);
  const minutes = backAt ? Math.round((now.getTime() - backAt.getTime()) / 60_000) : undefined;
  if (minutes === undefined)
    return look(about, 'has not come back yet', 'Wait a quarter of an hour while the program runs');
  return minutes <= oldestProbeMinutes
    ? ok(about, `came back ${minutes} minutes ago`)
    : wrong(
        about,
        `came back ${minutes} minutes ago`,
        `Is the bot in the chat of ${setting}, and does the program run`,
      );
}

/** Something of which there should be none. */
export const judgeCount = (
  about: string,
  count: number,
  means: string,
  todo: string,
  is: 'look' | 'wrong' = 'look',
): Finding => (count === 0 ? ok(about, 'none') : { is, about, means: `${count} ${means}`, todo });
