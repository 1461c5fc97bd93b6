import type { InputBlock, KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import type { Button, Message } from '#core/message.ts';
import type { Modal, ModalField } from '#core/modal.ts';
import { type Language, type Phrase, phrase } from '#core/phrase.ts';
import type { Seal } from '#core/seal.ts';
import { toLocal } from '#core/time.ts';
import { say } from '../dialogue/say.ts';
import { factsOf, linesOf, listsOf, placeOf, sections, small, stateOf, stepsOf, topOf } from './blocks.ts';
import { type Drawing, drawingFor, type To } from './drawing.ts';
import type { FormMark } from './payload.ts';
import { cut } from './text.ts';
import { type Element, filesIn, timeOf } from './values.ts';

const titleMost = 24;
const mostBlocks = 100;
const mostSigns = 200_000;
const mostRadio = 10;
const mostOptions = 100;

/** A form as one page, or something to read. The values come back under the fields' own keys. */
export function renderModal(modal: Modal, to: To, seal: Seal, validDays: number): ModalView {
  const drawing = drawingFor(to, seal, validDays, true);
  return modal.is === 'form' ? formOf(modal, to, drawing) : readingOf(modal, drawing);
}

/** What a tap opens at once, before anything was looked up: "a moment", and a way out. */
export const loadingView = (externalId: string, language: Language): ModalView => ({
  type: 'modal',
  callback_id: 'loading',
  external_id: externalId,
  title: plain(say(phrase('slack:modal.moment'), language), titleMost),
  close: plain(say(phrase('slack:button.closeWindow'), language), titleMost),
  blocks: sections(say(phrase('general:progress.moment'), language)),
});

type FormModal = Extract<Modal, { is: 'form' }>;

function formOf(modal: FormModal, { language }: To, drawing: Drawing): ModalView {
  const { say } = drawing;
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata: JSON.stringify(markFor(modal, language)),
    title: plain(say(modal.title), titleMost),
    submit: plain(say(modal.submit), titleMost),
    close: plain(say(phrase('general:button.cancel')), titleMost),
    blocks: [
      ...linesOf([...(modal.why ? [modal.why] : []), ...modal.above], drawing),
      ...modal.fields.flatMap((field) => fieldOf(field, drawing)),
    ].slice(0, mostBlocks),
  };
}

function markFor({ run, staysOpen, fields }: FormModal, language: Language): FormMark {
  const keysOf = (name: 'say' | 'future' | 'past', is: (field: ModalField) => boolean) => {
    const keys = fields.filter(is).map(({ key }) => key);
    return keys.length > 0 ? { [name]: keys } : {};
  };
  return {
    run,
    language,
    ...(staysOpen ? { stays: true } : {}),
    ...keysOf('say', ({ mustSay }) => mustSay === true),
    ...keysOf('future', ({ side }) => side === 'future'),
    ...keysOf('past', ({ side }) => side === 'past'),
  };
}

function readingOf({ title, message: said }: Extract<Modal, { is: 'reading' }>, drawing: Drawing): ModalView {
  const message = inWindow(said);
  const blocks = [
    ...stateOf(message, drawing),
    ...linesOf(
      message.lines.filter((line) => drawing.say(line) !== drawing.say(title)),
      drawing,
    ),
    ...factsOf(message.facts, drawing),
    ...placeOf(message, drawing),
    ...listsOf(message.sections, drawing).flat(),
    ...drawing.buttons(message.buttons ?? []),
    ...stepsOf(message.steps, drawing),
  ];
  return {
    type: 'modal',
    callback_id: 'reading',
    title: plain(drawing.say(title), titleMost),
    close: plain(drawing.say(phrase('slack:button.closeWindow')), titleMost),
    blocks: topOf(blocks, mostBlocks, mostSigns),
  };
}

/** The way home is closing the window. */
function inWindow(message: Message): Message {
  const above = (button: Button): Button[] => ('action' in button && button.action === 'home' ? [] : [button]);
  const sections = message.sections?.map((section) => ({
    ...section,
    items: section.items.map((item) => ({ ...item, buttons: item.buttons.flatMap(above) })),
  }));
  const buttons = message.buttons?.map((row) => row.flatMap(above));
  return { ...message, ...(sections ? { sections } : {}), ...(buttons ? { buttons } : {}) };
}

function fieldOf(field: ModalField, drawing: Drawing): KnownBlock[] {
  switch (field.kind) {
    case 'choice':
      return choiceOf(field, drawing);
    case 'moment':
      return momentOf(field, drawing);
    case 'phone':
      return [input(field, drawing, 'phone', { type: 'plain_text_input', ...initial(field, 20) })];
    case 'words':
      return wordsOf(field, drawing);
  }
}

/** Up to ten choices are all seen at once; more are a list. None at all: the question stands there, and nothing is asked. */
function choiceOf(field: ModalField, drawing: Drawing): KnownBlock[] {
  const options = (field.options ?? [])
    .slice(0, mostOptions)
    .map(({ value, label }) => ({ text: plain(drawing.say(label), 75), value }));
  const [first] = options;
  if (!first) return [...sections(drawing.say(field.ask)), small(drawing.say(phrase('general:nothingHere')))];
  const chosen = options.find(({ value }) => value === field.initial);
  const element = { options, ...(chosen ? { initial_option: chosen } : {}) };
  return [
    input(
      field,
      drawing,
      'choice',
      options.length <= mostRadio ? { type: 'radio_buttons', ...element } : { type: 'static_select', ...element },
    ),
  ];
}

/** Day and hour are two fields for Slack; both or none of them are given. Where only the day counts there is one. */
function momentOf(field: ModalField, drawing: Drawing): KnownBlock[] {
  const local = field.initial ? toLocal(new Date(field.initial)) : undefined;
  const date = local ? { initial_date: local.toPlainDate().toString() } : {};
  const time = local ? { initial_time: local.toPlainTime().toString({ smallestUnit: 'minute' }) } : {};
  if (field.isDay) return [input(field, drawing, 'day', { type: 'datepicker', ...date })];
  return [
    input(field, drawing, 'date', { type: 'datepicker', ...date }),
    input({ ...field, key: timeOf(field.key), ask: phrase('appointments:date.hour') }, drawing, 'time', {
      type: 'timepicker',
      ...time,
    }),
  ];
}

function wordsOf(field: ModalField, drawing: Drawing): KnownBlock[] {
  const most = Math.min(field.atMost ?? 3000, 3000);
  const words = input(field, drawing, 'words', {
    type: 'plain_text_input',
    multiline: !field.isShort,
    max_length: most,
    ...initial(field, most),
  });
  if (!field.mayHaveFiles) return [words];
  const files = { ...field, key: filesIn(field.key), ask: phrase('alerts:label.files'), isOptional: true };
  const hint = plain(drawing.say(phrase('slack:field.hint')), 2000);
  return [words, { ...input(files, drawing, 'files', { type: 'file_input', max_files: 10 }), hint }];
}

const initial = ({ initial: text }: ModalField, most: number) => (text ? { initial_value: text.slice(0, most) } : {});

type Field = { key: string; ask: Phrase; isOptional: boolean };

const input = (
  { key, ask, isOptional }: Field,
  { say }: Drawing,
  name: Element,
  element: InputBlock['element'],
): InputBlock => ({
  type: 'input',
  block_id: key,
  optional: isOptional,
  label: plain(say(ask), 2000),
  element: { ...element, action_id: name },
});

const plain = (text: string, most: number): PlainTextElement => ({
  type: 'plain_text',
  text: cut(text, most),
  emoji: true,
});
