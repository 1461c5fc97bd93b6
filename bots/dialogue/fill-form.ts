import type { OpenForm } from '#core/conversations/conversation-store.ts';
import type { Button, Message } from '#core/message.ts';
import { type Phrase, phrase, words } from '#core/phrase.ts';
import { forms } from '../screens/forms.ts';
import { withDraft } from './drafts.ts';
import type { Field, Form, FormAnswers, FormName, Option } from './form.ts';
import { modalOf } from './form-as-modal.ts';
import { answerSaid, partsOf, playback, submitNow } from './submit-form.ts';
import type { Answer, Turn } from './turn.ts';

/** Opens a form; where a draft of it waits, Telegram asks first whether to go on. A form that was open is put aside as a draft. */
export async function openForm(turn: Turn, name: FormName, answers: FormAnswers = {}): Promise<Answer> {
  putAside(turn);
  const draft =
    turn.incoming.channel === 'telegram' && forms[name].isResumable ? draftLike(turn, name, answers) : undefined;
  if (draft) return { say: [await askToResume(turn, draft)] };
  return beginForm(turn, name, answers);
}

const doubleTapMs = 10_000;

/** The same form was opened by a tap a moment ago, and nothing has been answered since: its question stands there. */
export function isAskedAlready(
  { conversation: { form: open }, incoming, now }: Turn,
  { form: name, answers = {} }: NonNullable<Answer['open']>,
): boolean {
  if (incoming.kind !== 'button' || incoming.channel !== 'telegram' || open?.name !== name) return false;
  if (!forms[name].isAskedOnce) return false;
  if (now.getTime() - open.startedAt.getTime() > doubleTapMs) return false;
  const keys = Object.keys(open.answers);
  return keys.length === Object.keys(answers).length && keys.every((key) => open.answers[key] === answers[key]);
}

/** Begins a form anew: Telegram asks its first question, Slack gets the whole as a modal, unless nothing is left to ask. */
export async function beginForm(turn: Turn, name: FormName, answers: FormAnswers = {}): Promise<Answer> {
  const now = turn.now;
  const open: OpenForm = {
    name,
    run: turn.newId(),
    field: '',
    answers: { ...answers },
    isPlayback: false,
    isChanging: false,
    startedAt: now,
    touchedAt: now,
  };
  turn.conversation.form = open;
  const { isCorrection, fields } = forms[name];
  const isPage = isCorrection || fields.some(({ key }) => answers[key] === undefined);
  if (turn.incoming.channel === 'slack' && isPage) return { modal: await modalOf(turn, forms[name], open) };
  return askNext(turn);
}

/** The newest draft of a form that is about the same, and in which more was answered than its first question. */
function draftLike({ conversation }: Turn, name: FormName, given: FormAnswers): OpenForm | undefined {
  const isSame = ({ answers }: OpenForm) => Object.entries(given).every(([key, value]) => answers[key] === value);
  return conversation.drafts.find((draft) => draft.name === name && isSame(draft) && isBegun(draft, given));
}

/** More was answered than the first question. */
const isBegun = ({ name, answers }: OpenForm, given: FormAnswers = {}): boolean =>
  forms[name as FormName].fields.slice(1).some(({ key }) => answers[key] !== undefined && given[key] === undefined);

/** "Continue?" with what is there already: go on, begin another and keep this one, or throw it away. */
async function askToResume(turn: Turn, draft: OpenForm): Promise<Message> {
  const press = { action: 'form.resume' as const, subject: draft.run };
  return {
    lines: [...(formOf(draft).fields[0]?.above?.(turn, draft.answers as FormAnswers) ?? []), phrase('general:resume')],
    facts: await partsOf(turn, formOf(draft), draft.answers as FormAnswers),
    buttons: [
      [{ label: phrase('general:button.continue'), ...press, value: 1, style: 'primary' }],
      [{ label: phrase('general:wide.another'), ...press, value: 2 }],
      [{ label: phrase('notes:button.discard'), ...press, value: 0 }],
    ],
    isProtected: true,
  };
}

/** Puts the open form aside; its answers stay as a draft. True when they can be gone on with later. */
export function putAside(turn: Turn): boolean {
  const { form } = turn.conversation;
  if (!form) return false;
  delete turn.conversation.form;
  /** What is typed in a modal comes at its end: it may still be open on another device. */
  const isInModal = turn.incoming.channel === 'slack';
  const isWorthKeeping = isInModal || (formOf(form)?.fields.some(({ key }) => form.answers[key] !== undefined) ?? true);
  if (isWorthKeeping) turn.conversation.drafts = withDraft(turn.conversation.drafts, form);
  return isWorthKeeping && (!formOf(form)?.isResumable || isBegun(form));
}

/** Asks the next unanswered question, or this one, answered or not; else shows the play-back, or sends. */
export async function askNext(turn: Turn, asked?: Field): Promise<Answer> {
  const open = openOf(turn);
  const form = formOf(open);
  const next = asked ?? (open.isChanging ? undefined : form.fields.find((field) => isWanted(field, open)));
  open.isChanging = false;
  open.touchedAt = turn.now;
  watchIfUrgent(turn, form, open);
  form.onDraft?.(turn, open.run, open.answers as FormAnswers);
  if (next) return { say: [await question(turn, form, open, next)] };
  if (form.hasPlayback) return { say: [await playback(turn, form, open)] };
  return submitNow(turn, form, open);
}

