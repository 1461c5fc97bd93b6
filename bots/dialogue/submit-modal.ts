import type { OpenForm } from '#core/conversations/conversation-store.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import { forms } from '../screens/forms.ts';
import { offerStashed } from '../screens/offer-stashed.ts';
import { keepFiles } from './files.ts';
import { formOf, openOf, putAside } from './fill-form.ts';
import { type Field, type Form, type FormAnswers, type Spoken, spoken } from './form.ts';
import { homeButton } from './home-button.ts';
import type { FormValues, Incoming } from './incoming.ts';
import { localInstant } from './read-moment.ts';
import { phoneIn } from './read-phone.ts';
import { submitNow } from './submit-form.ts';
import type { Answer, Turn } from './turn.ts';

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

/** Access was cut while the window of an alert was open: a danger to life in it goes to the form's own end all the same. */
async function dangerInWindow(turn: Turn, values: FormValues): Promise<Answer | undefined> {
  const form = forms['raise-alert'];
  const answers: FormAnswers = {};
  if (turn.person || values.level?.choice !== 'life') return undefined;
  for (const field of form.fields) {
    const value = values[field.key];
    if (value) answers[field.key] = await valueFrom(turn, field, value);
  }
  return form.submit(turn, answers);
}

/** The form is not there any more: what was written in it is put by, and the writer says what becomes of it. */
async function formIsGone(turn: Turn, values: FormValues): Promise<Answer> {
  const danger = await dangerInWindow(turn, values);
  if (danger) return danger;
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
