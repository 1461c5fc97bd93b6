import type { Action } from '#core/actions.ts';
import type { OpenForm } from '#core/conversations/conversation-store.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import { isOfStaff, keep, refsOf } from '../screens/keeping.ts';
import { offerStashed } from '../screens/offer-stashed.ts';
import { keepFiles } from './files.ts';
import {
  askNext,
  askOf,
  beginForm,
  formOf,
  isEarly,
  openOf,
  optionsOf,
  ownWords,
  picked,
  putAside,
  question,
} from './fill-form.ts';
import {
  type Field,
  type Form,
  type FormAnswers,
  type FormName,
  momentOf,
  type Option,
  type Spoken,
  spoken,
} from './form.ts';
import { modalOf } from './form-as-modal.ts';
import { homeButton } from './home-button.ts';
import type { FormValues, Incoming, IncomingFile } from './incoming.ts';
import { instantsIn, localInstant } from './read-moment.ts';
import { phoneIn } from './read-phone.ts';
import { mostOf, tooLongMark } from './same-answer.ts';
import { isSaid } from './same-text.ts';
import { submitNow } from './submit-form.ts';
import type { Answer, Handler, Press, Turn } from './turn.ts';

type At = { form: Form; open: OpenForm; field: Field };

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

const takesFiles = (field: Field, files: IncomingFile[]) =>
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

async function keepWith(
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
      ? (before as { words: string; files: string[] })
      : { words: '', files: [] };
  open.answers[field.key] = {
    words: [known.words, caption].filter(Boolean).join('\n'),
    files: [...known.files, ...(await keepFiles(turn, files))],
    ...(isEarly ? { isEarly } : {}),
  };
  open.touchedAt = turn.now;
}

const presses =
  (action: FormAction): Handler =>
  (turn, press) =>
    pressInForm(turn, action, press);

type FormAction = Extract<Action, `form.${string}`>;

/** The buttons that every form has. */
export const formHandlers = {
  'form.pick': presses('form.pick'),
  'form.skip': presses('form.skip'),
  'form.back': presses('form.back'),
  'form.leave': presses('form.leave'),
  'form.change': presses('form.change'),
  'form.send': presses('form.send'),
  'form.resume': presses('form.resume'),
} satisfies Record<FormAction, Handler>;

/** The buttons of a form. One of an older question does nothing twice; one of an older form shows where things stand. */
async function pressInForm(turn: Turn, action: FormAction, press: Press): Promise<Answer> {
  const open = turn.conversation.form;
  if (action === 'form.resume') return resume(turn, press);
  if (!open || open.run !== press.subject)
    return open
      ? { toast: phrase('errors:staleButton'), ...(await again(turn)) }
      : { toast: phrase('general:toast.old') };
  const form = formOf(open);
  if (action === 'form.leave') return leave(turn);
  if (action === 'form.send') return open.isPlayback ? submitNow(turn, form, open) : again(turn);
  if (action === 'form.change') return change(turn, form, open, press.value);
  const field = form.fields[press.version];
  if (!field || field.key !== open.field) return { toast: phrase('general:saved') };
  if (action === 'form.back') return back(turn, form, open);
  if (action === 'form.skip') return skip(turn, open, field);
  return pick(turn, { form, open, field }, press.value);
}

async function pick(turn: Turn, { open, field }: At, index: number): Promise<Answer> {
  const value = open.shown?.[index];
  if (value === undefined) return again(turn);
  open.answers[field.key] = value;
  const ask = await askOf(field, turn, open.answers as FormAnswers);
  const label =
    (await optionsOf(turn, field, open.answers as FormAnswers)).find((option) => option.value === value)?.label ??
    ownWords(value);
  const shown = field.kind === 'moment' ? phrase('general:plain', { text: momentOf(field, new Date(value)) }) : label;
  return { instead: picked(ask, shown), ...(await askNext(turn)) };
}

async function skip(turn: Turn, open: OpenForm, field: Field): Promise<Answer> {
  const answer = open.answers[field.key];
  if (answer !== undefined && !isEarly(open, field)) return askNext(turn);
  if (!field.isOptional) return again(turn);
  open.answers[field.key] = answer === undefined ? '' : spoken(open.answers as FormAnswers, field.key);
  return askNext(turn);
}

async function back(turn: Turn, form: Form, open: OpenForm): Promise<Answer> {
  const at = form.fields.findIndex(({ key }) => key === open.field);
  const before = form.fields.slice(0, at).findLast((field) => open.answers[field.key] !== undefined);
  if (!before) return again(turn);
  delete open.answers[before.key];
  return { say: [await question(turn, form, open, before)] };
}

async function change(turn: Turn, form: Form, open: OpenForm, index: number): Promise<Answer> {
  const field = form.fields[index];
  if (!field) return again(turn);
  delete open.answers[field.key];
  return { say: [await question(turn, form, open, field)] };
}

function leave(turn: Turn): Answer {
  const run = turn.conversation.form?.run;
  const wasKept = putAside(turn);
  if (run) turn.also({ do: 'cancel', key: `abandoned-${run}` });
  return { say: [{ lines: [phrase(wasKept ? 'general:draftKept' : 'general:unchanged')] }] };
}

