import { type DestinationStream, type Logger, pino } from 'pino';

/** The log of a process. Messages are constant sentences; who and what it is about goes in as ids. */
export type Log = Logger;

const withheld = '[withheld]';

/** The only keys whose texts are written. Anything else may hold a person's words, so it is withheld. */
const openKeys = new Set([
  ...['id', 'at', 'state', 'status', 'reason', 'code', 'kind', 'type', 'lane', 'job', 'channel', 'language', 'method'],
  ...['useCase', 'event', 'role', 'step', 'screen', 'form', 'field', 'version', 'mode', 'host', 'signal', 'program'],
  // Sentences of ours for an operator, with counts in them; a chain of the journal by its id.
  ...['fault', 'chain'],
]);
const openEnding = /(Id|Ids|At|Key)$/;

/** Errors whose message names no content: those of the network and of the language itself. */
const openErrors =
  /^(TypeError|ReferenceError|RangeError|Mongo(Network|ServerSelection|NotConnected|Topology)\w*|MaxRetriesPerRequestError|AlreadyRunning)$/;

type Wishes = { readonly name: string; readonly level: string; readonly to?: DestinationStream };

/**
 * Makes the log of a process: JSON lines to stdout. Only ids, numbers and known technical words come through; values
 * for `%s` are dropped, and an error shows its type, code and place, not its message.
 */
export function makeLog({ name, level, to }: Wishes): Log {
  const options = {
    name,
    level,
    base: { pid: process.pid },
    serializers: { err: (sifted: unknown) => sifted },
    formatters: { log: (fields: object) => keepOpen(fields) },
    hooks: { logMethod: withoutValues },
  };
  return withOpenChildren(to ? pino(options, to) : pino(options));
}

/** What a child log carries along goes through the same sieve; children of children inherit this. */
function withOpenChildren(log: Log): Log {
  const makeChild = log.child;
  log.child = function child(this: Log, bindings: object, ...rest: []) {
    return makeChild.call(this, keepOpen(bindings), ...rest);
  } as Log['child'];
  return log;
}

type Fields = Record<string, unknown>;

function keepOpen(fields: object, depth = 0): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, openValue(key, value, depth)]));
}

function openValue(key: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined || typeof value === 'boolean' || value instanceof Date) return value;
  if (value instanceof Error) return describeError(value);
  if (Array.isArray(value)) return value.map((one) => openValue(key, one, depth));
  if (typeof value === 'object' && isIdLike(value) && isOpen(key)) return String(value);
  if (typeof value === 'object') return depth < 3 ? keepOpen(value, depth + 1) : withheld;
  if (typeof value === 'number') return /phone|latitude|longitude/i.test(key) ? withheld : value;
  return isOpen(key) ? value : withheld;
}

const isOpen = (key: string) => openKeys.has(key) || openEnding.test(key);

const isIdLike = (value: object) => 'toHexString' in value;

/** An error without the words it may quote: type, code, status, where in our code, and what caused it. */
function describeError(error: unknown, depth = 0): Fields {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, status, statusCode, syscall } = error as Error & Fields;
  const isOpenMessage = openErrors.test(error.name) || typeof syscall === 'string';
  return {
    type: error.name,
    ...(isTechnical(code) && { code }),
    ...(isTechnical(status ?? statusCode) && { status: status ?? statusCode }),
    ...(isOpenMessage && { message: error.message }),
    at: places(error),
    ...(error.cause !== undefined && depth < 3 && { cause: describeError(error.cause, depth + 1) }),
  };
}

const isTechnical = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && /^[\w.:/-]{1,60}$/.test(value));

function places(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^ +at .*:\d+:\d+\)?$/.test(line));
  return lines.slice(0, 6).map((line) => line.trim().replace(/^at /, ''));
}

/** `log.error(error)` would take the error's message as its sentence, and `%s` a value into it: neither happens. */
function withoutValues(this: Logger, args: unknown[], method: (...args: unknown[]) => void): void {
  const [first, second] = args;
  const sentence = typeof second === 'string' ? [second] : [];
  if (typeof first === 'string') method.call(this, first);
  else if (first instanceof Error) method.call(this, { err: first }, ...(sentence.length ? sentence : ['an error']));
  else method.call(this, first, ...sentence);
}
