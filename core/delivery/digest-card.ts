import type { Card, CardView } from '../cards.ts';
import type { Button, Message } from '../message.ts';
import { type Phrase, phrase } from '../phrase.ts';
import { isStaff } from '../roles.ts';
import { addMinutes } from '../time.ts';
import type { OutboxRow } from './outbox.ts';

/** What a digest counts, the most important first. */
const kinds = ['alerts', 'messages', 'appointments', 'requests', 'notes', 'feedback', 'office', 'other'] as const;
type Kind = (typeof kinds)[number];

/** One message that stands for many: how many of each kind wait, none of their words. Its subject is its own row. */
export const digestCards = {
  digest: async (subject, view) => digestOf(subject, view),
} satisfies Record<string, Card>;

async function digestOf(digestId: string, view: CardView): Promise<Message | undefined> {
  const { store, viewer, now, settings } = view;
  const rows = (await store.outbox.foldedIn(digestId)).filter(({ outcome }) => outcome === 'folded');
  if (rows.length === 0) return undefined;
  const since = addMinutes(now, -settings.delivery.unsureDays * 24 * 60);
  const unsure = (await store.outbox.unsureSince(since)).filter(({ personId }) => personId === viewer.id).length;
  const show: Button = { label: phrase('digest:button.show'), action: 'digest.show', subject: digestId };
  const home: Button = { label: phrase('general:button.home'), action: 'home' };
  return {
    lines: [
      await headOf(digestId, view),
      ...countsIn(rows),
      ...(unsure > 0 ? [phrase('digest:unsure', { total: unsure })] : []),
    ],
    buttons: isStaff(viewer.role) ? [[home, show]] : [[show], [home]],
  };
}

async function headOf(digestId: string, { store }: CardView): Promise<Phrase> {
  const own = await store.outbox.get(digestId);
  const about = own?.caseId && (await store.cases.get(own.caseId));
  return about ? phrase('digest:headCase', { caseRef: about.number }) : phrase('digest:head');
}

function countsIn(rows: OutboxRow[]): Phrase[] {
  const counts = new Map<Kind, number>();
  for (const row of rows) counts.set(kindOf(row), (counts.get(kindOf(row)) ?? 0) + 1);
  return kinds.flatMap((kind) => {
    const total = counts.get(kind);
    return total ? [phrase(`digest:kind.${kind}`, { total })] : [];
  });
}

function kindOf({ card }: OutboxRow): Kind {
  if (card === undefined) return 'messages';
  const [, kind = 'other'] = prefixes.find(([prefix]) => card.startsWith(prefix)) ?? [];
  return kind as Kind;
}

const prefixes: readonly [prefix: string, kind: Kind][] = [
  ['alert', 'alerts'],
  ['help', 'alerts'],
  ['message', 'messages'],
  ['appointment', 'appointments'],
  ['request', 'requests'],
  ['note', 'notes'],
  ['sheet', 'notes'],
  ['draft', 'notes'],
  ['feedback', 'feedback'],
  ['invitation', 'office'],
  ['duty', 'office'],
];
