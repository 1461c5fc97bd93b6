import type { OpenForm } from '#core/conversations/conversation-store.ts';
import type { Modal, ModalField } from '#core/modal.ts';
import { phrase } from '#core/phrase.ts';
import { askOf } from './fill-form.ts';
import type { Field, Form, FormAnswers } from './form.ts';
import type { Turn } from './turn.ts';

/** The same form as one page: every field that has no answer yet, and words that can still be changed; a correction shows them all, as they were. */
export async function modalOf(turn: Turn, form: Form, open: OpenForm): Promise<Modal> {
  const answers = open.answers as FormAnswers;
  const fields: ModalField[] = [];
  const above = form.fields[0]?.above?.(turn, answers) ?? [];
  for (const field of form.fields)
    if (form.isCorrection || field.kind === 'words' || answers[field.key] === undefined)
      fields.push({
        ...(await pageField(turn, field, answers)),
        ...written(answers[field.key]),
        ...judged(form, field, answers[field.key]),
      });
  return {
    is: 'form',
    run: open.run,
    title: form.title,
    above,
    submit: form.submitLabel ?? phrase('general:button.send'),
    fields,
    ...(form.staysOpen ? { staysOpen: true } : {}),
  };
}

/** What stands in a field already. */
function written(answer: FormAnswers[string] | undefined): Pick<ModalField, 'initial'> {
  const initial = typeof answer === 'object' ? answer.words : answer;
  return initial ? { initial } : {};
}

/** What can be judged at the window itself. A danger to life goes as it is; files that are there already are words enough. */
function judged(
  form: Form,
  field: Field,
  answer: FormAnswers[string] | undefined,
): Pick<ModalField, 'mustSay' | 'side'> {
  if (form.isRaisedIfLeft || field.isOptional || field.when) return {};
  const hasFiles = typeof answer === 'object' && answer.files.length > 0;
  if (field.kind === 'words') return field.mayHaveFiles && !hasFiles ? { mustSay: true } : {};
  return field.kind === 'moment' && !field.isDay && field.direction !== 'any' ? { side: field.direction } : {};
}

async function pageField(turn: Turn, field: Field, answers: FormAnswers): Promise<ModalField> {
  const ask = field.askOnPage ?? (await askOf(field, turn, answers));
  const plain = { key: field.key, ask, kind: field.kind, isOptional: Boolean(field.isOptional || field.when) };
  if (field.kind === 'choice') return { ...plain, options: await field.options(turn, answers) };
  if (field.kind === 'words')
    return {
      ...plain,
      mayHaveFiles: field.mayHaveFiles === true,
      isOptional: plain.isOptional || Boolean(field.mayHaveFiles),
      isShort: Boolean(field.isShort),
      atMost: field.atMost ?? 3000,
    };
  if (field.kind === 'moment')
    return {
      ...plain,
      isDay: Boolean(field.isDay),
      ...(field.direction === 'past' ? { initial: turn.now.toISOString() } : {}),
    };
  return plain;
}
