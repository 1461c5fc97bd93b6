import type { OpenForm } from '#core/conversations/conversation-store.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import { isOfStaff, keep, refsOf } from '../screens/keeping.ts';
import { keepFiles } from './files.ts';
import { askNext, formOf, isEarly, question } from './fill-form.ts';
import { type Field, type Form, type FormAnswers, momentOf, type Option } from './form.ts';
import type { IncomingFile } from './incoming.ts';
import { instantsIn } from './read-moment.ts';
import { phoneIn } from './read-phone.ts';
import { mostOf, tooLongMark } from './same-answer.ts';
import { isSaid } from './same-text.ts';
import type { Answer, Turn } from './turn.ts';

/** The question somebody is at. */
export type At = { form: Form; open: OpenForm; field: Field };

/** The question that is open, if there is one. */
export function openQuestion(turn: Turn): At | undefined {
  const open = turn.conversation.form;
  if (!open || turn.incoming.channel === 'slack') return undefined;
  const form = formOf(open);
  const field = form?.fields.find(({ key }) => key === open.field);
  return field && { form, open, field };
}

/** Typed words at a question: a choice by its label, an instant, a phone number, or just the words. */
export async function answerWithText(turn: Turn, at: At, text: string): Promise<Answer> {
  const { field, open } = at;
  if (field.kind === 'choice') return chooseByText(turn, at, text);
  if (field.kind === 'moment') return momentByText(turn, at, text);
  if (field.kind === 'phone') return phoneByText(turn, at, text);
  const before = open.answers[field.key];
  const files = typeof before === 'object' && before !== null ? (before as { files: never[] }).files : [];
  if (text.length > mostOf(field)) return tooLong(turn, at);
  const { ref } = refsOf(turn);
  open.answers[field.key] = { words: text, files, ...(ref ? { ref } : {}) };
  return askNext(turn);
}

/** Nothing is cut off unseen: the question is asked again, with how much it takes. */
async function tooLong(turn: Turn, { form, open, field }: At): Promise<Answer> {
  const asked = await question(turn, form, open, field);
  open.shown = [tooLongMark];
  open.touchedAt = turn.now;
  return { say: [{ ...asked, lines: [phrase('errors:tooLongField', { most: mostOf(field) }), ...asked.lines] }] };
}

/** The open question once more, below what was not right. */
export async function askAgain(turn: Turn, { form, open, field }: At, ...why: Phrase[]): Promise<Answer> {
  const asked = await question(turn, form, open, field);
  return { say: [{ ...asked, lines: [...why, ...asked.lines] }] };
}

/** What is no choice, no number and no hour may still be a word to us: a human reads it (`experience.md` 1). Staff see that it was not taken. */
async function keptForTeam(turn: Turn, text: string): Promise<Phrase[]> {
  if (isOfStaff(turn)) return [];
  const kept = await keep(turn, { words: text, files: [] });
  return kept.is === 'refused' ? [] : [phrase('errors:kept')];
}

async function chooseByText(turn: Turn, { form, open, field }: At, text: string): Promise<Answer> {
  if (field.kind !== 'choice') return {};
  const options = await field.options(turn, open.answers as FormAnswers);
  const exact = options.find(({ label }) => isSaid(text, label, turn.language));
  if (exact) {
    open.answers[field.key] = exact.value;
    return askNext(turn);
  }
  const found = field.search ? await field.search(turn, text) : [];
  if (found.length > 0) return offer(turn, { form, open, field }, found);
  const why = [phrase(field.search ? 'work:caseNotFound' : 'errors:chooseButton'), ...(await keptForTeam(turn, text))];
  return askAgain(turn, { form, open, field }, ...why);
}

async function offer(turn: Turn, { form, open, field }: At, options: Option[]): Promise<Answer> {
  const narrowed = { ...field, options: () => options } as Field;
  const message = await question(
    turn,
    { ...form, fields: form.fields.map((one) => (one === field ? narrowed : one)) },
    open,
    narrowed,
  );
  return { say: [message] };
}

async function momentByText(turn: Turn, at: At, text: string): Promise<Answer> {
  const { field, open } = at;
  if (field.kind !== 'moment') return {};
  const instants = instantsIn(text, turn.now, field.isDay);
  const read = instants.filter(
    (instant) => field.direction === 'any' || (field.direction === 'future' ? instant > turn.now : instant <= turn.now),
  );
  if (read.length === 0) {
    const { buttons = [] } = await question(turn, at.form, open, field);
    const why =
      instants.length > 0 ? [wrongSide(field.direction)] : [notRead(field), ...(await keptForTeam(turn, text))];
    return { say: [{ lines: why, buttons }] };
  }
  if (read.length > 1)
    return offer(
      turn,
      at,
      read.map((instant) => ({
        value: instant.toISOString(),
        label: phrase('general:plain', { text: momentOf(field, instant) }),
      })),
    );
  const instant = read[0] as Date;
  open.answers[field.key] = instant.toISOString();
  const next = await askNext(turn);
  return {
    ...next,
    say: [{ lines: [phrase('general:picked', { what: momentOf(field, instant) })] }, ...(next.say ?? [])],
  };
}

