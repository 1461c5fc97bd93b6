import type { Connection } from 'mongoose';
import { openCollection } from '../collection.ts';
import { channels } from '../roles.ts';
import { keyOfAccount, type Seal } from '../seal.ts';
import { lanes, OutboxRow } from './outbox.ts';

/** Looks at 2, 10 and 30 seconds (`delivery.md` 4). */
export const mostLooks = 3;
const waitingLane = lanes.indexOf('waiting');
const noneKeptMs = 5000;
const unreadable = 'cannot be read';

/** The outbox. Rows are added inside steps; the dispatcher of each bot takes and settles them. */
export function outboxStore(connection: Connection, seal: Seal) {
  const rows = openCollection<OutboxRow>(
    {
      name: 'outbox',
      type: OutboxRow,
      classes: {
        state: 'open',
        lane: 'open',
        dueAt: 'open',
        createdAt: 'open',
        order: 'open',
        modal: 'special',
        drawn: 'special',
        after: 'open',
        view: 'open',
        method: 'open',
        channel: 'open',
        address: 'personal',
        account: 'personal',
        language: 'open',
        personId: 'open',
        epoch: 'open',
        message: 'special',
        card: 'open',
        subject: 'open',
        target: 'open',
        turns: 'open',
        attempts: 'open',
        leaseUntil: 'open',
        messageId: 'open',
        chatId: 'personal',
        sentAt: 'open',
        isOfDay: 'open',
        outcome: 'open',
        isMarked: 'open',
        looks: 'open',
        isPassedOn: 'open',
        isSecondWay: 'open',
        wantedAt: 'open',
        foldedInto: 'open',
        isWhole: 'open',
        earlier: 'personal',
        caseId: 'open',
        glassId: 'open',
      },
      keyOf: (row) => (row.personId ? `person:${row.personId}` : keyOfAccount(seal, row.channel, row.account)),
      indexes: [
        { fields: { channel: 1, state: 1, lane: 1, dueAt: 1, order: 1 } },
        { fields: { subject: 1, method: 1, state: 1 }, isSparse: true },
        { fields: { personId: 1, createdAt: -1 } },
        { fields: { createdAt: -1 } },
        { fields: { after: 1 }, isSparse: true },
        { fields: { foldedInto: 1 }, isSparse: true },
        { fields: { glassId: 1 }, isSparse: true },
      ],
      blind: { account: { of: (row) => [`${row.channel}:${row.account}`] } },
    },
    connection,
    seal,
  );
  let noneSince: number | undefined;
  return {
    ...rows,
    /** Copies of a card about `subject` that went out or are on their way, newest first. */
    copiesOf: (subject: string) =>
      rows.find(
        { subject, method: 'send', state: { $in: ['pending', 'attempting', 'not_sent', 'sent', 'unknown'] } },
        { sort: { createdAt: -1 }, limit: 200 },
      ),
    /** The part of a long message that comes after this row. */
    partAfter: (rowId: string) => rows.first({ after: rowId }),
    /** What may leave now, the most pressing lane first. A row that cannot be read is put aside: the others go on. */
    async due(channel: string, now: Date, limit: number): Promise<OutboxRow[]> {
      const { sound, broken } = await rows.findSound(
        { channel, state: { $in: ['pending', 'not_sent'] }, dueAt: { $lte: now } },
        { sort: { lane: 1, dueAt: 1, order: 1 }, limit },
      );
      await rows.setAside(broken, { state: 'refused', outcome: unreadable });
      return sound;
    },
    /** Unsure posts that are to be looked for now. */
    unsure: async (channel: string, now: Date) =>
      (
        await rows.findSound(
          { channel, state: 'unknown', looks: { $lt: mostLooks }, dueAt: { $lte: now } },
          { sort: { lane: 1, dueAt: 1 }, limit: 20 },
        )
      ).sound,
    /** Takes a row for sending: a majority write before the first byte. */
    claim: (id: string, now: Date, leaseUntil: Date) =>
      rows.change(
        id,
        { state: { $in: ['pending', 'not_sent'] }, dueAt: { $lte: now } },
        { state: 'attempting', leaseUntil },
        { attempts: 1 },
      ),
    /** Writes what came of an attempt, unless the row was armed or tried again meanwhile. */
    settle(row: OutboxRow, fields: Partial<OutboxRow>): Promise<OutboxRow | undefined> {
      if (fields.state === 'unknown') noneSince = undefined;
      return rows.change(row.id, { state: 'attempting', turns: row.turns, attempts: row.attempts }, fields, {}, row);
    },
    /** The chat's yes came after its attempt was given up: the spare copy is not sent. */
    settleLate: (row: OutboxRow, fields: Partial<OutboxRow>) =>
      rows.change(
        row.id,
        { state: { $in: ['unknown', 'not_sent'] }, turns: row.turns, attempts: row.attempts },
        fields,
        {},
        row,
      ),
    /** The next look at an unsure post, or what it showed. */
    settleUnsure: (row: OutboxRow, fields: Partial<OutboxRow>) =>
      rows.change(
        row.id,
        { state: 'unknown', turns: row.turns, attempts: row.attempts, looks: row.looks },
        fields,
        {},
        row,
      ),
    async overdue(channel: string, now: Date): Promise<OutboxRow[]> {
      const { sound, broken } = await rows.findSound(
        { channel, state: 'attempting', leaseUntil: { $lte: now } },
        { limit: 50 },
      );
      await rows.setAside(broken, { state: 'refused', outcome: unreadable });
      return sound;
    },
    /** Rows put aside because nobody could read them. */
    unreadable: () => rows.count({ outcome: unreadable }),
    /** Danger, abuse and urgent that should have left by `before`. */
    lateUrgent: (before: Date) =>
      rows.count({
        channel: { $in: [...channels] },
        state: { $in: ['pending', 'not_sent'] },
        lane: { $lte: 2 },
        dueAt: { $lte: before },
      }),
    /** What went out or was refused so long ago that nothing is changed in it any more. */
    forgetSettled: (before: Date) => rows.remove({ state: { $in: ['sent', 'refused'] }, createdAt: { $lt: before } }),
    ofAccount: (channel: string, account: string) => rows.byBlind('account', [`${channel}:${account}`]),
    /** What a person should have got in this chat and has not, and the digest that is on its way to them. */
    waitingFor: (personId: string, channel: string) =>
      rows.find(
        { personId, channel, method: 'send', state: { $in: ['pending', 'not_sent'] }, lane: { $gte: waitingLane } },
        { sort: { lane: 1, dueAt: 1, order: 1 }, limit: 500 },
      ),
    /** What a digest stands for. */
    foldedIn: (digestId: string) =>
      rows.find({ foldedInto: digestId }, { sort: { lane: 1, createdAt: 1 }, limit: 500 }),
    /** Messages since then of which nobody knows whether they arrived. That there is none is kept for some seconds: each home asks. */
    async unsureSince(since: Date): Promise<OutboxRow[]> {
      if (noneSince !== undefined && Math.abs(since.getTime() - noneSince) < noneKeptMs) return [];
      const found = await rows.find(
        { channel: { $in: [...channels] }, state: 'unknown', method: 'send', createdAt: { $gte: since } },
        { sort: { createdAt: -1 }, limit: 100 },
      );
      noneSince = found.length === 0 ? since.getTime() : undefined;
      return found;
    },
    /** Whether this message of a chat is one we know. */
    isKnown: async (channel: string, account: string, messageId: string) =>
      (await rows.byBlind('account', [`${channel}:${account}`], { messageId })).length > 0,
    /** Messages to an account of which nobody knows whether they arrived. */
    unsureOf: (channel: string, account: string) =>
      rows.byBlind('account', [`${channel}:${account}`], { state: 'unknown', method: 'send' }),
  };
}
