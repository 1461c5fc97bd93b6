import type { Connection } from 'mongoose';
import type { NewId } from '#core/id.ts';
import { holdLease, type Lease } from './lease.ts';
import type { Log } from './log.ts';

/** The leases of one process: `hold` gives a check whether it is ours now, and tells each change. */
export type Leases = {
  hold(
    name: string,
    onChange?: (isOurs: boolean) => Promise<void>,
    more?: { isKeptUnseen: boolean },
  ): Promise<() => boolean>;
  stop(): Promise<void>;
};

/** A holder that ends without a word is followed after so long. */
const leaseMs = 5000;

/** Leases in MongoDB, each with a holder of its own. */
export function leasesOf(connection: Connection, newId: NewId, log: Log): Leases {
  const held: Lease[] = [];
  return {
    async hold(name, onChange, more = { isKeptUnseen: false }) {
      const lease = await holdLease({
        connection,
        name,
        holder: newId(),
        ms: leaseMs,
        onError: (error) => log.warn({ err: error }, 'a lease could not be renewed'),
        ...(onChange ? { onChange } : {}),
        ...more,
      });
      held.push(lease);
      return lease.isOurs;
    },
    async stop() {
      for (const lease of held) await lease.stop();
    },
  };
}

/** For who is alone on the database: everything is theirs at once and for good. */
export const noLeases: Leases = {
  async hold(_name, onChange) {
    await onChange?.(true);
    return () => true;
  },
  async stop() {},
};