const isWanted = (field: Field, open: OpenForm) =>
  (open.answers[field.key] === undefined || isEarly(open, field)) &&
  (field.when?.(open.answers as FormAnswers) ?? true);

/** True when only files that came too soon are there: the question is still to be asked. */
export function isEarly({ answers }: OpenForm, { key }: Field): boolean {
  const answer = (answers as FormAnswers)[key];
  return typeof answer === 'object' && answer.isEarly === true;
}

/** The question of one field, with its choices and the ways out; what was answered before stands below it until there is another answer. */
export async function question(turn: Turn, form: Form, open: OpenForm, field: Field): Promise<Message> {
  open.field = field.key;
  open.isPlayback = false;
  const answers = open.answers as FormAnswers;
  const options = await optionsOf(turn, field, answers);
  open.shown = options.map(({ value }) => value);
  const kept = isAnswered(open, field)
    ? [phrase('general:picked', { what: await answerSaid(turn, field, answers) })]
    : [];
  return {
    lines: [...(field.above?.(turn, answers) ?? []), await askOf(field, turn, answers), ...kept],
    buttons: [...choiceRows(open, form, field, options), waysOut(form, open, field)],
    ...(kept.length > 0 ? { isProtected: true } : {}),
  };
}

const isAnswered = (open: OpenForm, field: Field): boolean =>
  open.answers[field.key] !== undefined && !isEarly(open, field);

/** The words of a question, as the answers so far make them. */
export const askOf = async (field: Field, turn: Turn, answers: FormAnswers): Promise<Phrase> =>
  typeof field.ask === 'function' ? field.ask(turn, answers) : field.ask;

/** The choices of a field: its own, or quick instants for a moment. */
export async function optionsOf(turn: Turn, field: Field, answers: FormAnswers): Promise<Option[]> {
  if (field.kind === 'choice') return field.options(turn, answers);
  if (field.kind === 'moment' && field.direction === 'past') return recent(turn.now);
  return [];
}

const recent = (now: Date): Option[] =>
  [0, 60, 180].map((minutes) => ({
    value: new Date(now.getTime() - minutes * 60_000).toISOString(),
    label: minutes === 0 ? phrase('general:now') : phrase('general:hoursAgo', { count: minutes / 60 }),
  }));

function choiceRows(open: OpenForm, form: Form, field: Field, options: Option[]): Button[][] {
  const at = form.fields.indexOf(field);
  const buttons = options.map(
    ({ label }, value): Button => ({ label, action: 'form.pick', subject: open.run, version: at, value }),
  );
  const columns = field.kind === 'choice' ? (field.columns ?? 1) : 3;
  return Array.from({ length: Math.ceil(buttons.length / columns) }, (_, row) =>
    buttons.slice(row * columns, (row + 1) * columns),
  );
}

/** What a button that passes a question over says by its number: an answer that is there stays, or goes. */
export const skips = { keeping: 0, emptying: 1 } as const;

function waysOut(form: Form, open: OpenForm, field: Field): Button[] {
  const at = { subject: open.run, version: form.fields.indexOf(field) };
  const isFirst = !form.fields.slice(0, at.version).some(({ key }) => open.answers[key] !== undefined);
  const isKept = isAnswered(open, field);
  const skip = { action: 'form.skip' as const, ...at };
  return [
    ...(isFirst ? [] : [{ label: phrase('general:button.back'), action: 'form.back' as const, ...at }]),
    ...(isKept ? [{ label: phrase('general:button.next'), ...skip, value: skips.keeping }] : []),
    ...(field.isOptional
      ? [{ label: phrase('general:button.skip'), ...skip, value: isKept ? skips.emptying : skips.keeping }]
      : []),
    { label: phrase('general:button.leave'), action: 'form.leave' as const, ...at },
  ];
}

/** A form on danger to life that is left is raised as it stands (`experience.md` 3); the timer belongs to the talk. */
function watchIfUrgent(turn: Turn, form: Form, open: OpenForm): void {
  if (!form.isRaisedIfLeft?.(open.answers as FormAnswers)) return;
  const at = new Date(turn.now.getTime() + turn.settings.alerts.abandonedLifeFormMinutes * 60_000);
  turn.also({
    do: 'timer',
    key: `abandoned-${open.run}`,
    kind: 'raise-abandoned-alert',
    subject: turn.conversation.id,
    at,
  });
}

/** What was picked, in place of the question, so that an old button cannot be pressed again. */
export const picked = (ask: Phrase, label: Phrase): Message => ({
  lines: [ask, phrase('general:picked', { what: label })],
});

/** The form that is open; without one this is a bug. */
export const openOf = (turn: Turn): OpenForm => {
  const { form } = turn.conversation;
  if (!form) throw new Error('no form is open');
  return form;
};

/** The form by the name under which it was kept. */
export const formOf = (open: OpenForm): Form => forms[open.name as FormName];

/** A person's own words as a line. */
export const ownWords = (text: string): Phrase => phrase('general:plain', { text: words(text) });
