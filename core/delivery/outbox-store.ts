import type { Connection } from 'mongoose';
import { openCollection } from '../collection.ts';
import type { Seal } from '../seal.ts';
import { OutboxRow } from './outbox.ts';

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
        outcome: 'open',
        isMarked: 'open',
      },
      indexes: [
        { fields: { channel: 1, state: 1, lane: 1, dueAt: 1, order: 1 } },
        { fields: { subject: 1, method: 1, state: 1 }, isSparse: true },
        { fields: { personId: 1, createdAt: -1 } },
        { fields: { createdAt: -1 } },
      ],
      blind: { account: { of: (row) => [`${row.channel}:${row.account}`] } },
    },
    connection,
    seal,
  );
  return {
    ...rows,
    /** Copies of a card about `subject` that went out or are on their way, newest first. */
    copiesOf: (subject: string) =>
      rows.find(
        { subject, method: 'send', state: { $in: ['pending', 'attempting', 'not_sent', 'sent', 'unknown'] } },
        { sort: { createdAt: -1 }, limit: 200 },
      ),
    due: (channel: string, now: Date, limit: number) =>
      rows.find(
        { channel, state: { $in: ['pending', 'not_sent'] }, dueAt: { $lte: now } },
        { sort: { lane: 1, dueAt: 1, order: 1 }, limit },
      ),
    /** Takes a row for sending: a majority write before the first byte. */
    claim: (id: string, now: Date, leaseUntil: Date) =>
      rows.change(
        id,
        { state: { $in: ['pending', 'not_sent'] }, dueAt: { $lte: now } },
        { state: 'attempting', leaseUntil },
        { attempts: 1 },
      ),
    /** Writes what came of an attempt, unless the row was armed again meanwhile. */
    settle: (row: OutboxRow, fields: Partial<OutboxRow>) =>
      rows.change(row.id, { state: 'attempting', turns: row.turns }, fields),
    overdue: (channel: string, now: Date) =>
      rows.find({ channel, state: 'attempting', leaseUntil: { $lte: now } }, { limit: 50 }),
    ofAccount: (channel: string, account: string) => rows.byBlind('account', [`${channel}:${account}`]),
  };
}
