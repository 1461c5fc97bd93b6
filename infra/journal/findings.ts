import type { Connection } from 'mongoose';
import type { Finding } from '#core/journal/finding.ts';

/** `hasEnded`: the last walk went to its end; while it has not, something was found already. */
type Kept = { _id: string; findings: Finding[]; hasEnded: boolean };

/** More are counted in the log, not kept. */
const mostKept = 200;

const kept = (connection: Connection) => connection.collection<Kept>('journal_findings');

/** What the last walk found, whichever process walked: ids and numbers. Removed by hand, it is back after the next walk. */
export async function findingsIn(connection: Connection): Promise<Omit<Kept, '_id'>> {
  return (await kept(connection).findOne({ _id: 'walk' })) ?? { findings: [], hasEnded: false };
}

/** Keeps what this walk has found; until it has ended, what the one before found stays beside it. */
export async function keepFindings(connection: Connection, found: Finding[], hasEnded: boolean): Promise<void> {
  const before = hasEnded ? [] : (await findingsIn(connection)).findings;
  const isNew = (one: Finding) =>
    !found.some(({ chain, number, fault }) => chain === one.chain && number === one.number && fault === one.fault);
  const findings = [...found, ...before.filter(isNew)].slice(0, mostKept);
  await kept(connection).updateOne({ _id: 'walk' }, { $set: { findings, hasEnded } }, { upsert: true });
}
