import { cards, isSameKind } from '#core/cards.ts';
import type { OutboxRow } from '#core/delivery/outbox.ts';
import { mostLooks } from '#core/delivery/outbox-store.ts';
import type { Delivery, LoadedFile, Send, Sent, Split } from '#core/delivery/sending.ts';
import { stepStore } from '#core/delivery/step-store.ts';
import type { Message } from '#core/message.ts';
import type { Modal } from '#core/modal.ts';
import type { World } from '#core/world.ts';
import { removeTwins } from './arrived.ts';
import { calendarOf } from './calendar-file.ts';
import { filesOf, linesInsteadOf } from './load-files.ts';
import { keepParts, waitsFor } from './parts.ts';
import { qrPicture } from './qr-picture.ts';
import { notPrepared } from './settle.ts';
import { settleAnyway } from './settle-anyway.ts';
import { whyNotNeeded } from './still-needed.ts';

export type Delivering = {
  world: World;
  channel: 'telegram' | 'slack';
  send: Send;
  /** Draws a message in parts; without it a message is one part. */
  split?: Split;
  /** Looks for posts of a row by the id they carry (Slack), the oldest first. Throws when the chat cannot be asked. */
  findPosted?: (rowId: string, address: string) => Promise<Posted[]>;
  onOutcome?: (row: OutboxRow, sent: Sent) => void;
  /** The whole bot is refused (a revoked token): somebody has to look. */
  onBotShut?: (why: string) => void;
  /** A failure of ours, by id. */
  onError?: (rowId: string, error: unknown) => undefined;
};

/** A message as its chat knows it. */
export type Posted = { messageId: string; chatId: string };

const leaseMs = 30_000;

/** Takes one row and sends it: still needed? still theirs? words, send, record. Another worker's row, or one that waits: nothing. */
export async function deliver(work: Delivering, rowId: string): Promise<Sent | undefined> {
  const { world } = work;
  const now = world.clock.wall();
  const row = await world.store.outbox.claim(rowId, now, new Date(world.clock.mono() + leaseMs));
  if (!row) return undefined;
  const sent = await attempt(row, work, now);
  await settleAnyway(work, row, sent, leaseMs / 2);
  work.onOutcome?.(row, sent);
  return sent;
}

/** Prepares and sends. What fails before the sending surely was not sent; what fails in it may have been. */
async function attempt(row: OutboxRow, work: Delivering, now: Date): Promise<Sent> {
  let delivery: Delivery | string;
  try {
    delivery = await draw(row, work, now);
  } catch (error) {
    work.onError?.(row.id, error);
    return notPrepared(row);
  }
  if (delivery === 'too early') return { is: 'not_sent', why: delivery };
  if (typeof delivery === 'string') return { is: 'refused', why: delivery };
  return work.send(delivery).catch((error): Sent => {
    work.onError?.(row.id, error);
    return { is: 'unknown', why: 'the sender failed' };
  });
}

/** The row as something to do at the chat; a word instead means: not any more, or not yet. */
async function draw(row: OutboxRow, work: Delivering, now: Date): Promise<Delivery | string> {
  const to = {
    rowId: row.id,
    address: row.address,
    account: row.account,
    language: row.language,
    epoch: row.epoch,
    now,
    isMarked: row.isMarked ?? false,
  };
  const why = await whyNotNeeded(row, work.world);
  if (why) return why;
  const early = await waitsFor(row, work.world);
  if (early) return early;
  if (row.method === 'modal') return { ...to, method: 'modal', modal: row.modal as Modal, view: row.view ?? '' };
  if (row.method === 'delete') return deletionOf(row, work, to);
  if (row.drawn !== undefined) return { ...to, method: 'send', message: { lines: [] }, files: [], drawn: row.drawn };
  const message = await messageOf(row, work, now);
  if (!message) return 'not needed';
  if (row.method === 'home') return { ...to, method: 'home', message };
  if (row.method === 'send')
    return firstPart(row, { ...to, method: 'send', message: await whole(message, work), files: [] }, work, now);
  const target = await targetOf(row, work.world);
  return typeof target === 'string' ? target : { ...to, method: 'edit', message, target };
}

