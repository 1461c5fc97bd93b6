import type { Connection } from 'mongoose';
import { z } from 'zod';
import { openCollection } from '../collection.ts';
import { PersonId } from '../id.ts';
import { languages } from '../phrase.ts';
import type { Seal } from '../seal.ts';

/** An open form: which, where it stands, what was answered so far. Answers are sealed. */
export const OpenForm = z.object({
  name: z.string(),
  /** Id of this filling-in; buttons name it, so that an older one cannot answer. */
  run: z.string(),
  field: z.string(),
  answers: z.record(z.string(), z.unknown()),
  /** Choices as they were shown, so that a button means what was read. */
  shown: z.array(z.string()).optional(),
  /** The row of the outbox that asked the open question first. */
  askedIn: z.string().optional(),
  /** True while the play-back is shown, or a single part is being changed. */
  isPlayback: z.boolean(),
  isChanging: z.boolean(),
  startedAt: z.date(),
  touchedAt: z.date(),
});
export type OpenForm = z.infer<typeof OpenForm>;

/** What was sent in the minute and the hour that run, and whether it was said that it is too much. */
const InputPace = z.object({
  minuteFrom: z.date(),
  inputs: z.number().int(),
  isTold: z.boolean(),
  hourFrom: z.date(),
  files: z.number().int(),
  isFilesTold: z.boolean(),
});
export type InputPace = z.infer<typeof InputPace>;

/** The talk with one account: its open form, drafts put aside, language before a link, how often we did not understand. */
export const Conversation = z.object({
  /** The lane of the account: its chat and a blind digest. */
  id: z.string(),
  version: z.number().int(),
  personId: PersonId.optional(),
  language: z.enum(languages).optional(),
  form: OpenForm.optional(),
  drafts: z.array(OpenForm),
  /** The filling-in that was sent last: its buttons may be pressed once more. */
  sentRun: z.string().optional(),
  misses: z.number().int(),
  hasStopped: z.boolean(),
  /** A message to this account may not have arrived: a pressed button of it would prove that it did. */
  hasUnsure: z.boolean().optional(),
  pace: InputPace.optional(),
  /** The answer that waits to be said once for many messages, and since when. */
  together: z.object({ rowId: z.string(), since: z.date() }).optional(),
  /** The album whose first part was answered last. */
  album: z.string().optional(),
  /** Rising number of the worker that last held the lane: a worker that lost its lease cannot commit. */
  fence: z.number().int(),
  touchedAt: z.date(),
});
export type Conversation = z.infer<typeof Conversation>;

/** Conversations by account. The id is a blind digest, as an account is personal. */
export function conversationStore(connection: Connection, seal: Seal) {
  const conversations = openCollection<Conversation>(
    {
      name: 'conversations',
      type: Conversation,
      classes: {
        personId: 'open',
        language: 'open',
        form: 'special',
        drafts: 'special',
        sentRun: 'open',
        misses: 'open',
        hasStopped: 'open',
        hasUnsure: 'open',
        pace: 'open',
        together: 'open',
        album: 'open',
        fence: 'open',
        touchedAt: 'open',
      },
      keyOf: ({ id, personId }) => (personId ? `person:${personId}` : `account:${id}`),
      whenErased: { drafts: [] },
      indexes: [{ fields: { personId: 1 } }],
    },
    connection,
    seal,
  );
  return { ...conversations, of: (lane: string) => conversations.get(lane) };
}
