import type { Ability } from '../ability.ts';
import type { PersonId } from '../id.ts';
import type { NewLine } from '../journal/journal-line.ts';
import type { Message } from '../message.ts';
import { type Person, reachable } from '../people/person.ts';
import { type Language, phrase } from '../phrase.ts';
import type { Reaction } from '../reactions.ts';
import { type Channel, isStaff } from '../roles.ts';
import { startOfDay } from '../time.ts';
import type { Actor } from '../use-case.ts';
import type { Deps, Wake } from '../world.ts';
import { headOf, type Lane, lanes, type OutboxHead, type OutboxRow } from './outbox.ts';
import { takingBack } from './take-back.ts';
import type { TimerChange } from './timer-store.ts';

/** What a step collects; written together at its end. */
export type Tray = {
  journal: NewLine[];
  reactions: Reaction[];
  rows: OutboxRow[];
  wake: { outbox: OutboxHead[]; timersAt: Date[]; mailbox: string[] };
  abilities: Map<Actor, Ability>;
  /** The foreign case that this step reads by an urgent access. */
  glassCase?: string;
};

/** The tray at the beginning of a step. */
export const emptyTray = (): Tray => ({
  journal: [],
  reactions: [],
  rows: [],
  wake: { outbox: [], timersAt: [], mailbox: [] } satisfies Wake,
  abilities: new Map(),
});

/** Where a message goes: one account of one person, or of somebody not on file. */
export type Destination = {
  channel: Channel;
  key: string;
  address: string;
  language: Language;
  personId?: PersonId | undefined;
  epoch: number;
};

/** What follows from the reactions of a step, gathered before anything is written. */
type Following = { timers: Map<string, TimerChange>; armed: Map<string, OutboxRow>; refreshed: Set<string> };

/** Writes what the step collected: timers, rows of the outbox, journal; one insert per collection. */
export async function carryOut(tray: Tray, deps: Deps): Promise<void> {
  const following: Following = { timers: new Map(), armed: new Map(), refreshed: new Set() };
  for (const reaction of tray.reactions) await carry(reaction, tray, following, deps);
  for (const row of tray.rows) row.epoch = await epochOf(row, deps);
  await deps.store.timers.changeAll(following.timers, deps.now);
  tray.rows.forEach((row, order) => {
    row.order = order;
  });
  await deps.store.outbox.insertMany([...tray.rows, ...(await armAll(following.armed, deps))]);
  await deps.store.journal.add(tray.journal);
  const rows = [...tray.rows, ...following.armed.values()].filter((row) => row.dueAt <= deps.now);
  tray.wake.outbox.push(...rows.map(headOf));
}

/** The epoch as the step leaves it: a step that cuts access still says so; what waited from before is void. */
async function epochOf({ personId, epoch }: OutboxRow, { store }: Deps): Promise<number> {
  const person = personId && (await store.people.get(personId));
  return person ? person.epoch : epoch;
}

async function carry(reaction: Reaction, tray: Tray, following: Following, deps: Deps): Promise<void> {
  switch (reaction.do) {
    case 'tell':
      return tell(reaction, tray, deps);
    case 'tellAccount':
      tray.rows.push(newRow(deps, { ...reaction.account, epoch: 0 }, reaction.lane, { message: reaction.message }));
      return;
    case 'takeAway':
      return takeAway(reaction.of, tray, deps);
    case 'takeBack':
      return void tray.rows.push(...(await takingBack(reaction.of, reaction, deps)));
    case 'refresh':
      return refresh(reaction.subject, following, reaction.isOfDay ? ofDay(deps) : deps);
    case 'home':
      return drawHome(reaction.of, following, deps);
    case 'timer':
      following.timers.set(reaction.key, timerOf(reaction, deps));
      tray.wake.timersAt.push(reaction.at);
      return;
    case 'cancel':
      following.timers.set(reaction.key, 'cancel');
  }
}

/** The step as if it were done at the beginning of its day. */
const ofDay = (deps: Deps): Deps => ({ ...deps, now: startOfDay(deps.now) });

function timerOf({ kind, subject, at, isOfDay }: Extract<Reaction, { do: 'timer' }>, { now }: Deps): TimerChange {
  return isOfDay ? { kind, subject, dueAt: startOfDay(at), setAt: startOfDay(now) } : { kind, subject, dueAt: at };
}

/** A chat lets its own messages be taken away for two days (Telegram), or for good. */
const hoursToTakeAway: Record<Channel, number> = { telegram: 47, slack: 24 * 365 };

