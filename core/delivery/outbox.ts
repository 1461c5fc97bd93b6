import { z } from 'zod';
import { GlassId, PersonId } from '../id.ts';
import { languages } from '../phrase.ts';
import { channels } from '../roles.ts';
import { startOfDay } from '../time.ts';

/** Lanes of the outbox, the most pressing first (`delivery.md` 4). */
export const lanes = ['danger', 'abuse', 'urgent', 'waiting', 'routine', 'digest'] as const;
export type Lane = (typeof lanes)[number];

/** The six states of a row (`delivery.md` 4). */
export const rowStates = ['pending', 'attempting', 'sent', 'refused', 'not_sent', 'unknown'] as const;

/** One message, for one person at one address, in one of six states. Content is sealed; a card is drawn when it is sent. */
export const OutboxRow = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(rowStates),
  lane: z.number().int(),
  dueAt: z.date(),
  createdAt: z.date(),
  /** Order among rows of the same instant. */
  order: z.number().int(),
  /**
   * `send` a new message, `edit` one that was sent, `home` draws an App Home, `modal` fills a Slack view that was opened at the tap, `delete` takes
   * a spare copy away.
   */
  method: z.enum(['send', 'edit', 'home', 'modal', 'delete']),
  channel: z.enum(channels),
  address: z.string(),
  /** The chat's own id of the account; buttons are bound to it. */
  account: z.string(),
  language: z.enum(languages),
  personId: PersonId.optional(),
  epoch: z.number().int(),
  /** Phrases to say, when it is not a card. */
  message: z.unknown().optional(),
  /** For `modal`: what to show, and the external id of the view. */
  modal: z.unknown().optional(),
  view: z.string().optional(),
  /** A part of a long message as its chat takes it, and the row of the part before it. */
  drawn: z.unknown().optional(),
  after: z.string().optional(),
  card: z.string().optional(),
  subject: z.string().optional(),
  /** For `edit`: the row whose message is changed. For a keyed row that is armed again, `turns` counts the armings. */
  target: z.string().optional(),
  turns: z.number().int(),
  attempts: z.number().int(),
  leaseUntil: z.date().optional(),
  /** Set by the chat when it accepted: Telegram message id, or Slack channel and ts. */
  messageId: z.string().optional(),
  chatId: z.string().optional(),
  sentAt: z.date().optional(),
  /** Its times tell the day only: their instants would lead to somebody who is not named (`isOfDay` of a reaction). */
  isOfDay: z.literal(true).optional(),
  /** Why it was refused or not sent: a code, never content. */
  outcome: z.string().optional(),
  isMarked: z.boolean().optional(),
  /** How often a post without an answer was looked for. */
  looks: z.number().int().optional(),
  /** Its news was given another way meanwhile; `isSecondWay`: it is that other way itself. */
  isPassedOn: z.boolean().optional(),
  isSecondWay: z.boolean().optional(),
  /** When it should have left at first; set once it was put off. */
  wantedAt: z.date().optional(),
  /** The digest in which it is counted instead of being sent; `isWhole`: asked for out of a digest, it is not folded again. */
  foldedInto: z.string().optional(),
  isWhole: z.boolean().optional(),
  /** A first copy whose yes came after the marked one had been begun. */
  earlier: z.object({ messageId: z.string(), chatId: z.string() }).optional(),
  /** The case it is about, for somebody on staff: many of one case within minutes become one. */
  caseId: z.string().optional(),
  /** The urgent access by which it shows a foreign case: gone from the chat when that ends. */
  glassId: GlassId.optional(),
});
export type OutboxRow = z.infer<typeof OutboxRow>;

/** As much of a row as its dispatcher must know before it takes it. `fold`: messages with the same mark may become one. */
export type OutboxHead = Pick<OutboxRow, 'id' | 'channel' | 'address' | 'lane' | 'method'> & {
  fold?: string | undefined;
};

/** As much of this row as its dispatcher must know. */
export const headOf = (row: OutboxRow): OutboxHead => {
  const { id, channel, address, lane, method } = row;
  return { id, channel, address, lane, method, fold: foldOf(row) };
};

/** Cards of one case for one person on staff; what is urgent never folds, nor what was asked for out of a digest. */
const foldOf = ({ method, lane, card, caseId, personId, isWhole }: OutboxRow): string | undefined =>
  method === 'send' && !isUrgent({ lane }) && card && !neverFolded.includes(card) && caseId && !isWhole
    ? `${personId}:${caseId}`
    : undefined;

/** Who raises a danger is answered at once, with 112; a supervisor hears of an urgent access now. */
const neverFolded = ['digest', 'alert-raised', 'break-glass'];

/** Danger, abuse and urgent: such a row never waits in silence. */
export const isUrgent = ({ lane }: Pick<OutboxRow, 'lane'>): boolean => lane <= lanes.indexOf('urgent');

/** When a row was sent, for the row; of one that tells the day only nothing else is left. */
export const sentTimes = ({ isOfDay, createdAt }: Pick<OutboxRow, 'isOfDay' | 'createdAt'>, now: Date) =>
  isOfDay ? { sentAt: startOfDay(now), dueAt: createdAt } : { sentAt: now };
