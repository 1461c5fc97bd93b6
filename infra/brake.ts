import type { Connection } from 'mongoose';
import type { Hold } from '#core/office/hold.ts';
import { type Numbers, ownNumbers, schemaFaults, schemaIn } from './schema/modules.ts';

/** Stops the work of a process while the office is in hold, or while the database has another shape than this program knows. */
export type Brake = {
  isOn(): boolean;
  /** In words for an operator. */
  why(): string[];
  /** Looks now; else it is looked each second. */
  look(): Promise<void>;
  stop(): void;
};

type BrakeOptions = {
  connection: Connection;
  onChange?: (why: string[]) => void;
  onError?: (error: unknown) => void;
  own?: Numbers;
};

const everyMs = 1000;
/** A look that hangs is given up; who has not seen the database for so long must not go on with what it knew. */
const patienceMs = 3000;
const blindMs = 15_000;

/** Looks once before it is given, so that nothing begins unseen. */
export async function openBrake({
  connection,
  onChange = () => {},
  onError = () => {},
  own = ownNumbers(),
}: BrakeOptions): Promise<Brake> {
  let why: string[] = [];
  let seenAt = 0;
  const look = async (): Promise<void> => {
    const asked = performance.now();
    const found = await reasonsIn(connection, own);
    if (asked < seenAt) return;
    seenAt = asked;
    const isNews = found.join() !== why.join();
    why = found;
    if (isNews) onChange(why);
  };
  await look();
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    Promise.race([look(), afterPatience()])
      .catch(onError)
      .finally(() => {
        isLooking = false;
      });
  }, everyMs).unref();
  return {
    isOn: () => why.length > 0 || performance.now() - seenAt > blindMs,
    why: () => why,
    look,
    stop: () => clearInterval(timer),
  };
}

const afterPatience = () =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the database did not say whether work may go on')), patienceMs).unref();
  });

async function reasonsIn(connection: Connection, own: Numbers): Promise<string[]> {
  const hold = await holdIn(connection);
  const faults = schemaFaults(await schemaIn(connection), own).map(({ says }) => says);
  return hold ? [holdInWords(hold), ...faults] : faults;
}

/** The hold as it stands in the database, without opening a store. */
export async function holdIn(connection: Connection): Promise<Hold | undefined> {
  const office = await connection
    .collection<{ _id: string; hold?: Hold }>('office')
    .findOne({ _id: 'office' }, { projection: { hold: 1 } });
  return office?.hold;
}

const reasons: Record<Hold['why'], string> = {
  restored: 'restored from a backup',
  journalBehind: 'the journal lies behind its anchor outside the database',
  byHand: 'put into hold by hand',
};

/**
 * `in hold since …: restored from a backup; two administrators release it (npm run hold -- --status)`. The words of whoever put it there may hold
 * anything: `reason` is for the operator's own commands only, never for `/ready` or a log.
 */
export const holdInWords = ({ since, why }: Hold, reason?: string): string =>
  `in hold since ${since.toISOString().slice(0, 16)}Z: ${reasons[why]}${reason ? ` (${reason})` : ''}; two administrators release it (npm run hold -- --status)`;
