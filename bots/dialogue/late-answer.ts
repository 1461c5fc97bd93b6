import type { OutboxRow } from '#core/delivery/outbox.ts';
import { phrase } from '#core/phrase.ts';
import { refsOf } from '../screens/keeping.ts';
import { keepWith, takesFiles } from './answer-form.ts';
import { askNext } from './fill-form.ts';
import type { IncomingFile } from './incoming.ts';
import { answeredLast, joinWords } from './same-answer.ts';
import type { Answer, Turn } from './turn.ts';

/**
 * Words and files sent before who sent them could see the open question, as after a while without network: they belong to the answer before it.
 * `undefined` when the question was there, or when that answer does not take them.
 */
export async function joinLate(turn: Turn, words: string, files: IncomingFile[] = []): Promise<Answer | undefined> {
  const open = turn.conversation.form;
  if (!open || turn.incoming.channel === 'slack') return undefined;
  const field = answeredLast(open);
  if (!field || !(await isUnseen(turn, open.askedIn))) return undefined;
  if (files.length > 0) {
    if (!takesFiles(field, files)) return undefined;
    await keepWith(turn, open, field, files, words);
  } else if (!joinWords(open, field, words)) return undefined;
  open.touchedAt = turn.now;
  if (open.isPlayback) return askNext(turn);
  const said = field.label ? phrase('general:addedTo', { what: field.label }) : phrase('general:saved');
  return { say: [{ lines: [said] }] };
}

/** Ids of a chat rise: what has a lower one than the question was written before it. A question that has not left yet was seen by nobody. */
async function isUnseen(turn: Turn, askedIn: string | undefined): Promise<boolean> {
  const { ref } = refsOf(turn);
  const asked = ref && askedIn ? await turn.store.outbox.get(askedIn) : undefined;
  if (!asked) return false;
  if (turn.receivedAt && turn.receivedAt < asked.createdAt) return true;
  if (asked.state === 'sent') return idIn(turn) < Number(asked.messageId);
  return turn.receivedAt !== undefined && isOnItsWay(asked, turn);
}

/** Later than this an attempt without an answer may be one whose answer was lost. */
const readMs = 2000;

const isOnItsWay = ({ state, createdAt }: OutboxRow, { now }: Turn): boolean =>
  state === 'pending' || (state === 'attempting' && now.getTime() - createdAt.getTime() < readMs);

const idIn = ({ incoming }: Turn): number => ('message' in incoming ? Number(incoming.message?.messageId) : Number.NaN);
