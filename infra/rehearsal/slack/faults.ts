/** Troubles at the stand-in's door. Each stays until its count is used up or it is lifted. */
export type Faults = {
  /** 429 with Retry-After (seconds); for `count` calls, until an instant of the injected clock, or until lifted. */
  rateLimit(fault: { retryAfter: number; count?: number; until?: number; method?: string }): void;
  /** Every answer comes this much later, in real milliseconds. */
  slow(ms: number): void;
  /** The next calls answer `{ ok: false, error }` or a bare HTTP status; `isAccepted`: the work is done all the same. */
  failNext(fault: { method?: string; error?: string; status?: number; count?: number; isAccepted?: boolean }): void;
  /** The line is cut before the call is looked at, or after it was accepted and before the answer. */
  cut(fault: { where: 'before' | 'afterAccept'; method?: string; count?: number }): void;
  /** Nothing listens any more; `up` takes the same port again. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** `disconnect` with `refresh_requested` to these many sockets, the oldest first; all when not given. */
  refreshSockets(count?: number): void;
  /** The sockets end without a word. */
  dropSockets(): void;
  /** The sockets stay open and say nothing: no ping, no pong, no envelope arrives. */
  muteSockets(): void;
  /** Each message event goes out n times, each with its own event_id. */
  copyEvents(n: number): void;
  /** The next acks are taken as not come: events are sent again, people see a warning. */
  lateAcks(count: number): void;
  /** Lifts rate limits, failures, cuts, slowness, copies and late acks. */
  lift(): void;
};

export type Meant =
  | { kind: 'rateLimit'; retryAfter: number }
  | { kind: 'error'; error: string; isAccepted: boolean }
  | { kind: 'status'; status: number; isAccepted: boolean }
  | { kind: 'cut'; where: 'before' | 'afterAccept' };

type Waiting = { method?: string; left: number; until?: number; meant: Meant };

export type FaultState = {
  slowMs: number;
  copies: number;
  lateAcks: number;
  waiting: Waiting[];
};

export const noFaults = (): FaultState => ({ slowMs: 0, copies: 1, lateAcks: 0, waiting: [] });

/** The fault that hits this call, used up by one. */
export function strike(state: FaultState, method: string, now: number): Meant | undefined {
  state.waiting = state.waiting.filter((one) => one.left > 0 && (one.until === undefined || now < one.until));
  const hit = state.waiting.find((one) => one.method === undefined || one.method === method);
  if (hit) hit.left -= 1;
  return hit?.meant;
}

type Doors = Pick<Faults, 'down' | 'up' | 'refreshSockets' | 'dropSockets' | 'muteSockets'>;

export function faultControls(state: FaultState, doors: Doors): Faults {
  const add = (given: { method?: string; count?: number; until?: number }, meant: Meant, otherwise: number) =>
    state.waiting.push({
      left: given.count ?? otherwise,
      meant,
      ...(given.method ? { method: given.method } : {}),
      ...(given.until === undefined ? {} : { until: given.until }),
    });
  return {
    ...doors,
    rateLimit: (fault) =>
      void add(fault, { kind: 'rateLimit', retryAfter: fault.retryAfter }, Number.POSITIVE_INFINITY),
    failNext: (fault) => void add(fault, failureOf(fault), 1),
    cut: (fault) => void add(fault, { kind: 'cut', where: fault.where }, 1),
    slow: (ms) => {
      state.slowMs = ms;
    },
    copyEvents: (n) => {
      state.copies = n;
    },
    lateAcks: (count) => {
      state.lateAcks = count;
    },
    lift: () => {
      Object.assign(state, noFaults());
    },
  };
}

function failureOf({ error = 'internal_error', status, isAccepted = false }: Parameters<Faults['failNext']>[0]): Meant {
  return status ? { kind: 'status', status, isAccepted } : { kind: 'error', error, isAccepted };
}
