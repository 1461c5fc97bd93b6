import type { OutboxRow } from '#core/delivery/outbox.ts';
import type { Store } from '#core/store.ts';
import { toLocal } from '#core/time.ts';
import type { World } from '#core/world.ts';
import type { House } from '../start-house.ts';
import { comingUp, type Due } from './clockwork.ts';
import { cityPeople } from './people.ts';
import type { ClockState, InsideState, InsideTimer, Trouble } from './shapes.ts';

/** What another message says for it was neither refused nor told. */
const saidForItself = { outcome: { $ne: 'folded' } };

/** "Înăuntru": the only place that looks behind the scenes. Counts, codes and names of the invented people. */
export async function insideOf(
  { world, brokenAt }: House,
  troubles: Trouble[],
  names: Map<string, string>,
): Promise<InsideState> {
  const { store } = world;
  const broken = await brokenAt();
  const due = await comingUp(world);
  return {
    isReachable: true,
    isHeld: (await store.office.get()).hold !== undefined,
    troubles,
    outbox: { ...(await counts(store)), last: (await latestRows(store, 1)).map((row) => told(row, names)) },
    timers: { total: due.length, next: due.slice(0, 4).map((one) => timerOf(one, names)) },
    told: (await latestRows(store, 3))
      .map((row) => told(row, names))
      .map(({ label, ...row }) => ({ ...row, name: label })),
    journal: await journal(store, names),
    ...(broken === undefined ? {} : { brokenAt: broken }),
    journalTypes: [...new Set((await store.journal.latest(300)).map(({ type }) => type))],
  };
}

/** The same when the database does not answer. */
export const insideUnreachable = (troubles: Trouble[]): InsideState => ({
  isReachable: false,
  troubles,
  outbox: { pending: 0, attempting: 0, sent: 0, not_sent: 0, unknown: 0, refused: 0, last: [] },
  timers: { total: 0, next: [] },
  told: [],
  journal: [],
});

async function counts(store: Store) {
  const count = (state: OutboxRow['state']) => store.outbox.count({ state, ...saidForItself });
  return {
    pending: await count('pending'),
    attempting: await count('attempting'),
    sent: await count('sent'),
    not_sent: await count('not_sent'),
    unknown: await count('unknown'),
    refused: await count('refused'),
  };
}

const latestRows = (store: Store, limit: number) =>
  store.outbox.find({ method: 'send', ...saidForItself }, { sort: { createdAt: -1 }, limit });

function told(row: OutboxRow, names: Map<string, string>) {
  return {
    at: (row.sentAt ?? row.createdAt).toISOString(),
    label: names.get(row.personId ?? '') ?? '—',
    state: row.state,
    channel: row.channel,
    ...refOf(row),
  };
}

/** Where the message stands, so that the page can ring it. */
const refOf = ({ channel, messageId, chatId, account }: OutboxRow): { messageRef?: string } => {
  if (!messageId) return {};
  const person = cityPeople.find((one) => one.account === account);
  return { messageRef: channel === 'slack' ? `slack:${chatId}:${messageId}` : `telegram:${person?.id}:${messageId}` };
};

async function journal(store: Store, names: Map<string, string>): Promise<InsideState['journal']> {
  const total = await store.journal.count();
  const lines = await store.journal.latest(4);
  return lines.map((line, index) => ({
    number: total - index,
    type: line.type,
    about: names.get(line.about.id) ?? names.get(line.by ?? '') ?? line.about.kind,
    at: line.at.toISOString(),
  }));
}

const timerKeys: Record<string, string> = {
  alert: 'timer.alertStep',
  'alert-ask': 'timer.alertAsk',
  'alert-everybody': 'timer.alertEverybody',
  'remind-appointment-day-before': 'timer.dayBefore',
  'remind-appointment-shortly': 'timer.shortlyBefore',
  'ask-how-it-went': 'timer.feedback',
  'remind-note-due': 'timer.noteDue',
  'remind-note-returned': 'timer.noteDue',
  'remind-message': 'timer.messageDue',
  'raise-abandoned-alert': 'timer.alertForm',
};

/** A timer with its label as a text of the page; a subject nobody has a name for is a plain check. */
function timerOf(due: Due, names: Map<string, string>): InsideTimer {
  const name = names.get(due.subject) ?? '';
  const key = name || due.number ? (timerKeys[due.kind] ?? 'timer.other') : 'timer.other';
  return {
    id: due.id,
    at: due.at.toISOString(),
    label: due.kind,
    isUrgent: due.isUrgent,
    key,
    params: { name, number: due.number ?? '' },
  };
}

/** The city's clock with what comes next and the ticks of its day. */
export async function clockOf(world: World, isMoving: boolean, names: Map<string, string>): Promise<ClockState> {
  const now = world.clock.wall();
  const due = await comingUp(world).catch(() => []);
  const today = toLocal(now).toPlainDate();
  const ticks = due.filter(({ at }) => toLocal(at).toPlainDate().equals(today)).map((one) => timerOf(one, names));
  return {
    at: now.toISOString(),
    wall: toLocal(now).toPlainDateTime().toString({ smallestUnit: 'minute' }),
    next: due[0] ? timerOf(due[0], names) : null,
    today: ticks,
    isMoving,
  };
}
