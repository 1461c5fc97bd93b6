import { z } from 'zod';
import type { Reaction } from '../reactions.ts';
import { type Channel, channels } from '../roles.ts';
import type { MailboxItem } from './mailbox-store.ts';

/**
 * The synthetic alert of one bot: every quarter of an hour it goes the whole way, mailbox, step, timer, outbox, chat, and is taken away again.
 * It is no alert of anybody: no figure, no journal and no home knows it (`delivery.md` 5).
 */
export const Probe = z.object({
  id: z.enum(channels),
  version: z.number().int(),
  /** The chat that was set aside for it. */
  address: z.string(),
  /** When it was first asked for; then when the newest one began and, once the chat had it, came back. */
  since: z.date(),
  begunAt: z.date(),
  rowId: z.string().optional(),
  backAt: z.date().optional(),
});
export type Probe = z.infer<typeof Probe>;

const prefix = 'probe:';

/** The item by which it enters, in a lane of its own. */
export const probeItem = (channel: Channel, now: Date): MailboxItem => ({
  id: `${prefix}${channel}:${now.getTime()}`,
  version: 0,
  channel,
  lane: `${channel}:probe`,
  order: now.getTime(),
  receivedAt: now,
  state: 'waiting',
  attempts: 0,
  dueAt: now,
});

/** Whether an item of the mailbox is a synthetic alert. */
export const isProbe = ({ id }: Pick<MailboxItem, 'id'>): boolean => id.startsWith(prefix);

/** What its step leaves behind: a timer that is due at once. */
export const probeTimer = ({ channel }: Pick<MailboxItem, 'channel'>, now: Date): Reaction => ({
  do: 'timer',
  key: `probe-${channel}`,
  kind: 'probe',
  subject: channel,
  at: now,
});