/** A row for each message that can still be taken away; the last word of each chat says what happened. */
async function takeAway(personId: PersonId, tray: Tray, deps: Deps): Promise<void> {
  const person = await deps.store.people.get(personId);
  const sent = await deps.store.outbox.find({ personId, method: 'send', state: 'sent' }, { sort: { createdAt: -1 } });
  const last = new Map<Channel, OutboxRow>();
  for (const row of sent) {
    const { channel, messageId, chatId, sentAt, isOfDay } = row;
    if (!last.has(channel)) last.set(channel, row);
    const hours = (deps.now.getTime() - (sentAt ?? row.createdAt).getTime()) / 3_600_000;
    if (!messageId || !chatId || hours > hoursToTakeAway[channel] + (isOfDay ? 24 : 0)) continue;
    const taking = newRow(deps, wayOf(row), 'routine', { drawn: undefined });
    tray.rows.push({ ...taking, method: 'delete', messageId, chatId });
  }
  if (person?.hasStopped) return;
  const message: Message = { lines: [phrase('privacy:erase.farewell')] };
  for (const row of last.values()) tray.rows.push(newRow(deps, wayOf(row), 'waiting', { message }));
}

async function tell(reaction: Extract<Reaction, { do: 'tell' }>, tray: Tray, deps: Deps): Promise<void> {
  const person = await deps.store.people.get(reaction.to);
  const to = person && destination(person);
  if (!to || (person.hasStopped && isUnasked(reaction.lane))) return;
  const content =
    'card' in reaction ? { card: reaction.card, subject: reaction.subject } : { message: reaction.message };
  const about = 'caseId' in reaction && isStaff(person.role) ? { caseId: reaction.caseId } : {};
  const { lane, at, isOfDay } = reaction;
  if (!isOfDay) return void tray.rows.push({ ...newRow(deps, to, lane, content, at), ...about });
  const later = at && at > deps.now ? at : undefined;
  tray.rows.push({ ...newRow(ofDay(deps), to, lane, content, later), ...about, isOfDay });
}

/** "Stop writing to me" holds everything but danger and answers to the person's own word. */
const isUnasked = (lane: Lane) => lane === 'routine' || lane === 'digest';

/** The account a person is written to: the preferred chat that still accepts us. */
export function destination(person: Person): Destination | undefined {
  const account = reachable(person)[0];
  return account && { ...account, language: person.language, personId: person.id, epoch: person.epoch };
}

/** Where a row goes, for another one that goes the same way. */
export const wayOf = ({ channel, account: key, address, language, personId, epoch }: OutboxRow): Destination => ({
  channel,
  key,
  address,
  language,
  personId,
  epoch,
});

/** A fresh row of the outbox. */
export function newRow(
  deps: Deps,
  to: Destination,
  lane: Lane,
  content: { message: Message } | { card: string; subject: string } | { drawn: unknown },
  at?: Date,
): OutboxRow {
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
async function refresh(subject: string, { armed, refreshed }: Following, deps: Deps): Promise<void> {
  if (refreshed.has(subject)) return;
  refreshed.add(subject);
  for (const copy of await deps.store.outbox.copiesOf(subject)) {
    if (copy.state === 'pending' || copy.state === 'not_sent' || !copy.card) continue;
    arm(
      `edit-${copy.id}`,
      { ...copy, method: 'edit', target: copy.id, lane: Math.max(copy.lane, lanes.indexOf('waiting')) },
      armed,
      deps,
    );
  }
}

async function drawHome(personId: PersonId, { armed }: Following, deps: Deps): Promise<void> {
  const person = await deps.store.people.get(personId);
  const slack = person?.accounts.find((account) => account.channel === 'slack' && !account.isDead);
  if (!person || !slack) return;
  const row = newRow(deps, { ...slack, language: person.language, personId, epoch: person.epoch }, 'waiting', {
    card: 'home',
    subject: personId,
  });
  arm(`home-${personId}`, { ...row, method: 'home' }, armed, deps);
}

/** A keyed row as it goes out now, without what an earlier turn left on it. */
function arm(id: string, row: OutboxRow, armed: Map<string, OutboxRow>, { now }: Deps): void {
  if (armed.has(id)) return;
  const { messageId: _m, chatId: _c, sentAt: _s, outcome: _o, leaseUntil: _l, message: _g, ...rest } = row;
  const {
    looks: _n,
    isPassedOn: _p,
    isSecondWay: _w,
    drawn: _d,
    after: _a,
    wantedAt: _t,
    isMarked: _r,
    ...fresh
  } = rest;
  armed.set(id, { ...fresh, id, state: 'pending', dueAt: now, createdAt: now, attempts: 0, turns: 1, version: 0 });
}

/** Looks may be repeated freely, so a keyed row is used again instead of piling up. Gives those that are not there yet. */
async function armAll(armed: Map<string, OutboxRow>, { store }: Deps): Promise<OutboxRow[]> {
  if (armed.size === 0) return [];
  const known = new Map((await store.outbox.find({ _id: { $in: [...armed.keys()] } })).map((row) => [row.id, row]));
  for (const { id, turns, version } of known.values()) {
    const row = armed.get(id);
    if (row) await store.outbox.save({ ...row, turns: turns + 1, version });
  }
  return [...armed.values()].filter(({ id }) => !known.has(id));
}
