import type { OpenForm } from '#core/conversations/conversation-store.ts';
import { phrase } from '#core/phrase.ts';
import { refsOf } from '../screens/keeping.ts';
import { askNext, formOf, question } from './fill-form.ts';
import type { Field, FormAnswers } from './form.ts';
import type { Answer, Turn } from './turn.ts';

/** Telegram's apps cut what is longer than 4096 signs into several messages, which come one right after the other. */
const fullMessage = 4000;
const togetherMs = 10_000;

/** What stands in `shown` of a question whose answer was too long: the rest of that text is no answer either. */
export const tooLongMark = 'too long';

/** The rest of a long text belongs to the answer it was cut from; `undefined` when it is a text of its own. */
export async function restOfLongText(turn: Turn, text: string): Promise<Answer | undefined> {
  const open = turn.conversation.form;
  if (!open || turn.incoming.channel === 'slack') return undefined;
  if (turn.now.getTime() - open.touchedAt.getTime() > togetherMs) return undefined;
  if (open.shown?.[0] === tooLongMark) return {};
  const field = answeredLast(open);
  const answer = field && wordsOf(open, field);
  if (!field || !answer || answer.words.length < fullMessage) return undefined;
  if (!joinWords(open, field, text, ' ')) return undefined;
  return open.isPlayback ? askNext(turn) : {};
}

/** Puts words behind those of an answer; false when it has none, or would be too long. */
export function joinWords(open: OpenForm, field: Field, text: string, between = '\n'): boolean {
  const answer = wordsOf(open, field);
  const joined = [answer?.words, text].filter(Boolean).join(between);
  if (!answer || joined.length > mostOf(field)) return false;
  open.answers[field.key] = { ...answer, words: joined };
  return true;
}

/** Words that were an answer of a form not sent yet, corrected in the chat; `undefined` when they were none. */
export async function correctAnswer(turn: Turn, text: string): Promise<Answer | undefined> {
  const { ref } = refsOf(turn);
  const { form: open, drafts } = turn.conversation;
  const found = [...(open ? [open] : []), ...drafts].find((one) => ref && keyWithRef(one, ref));
  const key = found && ref && keyWithRef(found, ref);
  if (!found || !key) return undefined;
  found.answers[key] = { ...(found.answers[key] as WordsWithRef), words: text };
  if (found !== open) return { say: [{ lines: [phrase('general:changed')] }] };
  const field = formOf(open).fields.find((one) => one.key === open.field);
  if (!field) return askNext(turn);
  const asked = await question(turn, formOf(open), open, field);
  return { say: [{ ...asked, lines: [phrase('general:changed'), ...asked.lines] }] };
}

/** UTF-16 units a field takes: a report may be long. */
export const mostOf = (field: Field): number =>
  field.kind !== 'words' ? 200 : (field.atMost ?? (field.mayHaveFiles === true ? 20_000 : 4000));

type WordsWithRef = { words: string; files: FormAnswers[string][]; ref?: string };

const wordsOf = ({ answers }: OpenForm, { key }: Field): WordsWithRef | undefined => {
  const answer = answers[key];
  return typeof answer === 'object' && answer !== null ? (answer as WordsWithRef) : undefined;
};

/** The words that were answered right before the open question, or before the play-back. */
export function answeredLast(open: OpenForm): Field | undefined {
  const { fields } = formOf(open);
  const at = open.isPlayback ? fields.length : fields.findIndex(({ key }) => key === open.field);
  const before = fields.slice(0, at).findLast(({ key }) => open.answers[key] !== undefined);
  return before?.kind === 'words' ? before : undefined;
}

const keyWithRef = ({ answers }: OpenForm, ref: string): string | undefined =>
  Object.keys(answers).find((key) => (answers[key] as Partial<WordsWithRef> | undefined)?.ref === ref);
