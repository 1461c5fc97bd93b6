import { expect, test } from 'vitest';
import { type Log, makeLog } from './log.ts';

const canary = 'Olena Kovalenko, strada Lăpușneanu 7';

test('ids, numbers and technical words are written', () => {
  const line = logged((log) =>
    log.info({ personId: 'p1', useCase: 'raise-alert', count: 3, isLate: true }, 'an alert was raised'),
  );
  expect(line).toMatchObject({
    personId: 'p1',
    useCase: 'raise-alert',
    count: 3,
    isLate: true,
    msg: 'an alert was raised',
  });
});

test('what is wrong is said in our own words, and which round failed', () => {
  const line = logged((log) =>
    log.error({ fault: '2 open alerts have no next step', job: 'alerts' }, 'the watch found a fault'),
  );
  expect(line).toMatchObject({ fault: '2 open alerts have no next step', job: 'alerts', name: 'test' });
});

test.each<[string, (log: Log) => void]>([
  ['a field of words', (log) => log.info({ text: canary, observed: canary }, 'kept')],
  [
    'words deep inside',
    (log) => log.info({ update: { message: { from: { first_name: canary }, text: canary } } }, 'kept'),
  ],
  ['words in a list', (log) => log.info({ names: [canary], lines: [{ text: canary }] }, 'kept')],
  ['names that end like an id', (log) => log.info({ firstName: canary, displayName: canary }, 'kept')],
  ['a value for the sentence', (log) => log.info('kept for %s', canary)],
  ['a child with words', (log) => log.child({ person: canary }).info('kept')],
  ['the message of an error', (log) => log.error(new Error(canary))],
  ['an error in a field', (log) => log.error({ err: new Error(canary) }, 'failed')],
  [
    'the cause of an error',
    (log) => log.error({ err: new Error('x', { cause: new Error(`line\n  at ${canary}`) }) }, 'failed'),
  ],
  [
    'a duplicate key of the database',
    (log) =>
      log.error({ err: Object.assign(new Error(canary), { code: 11000, keyValue: { name: canary } }) }, 'failed'),
  ],
  ['a thrown string', (log) => log.error({ err: canary }, 'failed')],
])('withheld: %s', (_, write) => {
  expect(JSON.stringify(logged(write))).not.toContain('Kovalenko');
});

test('a thing that holds itself does not stop the log', () => {
  const ring: Record<string, unknown> = { personId: 'p1' };
  ring.ring = ring;
  expect(logged((log) => log.info({ ring }, 'kept'))).toMatchObject({ msg: 'kept', ring: { personId: 'p1' } });
});

test('an error keeps what helps: its type, code, status and where it was', () => {
  const { err } = logged((log) =>
    log.error(
      { err: Object.assign(new RangeError('Invalid count value: -1'), { code: 'E_X', status: 503 }) },
      'failed',
    ),
  );
  expect(err).toMatchObject({ type: 'RangeError', code: 'E_X', status: 503, message: 'Invalid count value: -1' });
  expect(err.at[0]).toContain('log.test.ts');
});

// biome-ignore lint/suspicious/noExplicitAny: a line of JSON
function logged(write: (log: Log) => void): any {
  const lines: string[] = [];
  write(makeLog({ name: 'test', level: 'debug', to: { write: (line: string) => lines.push(line) } }));
  return JSON.parse(lines.join(''));
}
