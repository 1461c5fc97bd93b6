import type { Verdict } from '../rig/judge.ts';
import { figures } from '../scenarios/rings.ts';

/** What a soak has counted so far. */
export type Tally = {
  scenarios: number;
  items: number;
  kills: number;
  sent: number;
  unknown: number;
  marked: number;
  cutReplies: number;
  stepDowns: number;
  timers: number;
  timersWorstMs: number;
  redisAway: number;
  redisBackWorstMs: number;
  seeds: number;
  posts: number;
  quiet: number[];
  troubled: number[];
  /** Floods of 300 words in 12 s, and what their dangers waited. */
  floods: number;
  flooded: number[];
  lateness: number[];
  violations: { name: string; seed: number; says: string }[];
};

/** A tally with nothing in it. */
export const emptyTally = (): Tally => ({
  scenarios: 0,
  items: 0,
  kills: 0,
  sent: 0,
  unknown: 0,
  marked: 0,
  cutReplies: 0,
  stepDowns: 0,
  timers: 0,
  timersWorstMs: 0,
  redisAway: 0,
  redisBackWorstMs: 0,
  seeds: 0,
  posts: 0,
  quiet: [],
  troubled: [],
  floods: 0,
  flooded: [],
  lateness: [],
  violations: [],
});

/** Adds what the judge counted in one scenario. */
export function addVerdict(tally: Tally, { posts, sent, unknown, marked }: Verdict): void {
  tally.posts += posts;
  tally.sent += sent;
  tally.unknown += unknown;
  tally.marked += marked;
}

/** Limits of latency that were passed; a machine that is busy with other things passes them, too. */
export function passedLimits({ quiet, troubled, flooded, lateness }: Tally): string[] {
  const [calm, hurt, late] = [figures(quiet), figures(troubled), figures(lateness)];
  const flood = figures(flooded);
  return [
    ...(calm.p50 > 1000 || calm.p99 > 5000 ? [`R5: p50 ${calm.p50} ms, p99 ${calm.p99} ms`] : []),
    ...(hurt.most > 15_000 ? [`R5 with faults: ${hurt.most} ms`] : []),
    ...(flood.p50 > 1000 || flood.p99 > 5000 ? [`R18: p50 ${flood.p50} ms, p99 ${flood.p99} ms`] : []),
    ...(late.most > 30_000 ? [`R7: ${late.most} ms`] : []),
  ];
}

type Row = [goal: string, what: string, reached: string, wanted: string];

const elsewhere = 'npm run faults';

/** The long column of `delivery.md` 10, with n reached beside each goal. What this loop does not run says so. */
export function rowsOf(tally: Tally): Row[] {
  const { quiet, troubled, flooded, lateness, violations } = tally;
  const [calm, hurt, late] = [figures(quiet), figures(troubled), figures(lateness)];
  const flood = figures(flooded);
  const broken = (name: RegExp) => violations.filter((one) => name.test(one.name)).length;
  const found = (words: RegExp) => violations.filter(({ says }) => words.test(says)).length;
  return [
    [
      'R1',
      'lost under kill -9',
      `${found(/lost [1-9]|waits in the mailbox|missing:/)} of ${tally.items}, ${tally.kills} kills`,
      '0 of 1,000,000, 10,000 kills',
    ],
    ['R2', 'routine doubled', `${found(/doubled [1-9]|twice|once too often/)} of ${tally.items}`, '0, same run'],
    [
      'R3',
      'urgent copies, all marked',
      `${tally.marked} of ${tally.cutReplies} forced unknowns`,
      '<= 1 each of 10,000',
    ],
    ['R4', 'unknown, recorded and settled', `${tally.unknown}; unsettled ${found(/unsettled/)}`, '100 % of 10,000'],
    ['R5', 'danger, nothing wrong', `n ${calm.n}, p50 ${calm.p50} ms, p99 ${calm.p99} ms`, '10,000: p50 1 s, p99 5 s'],
    [
      'R5',
      'danger, faults',
      `n ${hurt.n}, p50 ${hurt.p50} ms, p99 ${hurt.p99} ms, ${tally.stepDowns} step-downs`,
      '60 step-downs, 15 s',
    ],
    ['R6', 'abuse', 'not in this loop', elsewhere],
    ['R7', 'lateness of steps', `n ${late.n}, p99 ${late.p99} ms, worst ${late.most} ms`, '50,000: p99 2 s, max 30 s'],
    ['R8', 'urgent without next step', `${found(/no next step/)} in ${tally.scenarios} scenarios`, '0 each minute'],
    ['R9', 'Redis wiped', `${tally.timers} timers, worst ${tally.timersWorstMs} ms`, '10,000, <= 60 s'],
    [
      'R10',
      'Redis back',
      `${tally.redisAway} times, worst ${Math.round(tally.redisBackWorstMs)} ms`,
      '73 times, <= 3 s',
    ],
    ...['R11', 'R12', 'R13', 'R14', 'R15', 'R16'].map((goal): Row => [goal, '', 'not in this loop', elsewhere]),
    ['R17', 'random schedules', `${tally.seeds} seeds, ${broken(/^any/)} failed`, '10,000'],
    [
      'R18',
      'flood',
      `${tally.floods} times 300 words in 12 s: ${flood.n} dangers, p50 ${flood.p50} ms, p99 ${flood.p99} ms`,
      '5,000/min for 10 min, 10 % danger: p50 1 s, p99 5 s',
    ],
    ['S1', 'bad webhook', 'not in this loop', elsewhere],
    [
      'S2',
      'canaries in MongoDB, Redis, logs, files',
      `${found(/canary|leak/)} leaks; searched after ${tally.scenarios} scenarios`,
      '0',
    ],
    ...['S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9'].map((goal): Row => [goal, '', 'not in this loop', elsewhere]),
  ];
}

/** The table, as plain text. */
export function tableOf(tally: Tally): string {
  const rows: Row[] = [['goal', 'what', 'reached', 'wanted'], ...rowsOf(tally)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
