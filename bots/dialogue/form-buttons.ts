import type { Action } from '#core/actions.ts';
import type { OpenForm } from '#core/conversations/conversation-store.ts';
import { phrase } from '#core/phrase.ts';
import { type At, openQuestion } from './answer-form.ts';
import {
  askNext,
  askOf,
  beginForm,
  formOf,
  isEarly,
  optionsOf,
  ownWords,
  picked,
  putAside,
  skips,
} from './fill-form.ts';
import { type Field, type Form, type FormAnswers, type FormName, momentOf, spoken } from './form.ts';
import { modalOf } from './form-as-modal.ts';
import { homeButton } from './home-button.ts';
import { submitNow } from './submit-form.ts';
import type { Answer, Handler, Press, Turn } from './turn.ts';

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
  if (press.subject === turn.conversation.sentRun) return { toast: phrase('general:toast.sent') };
  if (!open || open.run !== press.subject)
    return open
      ? { toast: phrase('errors:staleButton'), ...(await again(turn)) }
      : { toast: phrase('general:toast.old') };
  const form = formOf(open);
  if (action === 'form.leave') return leave(turn);
  if (action === 'form.send') return open.isPlayback ? submitNow(turn, form, open) : again(turn);
  if (action === 'form.change') return change(turn, form, press.value);
  const field = form.fields[press.version];
  if (!field || field.key !== open.field) return { toast: phrase('general:saved') };
  if (action === 'form.back') return back(turn, form, open);
  if (action === 'form.skip') return skip(turn, open, field, press.value);
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

async function skip(turn: Turn, open: OpenForm, field: Field, how: number): Promise<Answer> {
  const answer = open.answers[field.key];
  if (how === skips.emptying && field.isOptional) {
    open.answers[field.key] = '';
    return askNext(turn);
  }
  if (answer !== undefined && !isEarly(open, field)) return askNext(turn);
  if (!field.isOptional) return again(turn);
  open.answers[field.key] = answer === undefined ? '' : spoken(open.answers as FormAnswers, field.key);
  return askNext(turn);
}

/** The question before, with its answer: whoever goes back and is called away has lost nothing, and a danger to life stays one. */
async function back(turn: Turn, form: Form, open: OpenForm): Promise<Answer> {
  const at = form.fields.findIndex(({ key }) => key === open.field);
  const before = form.fields.slice(0, at).findLast((field) => open.answers[field.key] !== undefined);
  return before ? askNext(turn, before) : again(turn);
}

async function change(turn: Turn, form: Form, index: number): Promise<Answer> {
  const field = form.fields[index];
  return field ? askNext(turn, field) : again(turn);
}

function leave(turn: Turn): Answer {
  const run = turn.conversation.form?.run;
  const wasKept = putAside(turn);
  if (run) turn.also({ do: 'cancel', key: `abandoned-${run}` });
  return { say: [{ lines: [phrase(wasKept ? 'general:draftKept' : 'general:unchanged')] }] };
}

/** Shows the open question once more. */
async function again(turn: Turn): Promise<Answer> {
  return askNext(turn, openQuestion(turn)?.field);
}

/** "Continue?" of a draft: value 1 goes on with it, 2 keeps it and begins another, 0 throws it away and begins anew, 3 throws it away. In Slack it opens the modal of the form that is open. */
async function resume(turn: Turn, { subject, value }: Press): Promise<Answer> {
  const { conversation } = turn;
  if (value === drop) return throwAway(turn, subject);
  if (conversation.form?.run === subject) return goOn(turn, conversation.form);
  const draft = conversation.drafts.find(({ run }) => run === subject);
  if (!draft) return { toast: phrase(subject === conversation.sentRun ? 'general:toast.sent' : 'general:toast.old') };
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
