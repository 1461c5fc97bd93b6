import type { Connection } from 'mongoose';

/** `isOurs`: this process holds it now. */
export type Lease = { isOurs(): boolean; stop(): Promise<void> };

type LeaseOptions = {
  connection: Connection;
  name: string;
  holder: string;
  ms: number;
  onChange?: (isOurs: boolean) => Promise<void> | void;
  /** Who cannot see the database does not know whether it lost it: `onChange` hears of that only when somebody else has it. */
  isKeptUnseen?: boolean | undefined;
  onError: (error: unknown) => void;
};

/** Who waits for a lease asks so often: work that stopped goes on as soon as it is free. */
const waitingMs = 1000;

/**
 * Keeps trying to hold a lease in MongoDB: one holder at a time in all processes. A holder that does not come back within `ms` loses it.
 * Redis never decides (`delivery.md` 2). Who cannot reach the database has lost it as well.
 */
export async function holdLease(options: LeaseOptions): Promise<Lease> {
  const { connection, name, holder, ms, onChange, isKeptUnseen = false, onError } = options;
  const leases = connection.collection('leases');
  let heldUntil = 0;
  let wasHeld = false;
  let isUnseen = false;
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const isOurs = () => performance.now() < heldUntil;
  const tell = async () => {
    const isNow = isOurs() || (isKeptUnseen && isUnseen && wasHeld && !isStopping);
    if (isNow === wasHeld) return;
    await onChange?.(isNow);
    wasHeld = isNow;
  };
  const round = async () => {
    try {
      const asked = performance.now();
      if (await take(leases, name, holder, ms)) heldUntil = asked + ms;
      isUnseen = false;
    } catch (error) {
      isUnseen = true;
      onError(error);
    }
    await Promise.resolve(tell()).catch(onError);
    if (!isStopping) timer = setTimeout(go, isOurs() ? ms / 3 : Math.min(ms / 3, waitingMs));
  };
  const go = () => {
    running = round();
    return running;
  };
  await go();

  return {
    isOurs,
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await running;
      heldUntil = 0;
      await Promise.resolve(tell()).catch(onError);
      await leases.deleteOne({ _id: name as never, holder }).catch(() => {});
    },
  };
}

type Leases = ReturnType<Connection['collection']>;

/** Takes or renews, unless it is somebody else's and still runs. The database's own clock decides: those of the hosts may differ. */
async function take(leases: Leases, name: string, holder: string, ms: number): Promise<boolean> {
  const isFree = { $lt: [{ $ifNull: ['$until', new Date(0)] }, '$$NOW'] };
  const isOurs = { $or: [{ $eq: ['$holder', holder] }, isFree] };
  const lease = await leases.findOneAndUpdate(
    { _id: name as never },
    [
      {
        $set: {
          holder: { $cond: [isOurs, holder, '$holder'] },
          until: { $cond: [isOurs, { $add: ['$$NOW', ms] }, '$until'] },
        },
      },
    ],
    { upsert: true, returnDocument: 'after' },
  );
  return lease?.holder === holder;
}
