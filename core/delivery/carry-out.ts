import type { PersonId } from '../id.ts';
import type { JournalLine } from '../journal/journal-line.ts';
import type { Message } from '../message.ts';
import { reachable, type Person } from '../people/person.ts';
import type { Ability } from '../permissions.ts';
import type { Language } from '../phrase.ts';
import type { Reaction } from '../reactions.ts';
import type { Channel } from '../roles.ts';
import type { Actor } from '../use-case.ts';
import type { Deps, Wake } from '../world.ts';
import { lanes, type Lane, type OutboxRow } from './outbox.ts';

/** What a step collects; written together at its end. */
export type Tray = { journal: JournalLine[]; reactions: Reaction[]; rows: OutboxRow[]; wake: { outbox: string[]; timersAt: Date[]; mailbox: string[] }; abilities: Map<Actor, Ability> };

export const emptyTray = (): Tray => ({ journal: [], reactions: [], rows: [], wake: { outbox: [], timersAt: [], mailbox: [] } satisfies Wake, abilities: new Map() });

/** Where a message goes: one account of one person, or of somebody not on file. */
export type Destination = { channel: Channel; key: string; address: string; language: Language; personId?: PersonId | undefined; epoch: number };

/** Writes what the step collected: timers, rows of the outbox, journal; one insert per collection. */
export async function carryOut(tray: Tray, deps: Deps): Promise<void> {
  for (const reaction of tray.reactions) await carry(reaction, tray, deps);
  tray.rows.forEach((row, order) => {
    row.order = order;
  });
  await deps.store.outbox.insertMany(tray.rows);
  await deps.store.journal.add(tray.journal);
  tray.wake.outbox.push(...tray.rows.filter((row) => row.dueAt <= deps.now).map((row) => row.id));
}

async function carry(reaction: Reaction, tray: Tray, deps: Deps): Promise<void> {
  switch (reaction.do) {
    case 'tell':
      return tell(reaction, tray, deps);
    case 'tellAccount':
      tray.rows.push(newRow(deps, { ...reaction.account, epoch: 0 }, reaction.lane, { message: reaction.message }));
      return;
    case 'refresh':
      return refresh(reaction.subject, tray, deps);
    case 'home':
      return drawHome(reaction.of, tray, deps);
    case 'timer':
      await deps.store.timers.set({ id: reaction.key, kind: reaction.kind, subject: reaction.subject, dueAt: reaction.at, setAt: deps.now });
      tray.wake.timersAt.push(reaction.at);
      return;
    case 'cancel':
      return deps.store.timers.cancel(reaction.key);
  }
}

async function tell(reaction: Extract<Reaction, { do: 'tell' }>, tray: Tray, deps: Deps): Promise<void> {
  const person = await deps.store.people.get(reaction.to);
  const to = person && destination(person);
  if (!to || (person.hasStopped && isUnasked(reaction.lane))) return;
  const content = 'card' in reaction ? { card: reaction.card, subject: reaction.subject } : { message: reaction.message };
  tray.rows.push(newRow(deps, to, reaction.lane, content, reaction.at));
}

/** "Stop writing to me" holds everything but danger and answers to the person's own word. */
const isUnasked = (lane: Lane) => lane === 'routine' || lane === 'digest';

/** The account a person is written to: the preferred chat that still accepts us. */
export function destination(person: Person): Destination | undefined {
  const account = reachable(person)[0];
  return account && { ...account, language: person.language, personId: person.id, epoch: person.epoch };
}

/** A fresh row of the outbox. */
export function newRow(deps: Deps, to: Destination, lane: Lane, content: { message: Message } | { card: string; subject: string }, at?: Date): OutboxRow {
  return {
    id: deps.newId(),
    version: 0,
    state: 'pending',
    lane: lanes.indexOf(lane),
    dueAt: at ?? deps.now,
    createdAt: deps.now,
    order: 0,
    method: 'send',
    channel: to.channel,
    address: to.address,
    account: to.key,
    language: to.language,
    ...(to.personId ? { personId: to.personId } : {}),
    epoch: to.epoch,
    ...content,
    turns: 0,
    attempts: 0,
  };
}

/** Arms one editing row for each copy of the card; an editing row that is waiting already serves again. */
async function refresh(subject: string, tray: Tray, deps: Deps): Promise<void> {
  for (const copy of await deps.store.outbox.copiesOf(subject)) {
    if (copy.state === 'pending' || copy.state === 'not_sent' || !copy.card) continue;
    await arm(`edit-${copy.id}`, { ...copy, method: 'edit', target: copy.id, lane: Math.max(copy.lane, lanes.indexOf('waiting')) }, tray, deps);
  }
}

async function drawHome(personId: PersonId, tray: Tray, deps: Deps): Promise<void> {
  const person = await deps.store.people.get(personId);
  const slack = person?.accounts.find((account) => account.channel === 'slack' && !account.isDead);
  if (!person || !slack) return;
  const row = newRow(deps, { ...slack, language: person.language, personId, epoch: person.epoch }, 'waiting', { card: 'home', subject: personId });
  await arm(`home-${personId}`, { ...row, method: 'home' }, tray, deps);
}

/** Looks may be repeated freely, so a keyed row is used again instead of piling up. */
async function arm(id: string, row: OutboxRow, tray: Tray, deps: Deps): Promise<void> {
  if (tray.wake.outbox.includes(id)) return;
  tray.wake.outbox.push(id);
  const known = await deps.store.outbox.get(id);
  const { messageId: _m, chatId: _c, sentAt: _s, outcome: _o, leaseUntil: _l, message: _g, ...fresh } = row;
  const armed: OutboxRow = { ...fresh, id, state: 'pending', dueAt: deps.now, createdAt: deps.now, attempts: 0, turns: (known?.turns ?? 0) + 1, version: known?.version ?? 0 };
  if (known) await deps.store.outbox.save(armed);
  else await deps.store.outbox.insert(armed);
}
