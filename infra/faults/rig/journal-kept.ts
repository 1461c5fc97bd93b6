import { told } from '#core/journal/finding.ts';
import { type Place, walkSlice } from '#core/journal/walk.ts';
import { transactionOf } from '../../mongo.ts';
import type { Scene } from './scene.ts';

/** What the verifier of the journal finds, and what was done without its line or has one too many (`delivery.md` 8). */
export async function journalFaults(scene: Scene): Promise<string[]> {
  return [...(await chainFaults(scene)), ...(await lineFaults(scene))];
}

async function chainFaults({ connection, store, seal }: Scene): Promise<string[]> {
  const inTransaction = transactionOf(connection);
  const found: string[] = [];
  let place: Place | undefined;
  do {
    const from = place;
    const slice = await inTransaction(() => walkSlice({ journal: store.journal, seal }, from, 500));
    found.push(...slice.findings.map((finding) => `the journal does not verify: ${told(finding)}`));
    place = slice.place;
  } while (place);
  return found;
}

/** Each word that an alert or a message holds came by one event, so it has one line. */
async function lineFaults({ store }: Scene): Promise<string[]> {
  const { alerts, messages, journal } = store;
  const byType = await journal.rows.aggregate<{ _id: string; count: number }>([
    { $group: { _id: '$type', count: { $sum: 1 } } },
  ]);
  const lines = (...of: string[]): number =>
    byType.filter(({ _id }) => of.includes(_id)).reduce((sum, { count }) => sum + count, 0);
  const raised = await alerts.find({});
  const kept = await messages.find({});
  const words = <T>(of: T[], count: (one: T) => number): number => of.reduce((sum, one) => sum + count(one), 0);
  return [
    differ('alerts', raised.length, lines('alert.raised')),
    differ(
      'words of alerts',
      words(raised, ({ observed }) => observed.length),
      lines('alert.raised', 'alert.repeated'),
    ),
    differ('messages', kept.length, lines('message.kept')),
    differ(
      'words of messages',
      words(kept, ({ parts }) => parts.length),
      lines('message.kept', 'message.added'),
    ),
  ].flat();
}

const differ = (what: string, stored: number, lines: number): string[] =>
  stored === lines ? [] : [`${stored} ${what}, and ${lines} lines of the journal about them`];
