import type { OpenForm } from '#core/conversations/conversation-store.ts';
import type { Button, Message } from '#core/message.ts';
import { type Phrase, phrase, words } from '#core/phrase.ts';
import { optionsOf } from './fill-form.ts';
import { type Field, type Form, type FormAnswers, momentOf, type Spoken } from './form.ts';
import type { Answer, Turn } from './turn.ts';

/** Shows the whole form with a Change button per part before it is sent. */
export async function playback(turn: Turn, form: Form, open: OpenForm): Promise<Message> {
  open.isPlayback = true;
  open.field = '';
  const answers = open.answers as FormAnswers;
  const change = labelled(form, answers).map(
    (field): Button => ({
      label: phrase('notes:button.changePart', { field: field.label as Phrase }),
      action: 'form.change',
      subject: open.run,
      value: form.fields.indexOf(field),
    }),
  );
  return {
    lines: [...(form.isCorrection ? (form.fields[0]?.above?.(turn, answers) ?? []) : []), phrase('general:playback')],
    facts: await partsOf(turn, form, answers),
    buttons: [
      [
        {
          label: form.submitLabel ?? phrase('general:button.send'),
          action: 'form.send',
          subject: open.run,
          style: 'primary',
        },
      ],
      ...change.map((button) => [button]),
      [{ label: phrase('general:button.leave'), action: 'form.leave', subject: open.run }],
    ],
    isProtected: true,
  };
}

/** The labelled parts of a form that have an answer, as they are read back. */
export async function partsOf(turn: Turn, form: Form, answers: FormAnswers): Promise<NonNullable<Message['facts']>> {
  const facts: NonNullable<Message['facts']> = [];
  for (const field of labelled(form, answers))
    facts.push({ label: field.label as Phrase, value: await answerSaid(turn, field, answers) });
  return facts;
}

const labelled = (form: Form, answers: FormAnswers): Field[] =>
  form.fields.filter(({ key, label }) => label && answers[key] !== undefined);

/** Does what the form is for; a form that went through is closed, whatever the answer. */
export async function submitNow(turn: Turn, form: Form, open: OpenForm): Promise<Answer> {
  delete turn.conversation.form;
  turn.conversation.drafts = turn.conversation.drafts.filter(({ run }) => run !== open.run);
  turn.also({ do: 'cancel', key: `abandoned-${open.run}` });
  const answer = await form.submit(turn, open.answers as FormAnswers);
  if (!answer.open) turn.conversation.sentRun = open.run;
  return answer;
}

/** A field's answer as it is read back. */
export async function answerSaid(turn: Turn, field: Field, answers: FormAnswers): Promise<Phrase> {
  const answer = answers[field.key];
  if (answer === undefined || answer === '') return phrase('general:nothingHere');
  if (typeof answer === 'object') return spokenBack(answer);
  if (field.kind === 'moment') return phrase('general:plain', { text: momentOf(field, new Date(answer)) });
  const option = (await optionsOf(turn, field, answers)).find(({ value }) => value === answer);
  return option?.label ?? phrase('general:plain', { text: words(answer) });
}

const spokenBack = ({ words: said, files }: Spoken): Phrase => {
  if (files.length === 0) return said ? phrase('general:plain', { text: words(said) }) : phrase('general:nothingHere');
  return said
    ? phrase('general:wordsAndFiles', { text: words(said), count: files.length })
    : phrase('general:filesOnly', { count: files.length });
};
