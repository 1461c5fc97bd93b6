import type { ResponseParameters } from '@grammyjs/types';
import { Refused, tooMany } from './refusal.ts';

type Where = 'before' | 'afterAccept' | 'midAnswer';
/** Without a method a fault hits every method but `getUpdates`; name that one to hit it. */
type Aim = { method?: string; chatId?: number; count?: number };

/** Trouble on the line or in the server, set while it runs. */
export type Faults = {
  /** 429 with `retry_after`; ends after `count` calls, at `until` (real time, Date.now()), or at `clear()`. */
  rateLimit(fault: Aim & { retryAfter: number; until?: number }): void;
  /** Every call takes longer; 0 ends it. `afterAccept`: it works at once and answers late. */
  slow(ms: number, where?: 'before' | 'afterAccept'): void;
  /** The next calls are answered with this error and have no effect. */
  failNext(fault: Aim & { status: number; description?: string; parameters?: ResponseParameters }): void;
  /** Closes the line before the effect, after it, or in the middle of the answer. */
  cut(fault: Aim & { where: Where }): void;
  /** Nobody listens: connections are refused. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Ends everything but `down`. */
  clear(): void;
};

export type Plan = { refusal?: Refused; cut?: Where; waitBeforeMs: number; waitAfterMs: number };
type Fault =
  | (Aim & { kind: 'refuse'; refusal: Refused; until?: number })
  | (Aim & { kind: 'cut'; where: Where; until?: number });

export function createFaults(door: {
  down(): Promise<void>;
  up(): Promise<void>;
}): Faults & { plan(method: string, chatId: unknown): Plan } {
  let faults: Fault[] = [];
  let slow: { ms: number; where: 'before' | 'afterAccept' } = { ms: 0, where: 'before' };

  function hit(method: string, chatId: unknown, kind: Fault['kind']): Fault | undefined {
    faults = faults.filter((fault) => (fault.count ?? 1) > 0 && (fault.until ?? Infinity) > Date.now());
    const found = faults.find((fault) => fault.kind === kind && isAimed(fault, method, chatId));
    if (found?.count !== undefined) found.count -= 1;
    return found;
  }
  return {
    rateLimit: ({ retryAfter, ...aim }) => void faults.push({ kind: 'refuse', refusal: tooMany(retryAfter), ...aim }),
    slow(ms, where = 'before') {
      slow = { ms, where };
    },
    failNext: ({ status, description, parameters, ...aim }) =>
      void faults.push({
        kind: 'refuse',
        refusal: new Refused(status, description ?? wordFor(status), parameters),
        count: 1,
        ...aim,
      }),
    cut: (fault) => void faults.push({ kind: 'cut', count: 1, ...fault }),
    down: door.down,
    up: door.up,
    clear() {
      faults = [];
      slow = { ms: 0, where: 'before' };
    },
    plan(method, chatId) {
      const refused = hit(method, chatId, 'refuse');
      const cut = hit(method, chatId, 'cut');
      return {
        ...(refused?.kind === 'refuse' && { refusal: refused.refusal }),
        ...(cut?.kind === 'cut' && { cut: cut.where }),
        waitBeforeMs: slow.where === 'before' ? slow.ms : 0,
        waitAfterMs: slow.where === 'afterAccept' ? slow.ms : 0,
      };
    },
  };
}

function isAimed({ method, chatId }: Aim, called: string, calledChat: unknown): boolean {
  if (chatId !== undefined && String(chatId) !== String(calledChat)) return false;
  return method === undefined ? called !== 'getUpdates' : method.toLowerCase() === called.toLowerCase();
}

const words: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
};
const wordFor = (status: number) => words[status] ?? 'Internal Server Error';