/** A deletion knows its message, or the row whose message it is; of a marked copy it looks for the spare one. */
async function deletionOf(row: OutboxRow, work: Delivering, to: To): Promise<Delivery | string> {
  if (!row.messageId && !row.glassId) return removeTwins(work, row);
  const target = await targetOf(row, work.world);
  return typeof target === 'string' ? target : { ...to, method: 'delete', target };
}

type To = Pick<Delivery, 'rowId' | 'address' | 'account' | 'language' | 'epoch' | 'now' | 'isMarked'>;

/** What is too long for one message is kept in rows of its own before the first byte; a message that is a file waits for its bytes. */
async function firstPart(
  row: OutboxRow,
  whole: Extract<Delivery, { method: 'send' }>,
  work: Delivering,
  now: Date,
): Promise<Delivery | string> {
  const { message, drawn, rest } = work.split?.(whole) ?? { message: whole.message, rest: [] };
  if (await waitsForFiles(message, row, work, now)) return 'too early';
  if (rest.length > 0) await keepParts(work.world, row, rest);
  const files = await loaded(message, row, work, now);
  return { ...whole, message, files, ...(drawn === undefined ? {} : { drawn }) };
}

async function messageOf(row: OutboxRow, { world, channel }: Delivering, now: Date): Promise<Message | undefined> {
  if (!row.card) return row.message as Message;
  const store = stepStore(world.store);
  const viewer = row.personId && (await store.people.get(row.personId));
  if (!viewer || viewer.status === 'left' || viewer.epoch !== row.epoch) return undefined;
  const card = cards[row.card as keyof typeof cards];
  return card?.(row.subject ?? '', {
    store,
    settings: await world.settings(),
    now,
    viewer,
    isNewest: await isNewest(row, world),
    channel,
  });
}

/** An older copy in the same chat has no buttons: only the newest ring can be pressed. */
async function isNewest(row: OutboxRow, { store }: World): Promise<boolean> {
  if (row.method !== 'edit') return true;
  const copies = await store.outbox.copiesOf(row.subject ?? '');
  const newest = copies.find(
    (copy) => copy.personId === row.personId && isSameKind(copy.card, row.card) && copy.channel === row.channel,
  );
  return !newest || newest.id === row.target;
}

async function targetOf(row: OutboxRow, { store }: World): Promise<{ chatId: string; messageId: string } | string> {
  if (row.messageId && row.chatId) return { chatId: row.chatId, messageId: row.messageId };
  const target = row.target && (await store.outbox.get(row.target));
  if (!target) return 'nothing to edit';
  if (target.messageId && target.chatId) return { chatId: target.chatId, messageId: target.messageId };
  return isUnderWay(target) ? 'too early' : 'nothing to edit';
}

/** It may still get its id: a post without an answer is looked for. */
const isUnderWay = ({ state, looks }: OutboxRow): boolean =>
  state === 'attempting' || state === 'pending' || (state === 'unknown' && looks !== undefined && looks < mostLooks);

/** Where files were refused it says so, below the words they came with. */
async function whole(message: Message, { world }: Delivering): Promise<Message> {
  const instead = await linesInsteadOf(message.files ?? [], world.store);
  return instead.length > 0 ? { ...message, lines: [...message.lines, ...instead] } : message;
}

const loaded = async (
  message: Message,
  { language }: OutboxRow,
  { world }: Delivering,
  now: Date,
): Promise<LoadedFile[]> => [
  ...(message.files ? await filesOf(message.files, world.store) : []),
  ...(message.qr ? [await qrPicture(message.qr)] : []),
  ...(message.calendar ? await calendarOf(message.calendar.appointmentId, language, now, world.store) : []),
];

const filesWaitMs = 120_000;

/** A voice that goes from one chat to the other has to be fetched first; after a while the words go without it. */
async function waitsForFiles(
  { files = [] }: Message,
  { createdAt }: OutboxRow,
  { world }: Delivering,
  now: Date,
): Promise<boolean> {
  if (files.length === 0 || now.getTime() - createdAt.getTime() > filesWaitMs) return false;
  return (await world.store.files.find({ _id: { $in: files }, state: 'known' }, { limit: 1 })).length > 0;
}
