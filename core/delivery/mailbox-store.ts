import type { Connection } from 'mongoose';
import { z } from 'zod';
import { openCollection } from '../collection.ts';
import { channels } from '../roles.ts';
import { keyOfDay, type Seal } from '../seal.ts';

/**
 * What the receivers stored before they acknowledged: the raw update or payload, sealed. Its key is its id.
 * `lane` is one account; items of a lane are worked on one after another, in the order of `order`.
 */
export const MailboxItem = z.object({
  id: z.string(),
  version: z.number().int(),
  channel: z.enum(channels),
  lane: z.string(),
  order: z.number(),
  receivedAt: z.date(),
  state: z.enum(['waiting', 'done', 'parked']),
  /** Failures of the handler. `starts`: how often it was begun; what neither failed nor ended took its process with it. */
  attempts: z.number().int(),
  starts: z.number().int().optional(),
  dueAt: z.date(),
  /** Its words speak of danger: its lane comes first. The receiver says so, as what was said is sealed until its turn. */
  isPressing: z.boolean().optional(),
  body: z.unknown().optional(),
  /** Second key, for a signed request: its signature is a nonce. */
  nonce: z.string().optional(),
  doneAt: z.date().optional(),
  outcome: z.string().optional(),
});
export type MailboxItem = z.infer<typeof MailboxItem>;

/** The mailbox (`delivery.md` 2). A done item drops its body and keeps its key. */
export function mailboxStore(connection: Connection, seal: Seal) {
  const items = openCollection<MailboxItem>(
    {
      name: 'mailbox',
      type: MailboxItem,
      classes: {
        channel: 'open',
        lane: 'open',
        order: 'open',
        receivedAt: 'open',
        state: 'open',
        attempts: 'open',
        starts: 'open',
        dueAt: 'open',
        isPressing: 'open',
        body: 'special',
        nonce: 'open',
        doneAt: 'open',
        outcome: 'open',
      },
      keyOf: ({ receivedAt, state, lane }) => (state === 'parked' ? `account:${lane}` : keyOfDay(receivedAt)),
      indexes: [
        { fields: { state: 1, lane: 1, order: 1 } },
        { fields: { state: 1, dueAt: 1 } },
        { fields: { nonce: 1 }, isUnique: true, isSparse: true },
        { fields: { receivedAt: 1 } },
      ],
    },
    connection,
    seal,
  );
  return {
    ...items,
    waitingIn: (lane: string, limit = 20) => items.find({ state: 'waiting', lane }, { sort: { order: 1 }, limit }),
    /** Lanes in which something may be done now: one account's flood does not hide the others. */
    waitingLanes: (now: Date) => items.distinct('lane', { state: 'waiting', dueAt: { $lte: now } }),
    /** Of these the ones in which somebody may be in danger. */
    pressingLanes: (now: Date) => items.distinct('lane', { state: 'waiting', dueAt: { $lte: now }, isPressing: true }),
    /**
     * The first item of a lane is begun, found and counted in one trip. One that waits for its time is found too, but not counted: nothing
     * behind it may overtake it. Nor is one that ended its process `mostEnds` times: it is a suspect, and begun when its turn comes, so that what
     * only waits is never charged with the end of another. Of one that cannot be read it gives the id.
     */
    async begin(lane: string, now: Date, mostEnds = Number.MAX_SAFE_INTEGER): Promise<Beginning> {
      const { before, broken } = await items.changeFirst(
        { state: 'waiting', lane },
        { order: 1 },
        counted(now, mostEnds),
      );
      if (before && before.dueAt > now) return {};
      if (before && endsOf(before) >= mostEnds) return { suspect: before };
      if (before) return { begun: { ...before, starts: (before.starts ?? 0) + 1, version: before.version + 1 } };
      return broken ? { broken } : {};
    },
    /** Puts one that cannot be read aside. */
    putAside: (id: string) => items.setAside([id], { state: 'parked', outcome: 'cannot be read' }),
    /** Words of people that were not done since `before`, however often they were tried. */
    late: (before: Date) => items.count({ state: 'waiting', receivedAt: { $lte: before } }),
    parked: () => items.count({ state: 'parked' }),
    /** Their keys are needed no more: copies come within a day (`delivery.md` 2). */
    forgetDone: (before: Date) => items.remove({ state: 'done', receivedAt: { $lt: before } }),
    waiting: (now: Date, limit = 200) =>
      items.find({ state: 'waiting', dueAt: { $lte: now } }, { sort: { order: 1 }, limit }),
  };
}

/** What came of beginning a lane: nothing, while its first item waits or there is none. */
type Beginning = { begun?: MailboxItem; suspect?: MailboxItem; broken?: string };

/** How often its process ended while it was under way. */
const endsOf = ({ starts = 0, attempts }: MailboxItem): number => starts - attempts;

/** One beginning more, if its time has come and it is no suspect; else nothing is changed. */
const counted = (now: Date, mostEnds: number) => {
  const starts = { $ifNull: ['$starts', 0] };
  const isBegun = { $and: [{ $lte: ['$dueAt', now] }, { $lt: [{ $subtract: [starts, '$attempts'] }, mostEnds] }] };
  return [
    {
      $set: {
        starts: { $cond: [isBegun, { $add: [starts, 1] }, '$starts'] },
        version: { $cond: [isBegun, { $add: ['$version', 1] }, '$version'] },
      },
    },
  ];
};
