import type { OutboxHead } from './delivery/outbox.ts';
import type { NewId } from './id.ts';
import type { Seal } from './seal.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

/** What rules may reach: the stores of this step, the settings, the injected clock and chance. Nothing else. */
export type Deps = { store: Store; settings: Settings; now: Date; newId: NewId };

/** The same for what only looks: cards and screens. */
export type Looks = Omit<Deps, 'newId'>;

/**
 * The injected clock. `wall` may be moved by tests and by the rehearsal city; `mono` never is: milliseconds since 1970 in the database's time,
 * never backwards, for leases, gates and pace. Neither follows the host when somebody sets it (`delivery.md` 6).
 */
export type Clock = { wall(): Date; mono(): number; hostOffMs?(): number };

/** What was committed and may be hurried: lanes of the mailbox, outbox rows, timers. Addresses stay in this process: Redis gets ids. Losing it costs time only. */
export type Wake = { mailbox?: string[]; outbox?: OutboxHead[]; timersAt?: Date[] };

/** One process's hold on the outside: made by `infra/start.ts`, handed to callers of `execute`. */
export type World = {
  clock: Clock;
  newId: NewId;
  settings(): Promise<Settings>;
  store: Store;
  seal: Seal;
  /** Runs the work in one MongoDB transaction, repeated by the driver on a conflict; bounded. */
  inTransaction<T>(work: () => Promise<T>): Promise<T>;
  /** Called after a commit, never awaited. */
  wake(what: Wake): void;
};
