import type { Connection } from 'mongoose';

export type Lease = { isHeld(): boolean; stop(): Promise<void> };

type LeaseOptions = {
  connection: Connection;
  name: string;
  holder: string;
  ms: number;
  onChange?: (isHeld: boolean) => Promise<void> | void;
  onError: (error: unknown) => void;
};

/** Who waits for a lease asks so often: work that stopped goes on as soon as it is free. */
const waitingMs = 1000;

/**
 * Keeps trying to hold a lease in MongoDB: one holder at a time in all processes. A holder that does not come back within `ms` loses it.
 * Redis never decides (`delivery.md` 2). Who cannot reach the database has lost it as well.
 */
export async function holdLease({ connection, name, holder, ms, onChange, onError }: LeaseOptions): Promise<Lease> {
  const leases = connection.collection('leases');
  let heldUntil = 0;
  let wasHeld = false;
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;

  const isHeld = () => performance.now() < heldUntil;
  const tell = async () => {
    if (isHeld() === wasHeld) return;
    wasHeld = isHeld();
    await onChange?.(wasHeld);
  };
  const round = async () => {
    try {
      const asked = performance.now();
      if (await take(leases, name, holder, ms)) heldUntil = asked + ms;
    } catch (error) {
      onError(error);
    }
    await Promise.resolve(tell()).catch(onError);
    if (!isStopping) timer = setTimeout(round, isHeld() ? ms / 3 : Math.min(ms / 3, waitingMs));
  };
  await round();

  return {
    isHeld,
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      heldUntil = 0;
      await Promise.resolve(tell()).catch(onError);
      await leases.deleteOne({ _id: name as never, holder }).catch(() => {});
    },
  };
}

type Leases = ReturnType<Connection['collection']>;

/** Takes or renews; somebody else's lease that still runs is a duplicate key. */
async function take(leases: Leases, name: string, holder: string, ms: number): Promise<boolean> {
  const now = new Date();
  try {
    await leases.updateOne(
      { _id: name as never, $or: [{ holder }, { until: { $lt: now } }] },
      { $set: { holder, until: new Date(now.getTime() + ms) } },
      { upsert: true },
    );
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return false;
    throw error;
  }
}