/** Shows the open question once more. */
async function again(turn: Turn): Promise<Answer> {
  return askNext(turn);
}

/** "Continue?" of a draft: value 1 goes on with it, 2 keeps it and begins another, 0 throws it away and begins anew, 3 throws it away. In Slack it opens the modal of the form that is open. */
async function resume(turn: Turn, { subject, value }: Press): Promise<Answer> {
  const { conversation } = turn;
  if (value === drop) return throwAway(turn, subject);
  if (conversation.form?.run === subject) return goOn(turn, conversation.form);
  const draft = conversation.drafts.find(({ run }) => run === subject);
  if (!draft) return { toast: phrase('general:toast.old') };
  putAside(turn);
  if (value === 2) return beginForm(turn, draft.name as FormName);
  conversation.drafts = conversation.drafts.filter(({ run }) => run !== subject);
  if (value === 0) return beginForm(turn, draft.name as FormName);
  return goOn(turn, draft);
}

const drop = 3;

function throwAway({ conversation }: Turn, subject: string): Answer {
  if (conversation.form?.run === subject) delete conversation.form;
  conversation.drafts = conversation.drafts.filter(({ run }) => run !== subject);
  return { instead: { lines: [phrase('general:unchanged')], buttons: [[homeButton]] } };
}

/** The form where it stopped. */
async function goOn(turn: Turn, form: OpenForm): Promise<Answer> {
  turn.conversation.form = { ...form, touchedAt: turn.now };
  return turn.incoming.channel === 'slack' ? { modal: await modalOf(turn, formOf(form), form) } : askNext(turn);
}

/** A submitted modal: the same answers, all at once. An older modal that is sent late still finds its form. */
export async function submitModal(turn: Turn, { run, values }: Extract<Incoming, { kind: 'form' }>): Promise<Answer> {
  const open =
    turn.conversation.form?.run === run
      ? turn.conversation.form
      : turn.conversation.drafts.find((draft) => draft.run === run);
  if (!open) return formIsGone(turn, values);
  if (turn.conversation.form !== open) {
    putAside(turn);
    turn.conversation.form = open;
  }
  const form = formOf(open);
  for (const field of form.fields) {
    const value = values[field.key];
    if (value) open.answers[field.key] = await valueFrom(turn, field, value);
  }
  return (await againIfWrong(turn, form, open)) ?? submitNow(turn, form, openOf(turn));
}

/** What cannot be right in a modal is asked again with everything else kept: a time on the wrong side of now, or nothing said at all. Danger to life goes as it is. */
async function againIfWrong(turn: Turn, form: Form, open: OpenForm): Promise<Answer | undefined> {
  if (form.isRaisedIfLeft?.(open.answers as FormAnswers)) return undefined;
  for (const field of form.fields) {
    const fault = faultOf(turn, field, open.answers as FormAnswers);
    if (!fault) continue;
    delete open.answers[field.key];
    const again = { label: phrase('slack:button.openForm'), action: 'form.resume' as const, subject: open.run };
    return { say: [{ lines: [fault], buttons: [[{ ...again, style: 'primary', opensForm: true }]] }] };
  }
  return undefined;
}

function faultOf({ now }: Turn, field: Field, answers: FormAnswers): Phrase | undefined {
  const answer = answers[field.key];
  if (answer === undefined || field.isOptional || (field.when && !field.when(answers))) return undefined;
  if (field.kind === 'words') return isEmpty(spoken(answers, field.key)) ? phrase('notes:empty') : undefined;
  if (field.kind !== 'moment' || field.isDay || typeof answer !== 'string' || answer === '') return undefined;
  const isPast = new Date(answer) <= now;
  if (field.direction === 'future' && isPast) return phrase('appointments:date.past');
  return undefined;
}

const isEmpty = ({ words, files }: Spoken): boolean => words.trim() === '' && files.length === 0;

/** The form is not there any more: what was written in it is put by, and the writer says what becomes of it. */
async function formIsGone(turn: Turn, values: FormValues): Promise<Answer> {
  const changed = phrase('errors:changedMeanwhile');
  const written = Object.values(values);
  const words = written
    .map(({ text = '' }) => text)
    .filter(Boolean)
    .join('\n');
  const files = await keepFiles(
    turn,
    written.flatMap((value) => value.files ?? []),
  );
  if (!turn.person || (!words && files.length === 0)) return { say: [{ lines: [changed], buttons: [[homeButton]] }] };
  const offered = await offerStashed(turn, { words, files }, phrase('messages:staff.ask'));
  return { say: (offered.say ?? []).map((message) => ({ ...message, lines: [changed, ...message.lines] })) };
}

async function valueFrom(turn: Turn, field: Field, value: FormValues[string]): Promise<FormAnswers[string]> {
  if (field.kind === 'choice') return value.choice ?? '';
  if (field.kind === 'moment') return value.local ? localInstant(value.local).toISOString() : '';
  if (field.kind === 'phone') return phoneIn(value.text ?? '') ?? value.text ?? '';
  return { words: value.text ?? '', files: await keepFiles(turn, value.files ?? []) };
}