type Direction = Extract<Field, { kind: 'moment' }>['direction'];

const wrongSide = (direction: Direction) =>
  phrase(direction === 'past' ? 'notes:whenFuture' : 'appointments:date.past');

function notRead({ direction, isDay }: Extract<Field, { kind: 'moment' }>): Phrase {
  if (isDay) return phrase('duty:needDay');
  return phrase(direction === 'past' ? 'notes:ask.whenOther' : 'appointments:date.notUnderstood');
}

async function phoneByText(turn: Turn, at: At, text: string): Promise<Answer> {
  const { open, field } = at;
  const phone = phoneIn(text);
  if (!phone) return askAgain(turn, at, phrase('errors:needPhone'), ...(await keptForTeam(turn, text)));
  open.answers[field.key] = phone;
  return askNext(turn);
}

/** Files at a question: kept with it, or with the last question that takes files; a late photo still finds its report. */
export async function answerWithFiles(
  turn: Turn,
  at: At,
  files: IncomingFile[],
  caption: string,
): Promise<Answer | undefined> {
  const { form, open } = at;
  const field = takesFiles(at.field, files) ? at.field : (answeredWithFiles(form, open, files) ?? toCome(form, files));
  if (!field) return undefined;
  const isEarly = field !== at.field && !isAnswerEnough(form, open, field, files);
  await keepWith(turn, open, field, files, caption, isEarly);
  if (form.isSentAtOnce && field === at.field) return askNext(turn);
  if (field !== at.field)
    return { say: [{ lines: [phrase('general:saved')] }, await question(turn, form, open, at.field)] };
  const next = {
    label: phrase('general:button.next'),
    action: 'form.skip' as const,
    subject: open.run,
    version: form.fields.indexOf(field),
  };
  return { say: [{ lines: [phrase('general:oneMore')], buttons: [[next]] }] };
}

/** Whether these files may answer this question. */
export const takesFiles = (field: Field, files: IncomingFile[]) =>
  field.kind === 'words' && (field.mayHaveFiles === true || (field.mayHaveFiles === 'voice' && files.every(isSpoken)));
const isSpoken = ({ kind }: IncomingFile) => kind === 'voice' || kind === 'audio';

/** The last question that was answered and takes such files. */
const answeredWithFiles = (form: Form, open: OpenForm, files: IncomingFile[]) =>
  form.fields.findLast((one) => takesFiles(one, files) && open.answers[one.key] !== undefined);

/** The first question still to come that takes them: what is spoken at "whom?" is what was seen; a photo waits there for its words. */
const toCome = (form: Form, files: IncomingFile[]) => form.fields.find((one) => takesFiles(one, files));

/** Whether a question is answered by files that came at another one: a photo before its question does not stand for the words. */
const isAnswerEnough = (form: Form, open: OpenForm, field: Field, files: IncomingFile[]): boolean =>
  form.isSentAtOnce || files.every(isSpoken) || (open.answers[field.key] !== undefined && !isEarly(open, field));

/** Files that come while the whole form is read over: they join the report, which is shown again. */
export async function addFilesToPlayback(
  turn: Turn,
  files: IncomingFile[],
  caption: string,
): Promise<Answer | undefined> {
  const open = turn.conversation.form;
  if (!open?.isPlayback) return undefined;
  const form = formOf(open);
  const field = form.fields.find((one) => one.kind === 'words' && one.mayHaveFiles === true);
  if (!field) return undefined;
  await keepWith(turn, open, field, files, caption);
  return askNext(turn);
}

/** Puts files and their caption to what is there of an answer. */
export async function keepWith(
  turn: Turn,
  open: OpenForm,
  field: Field,
  files: IncomingFile[],
  caption: string,
  isEarly = false,
): Promise<void> {
  const before = open.answers[field.key];
  const known =
    typeof before === 'object' && before !== null
      ? (before as { words: string; files: string[]; ref?: string })
      : { words: '', files: [] };
  open.answers[field.key] = {
    ...('ref' in known ? { ref: known.ref } : {}),
    words: [known.words, caption].filter(Boolean).join('\n'),
    files: [...known.files, ...(await keepFiles(turn, files))],
    ...(isEarly ? { isEarly } : {}),
  };
  open.touchedAt = turn.now;
}
