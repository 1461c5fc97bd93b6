import { type Language, languages, type Phrase, phrase } from '#core/phrase.ts';
import type { FormValues } from '../dialogue/incoming.ts';
import { localInstant } from '../dialogue/read-moment.ts';
import { phoneIn } from '../dialogue/read-phone.ts';
import { say } from '../dialogue/say.ts';
import { filesOf } from './files.ts';
import { markOf, type SlackValue, type SlackView } from './payload.ts';

/** A field may take two or three blocks: `key`, `key_time`, `key_files`. */
export const timeOf = (key: string) => `${key}_time`;
export const filesIn = (key: string) => `${key}_files`;

/** Names of the elements: by them a submitted value is read. */
export type Element = 'choice' | 'words' | 'day' | 'date' | 'time' | 'phone' | 'files';

/** The values of a submitted form by field key; what was left empty is not there. */
export function valuesOf(view: SlackView): FormValues {
  const values: FormValues = {};
  for (const [block, { element, value }] of given(view)) {
    const key = fieldOf(block, element);
    const found = valueIn(element, value, () => timeGiven(view, key));
    if (found) values[key] = { ...values[key], ...found };
  }
  return values;
}

const fieldOf = (block: string, element: string) =>
  element === 'time' ? block.replace(/_time$/, '') : element === 'files' ? block.replace(/_files$/, '') : block;

type Given = { element: Element; value: SlackValue };

const given = (view: SlackView): [string, Given][] =>
  Object.entries(view.state?.values ?? {}).flatMap(([block, elements]) =>
    Object.entries(elements).map(([element, value]): [string, Given] => [
      block,
      { element: element as Element, value },
    ]),
  );

function valueIn(element: Element, value: SlackValue, time: () => string | undefined): FormValues[string] | undefined {
  if (element === 'choice') return value.selected_option?.value ? { choice: value.selected_option.value } : undefined;
  if (element === 'day') return value.selected_date ? { local: `${value.selected_date}T00:00` } : undefined;
  if (element === 'date')
    return value.selected_date && time() ? { local: `${value.selected_date}T${time()}` } : undefined;
  if (element === 'files') return value.files?.length ? { files: filesOf(value.files) } : undefined;
  return value.value?.trim() ? { text: value.value.trim() } : undefined;
}

const timeGiven = (view: SlackView, key: string) => view.state?.values?.[timeOf(key)]?.time?.selected_time ?? undefined;

/** The checks of a form that need nothing but itself and the hour, answered in the ack: block -> sentence. What only the rules know is told later. */
export function faultsIn(view: SlackView, now: Date): Record<string, string> {
  const language = languageOf(view);
  const faults: Record<string, string> = {};
  for (const [block, fault] of faultsByMark(view, now)) faults[block] = say(fault, language);
  for (const [block, { element, value }] of given(view)) {
    const other = element === 'date' ? timeOf(block) : block.replace(/_time$/, '');
    const missing =
      (element === 'date' && value.selected_date && !timeGiven(view, block)) ||
      (element === 'time' && value.selected_time && !dateGiven(view, other));
    if (missing) faults[other] = say(phrase('slack:field.missing'), language);
    if (element === 'phone' && value.value?.trim() && !phoneIn(value.value))
      faults[block] = say(phrase('errors:needPhone'), language);
    if (element === 'words' && isAsked(view, block) && !value.value?.trim())
      faults[block] = say(phrase('slack:field.missing'), language);
    const most = mostOf(view, block);
    if (most !== undefined && (value.value?.length ?? 0) > most)
      faults[block] = say(phrase('slack:field.tooLong', { most }), language);
  }
  return faults;
}

/** Where nothing at all was said, or a time on the wrong side of now. */
function* faultsByMark(view: SlackView, now: Date): Generator<[block: string, Phrase]> {
  const { say: said = [], future = [], past = [] } = markOf(view) ?? {};
  const values = valuesOf(view);
  for (const key of said)
    if (!values[key]?.text && !values[key]?.files?.length && hasInput(view, key)) yield [key, phrase('notes:empty')];
  for (const key of [...future, ...past]) {
    const local = values[key]?.local;
    if (!local || !hasInput(view, key)) continue;
    const isAhead = localInstant(local) > now;
    if (isAhead && past.includes(key)) yield [key, phrase('notes:whenFuture')];
    if (!isAhead && future.includes(key)) yield [key, phrase('appointments:date.past')];
  }
}

/** Slack takes a fault only for an input that the window has. */
const hasInput = (view: SlackView, key: string) => view.blocks?.some(({ block_id: id }) => id === key) === true;

const dateGiven = (view: SlackView, key: string) => view.state?.values?.[key]?.date?.selected_date;
const isAsked = (view: SlackView, block: string) =>
  view.blocks?.some(({ block_id: id, optional }) => id === block && optional === false) === true;
const mostOf = (view: SlackView, block: string) =>
  view.blocks?.find(({ block_id: id }) => id === block)?.element?.max_length;

/** The language a view is shown in. */
export function languageOf(view: SlackView): Language {
  const said = markOf(view)?.language;
  return languages.find((one) => one === said) ?? 'ro';
}
