import { elementsOf } from './block-rules.ts';
import { optionsOf } from './element-rules.ts';
import { fileJson } from './wire.ts';
import { type Block, type FieldValue, type Json, surfaceKey, type Values, type World } from './world.ts';

/** What a person gives a field: a text, date, time, user id, option (its value or its words), several of these, files' ids. */
export type Choice = string | string[] | { text: string; value: string };

/** Under which name of `state.values` each kind keeps its value, and what the element calls the first one. */
const kinds: Record<string, { name: string; initial: string; many?: true; option?: true }> = {
  plain_text_input: { name: 'value', initial: 'initial_value' },
  email_text_input: { name: 'value', initial: 'initial_value' },
  url_text_input: { name: 'value', initial: 'initial_value' },
  number_input: { name: 'value', initial: 'initial_value' },
  datepicker: { name: 'selected_date', initial: 'initial_date' },
  timepicker: { name: 'selected_time', initial: 'initial_time' },
  datetimepicker: { name: 'selected_date_time', initial: 'initial_date_time' },
  users_select: { name: 'selected_user', initial: 'initial_user' },
  channels_select: { name: 'selected_channel', initial: 'initial_channel' },
  conversations_select: { name: 'selected_conversation', initial: 'initial_conversation' },
  multi_users_select: { name: 'selected_users', initial: 'initial_users', many: true },
  multi_channels_select: { name: 'selected_channels', initial: 'initial_channels', many: true },
  multi_conversations_select: { name: 'selected_conversations', initial: 'initial_conversations', many: true },
  static_select: { name: 'selected_option', initial: 'initial_option', option: true },
  external_select: { name: 'selected_option', initial: 'initial_option', option: true },
  radio_buttons: { name: 'selected_option', initial: 'initial_option', option: true },
  overflow: { name: 'selected_option', initial: '', option: true },
  multi_static_select: { name: 'selected_options', initial: 'initial_options', many: true, option: true },
  multi_external_select: { name: 'selected_options', initial: 'initial_options', many: true, option: true },
  checkboxes: { name: 'selected_options', initial: 'initial_options', many: true, option: true },
  file_input: { name: 'files', initial: '', many: true },
};

/** Buttons and overflow menus leave nothing in `state.values`. */
const isField = (element: Json) => element.type !== 'overflow' && String(element.type) in kinds;

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission : every field, empty ones as null or []. */
export function fieldValues(world: World, userId: string, surface: string, blocks: Block[]): Values {
  const kept = world.values.get(surfaceKey(userId, surface)) ?? {};
  const values: Values = {};
  for (const block of blocks) {
    const fields = elementsOf(block).filter(isField);
    if (fields.length === 0) continue;
    const id = String(block.block_id);
    values[id] = Object.fromEntries(
      fields.map((field) => [field.action_id, current(kept[id]?.[String(field.action_id)], field)]),
    );
  }
  return values;
}

/** A kept value of another kind of field is no longer this field's. */
const current = (kept: Json | undefined, field: Json): Json =>
  (kept?.type === field.type ? kept : first(field)) as Json;

function first(element: Json): FieldValue {
  const kind = kinds[String(element.type)];
  if (!kind) return { type: String(element.type) };
  return { type: String(element.type), [kind.name]: element[kind.initial] ?? (kind.many ? [] : null) };
}

export function keepValue(
  world: World,
  userId: string,
  surface: string,
  block: Block,
  element: Json,
  value: FieldValue,
): void {
  if (!isField(element)) return;
  const key = surfaceKey(userId, surface);
  const all = world.values.get(key) ?? {};
  const id = String(block.block_id);
  all[id] = { ...all[id], [String(element.action_id)]: value };
  world.values.set(key, all);
}

/** The value a choice makes. What Slack's own client would not let through is the test's mistake and throws. */
export function chosenValue(world: World, element: Json, choice: Choice): FieldValue {
  const type = String(element.type);
  const kind = kinds[type];
  if (!kind) throw new Error(`nothing can be chosen in a ${type}`);
  const given = kind.option
    ? options(world, element, choice)
    : type === 'file_input'
      ? files(world, element, choice)
      : plain(world, type, choice);
  return { type, [kind.name]: kind.many ? given : (given[0] ?? null) };
}

function options(world: World, element: Json, choice: Choice): Json[] {
  const offered = String(element.type).includes('external')
    ? (world.offers.get(String(element.action_id)) ?? [])
    : optionsOf(element);
  return wanted(choice).map((one) => {
    const found = offered.find((option) => option.value === one || (option.text as Json).text === one);
    if (!found) throw new Error(`no option "${one}" in ${String(element.action_id)}`);
    return { text: found.text, value: found.value, ...(found.description ? { description: found.description } : {}) };
  });
}

const wanted = (choice: Choice): string[] =>
  typeof choice === 'string' ? [choice] : Array.isArray(choice) ? choice : [choice.value];

function plain(world: World, type: string, choice: Choice): (string | number | null)[] {
  return wanted(choice).map((one) => {
    if (type === 'datepicker' && !/^\d{4}-\d\d-\d\d$/.test(one))
      throw new Error(`a date picker gives YYYY-MM-DD, not ${one}`);
    if (type === 'timepicker' && !/^\d\d:\d\d$/.test(one)) throw new Error(`a time picker gives HH:mm, not ${one}`);
    if (type.includes('users_select') && !world.users.has(one)) throw new Error(`no user ${one} to choose`);
    if (type === 'datetimepicker') return Number(one);
    return one === '' ? null : one;
  });
}

function files(world: World, element: Json, choice: Choice): Json[] {
  const ids = wanted(choice);
  if (ids.length > Number(element.max_files ?? 10)) throw new Error('more files than the field takes');
  return ids.map((id) => {
    const file = world.files.get(id);
    if (!file) throw new Error(`no file ${id}`);
    return fileJson(world, file);
  });
}

/** What Slack's client says under a field before it sends anything. https://docs.slack.dev/reference/block-kit/blocks/input-block */
export function clientErrors(blocks: Block[], values: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    const element = block.type === 'input' ? elementsOf(block)[0] : undefined;
    if (!element) continue;
    const value = values[String(block.block_id)]?.[String(element.action_id)];
    const says = complaint(block, element, value?.[kinds[String(element.type)]?.name ?? '']);
    if (says) errors[String(block.block_id)] = says;
  }
  return errors;
}

function complaint(block: Block, element: Json, value: unknown): string | undefined {
  const isEmpty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return block.optional ? undefined : 'Please complete this required field.';
  if (typeof value !== 'string') return undefined;
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && value.length < min) return `Must be at least ${min} characters.`;
  const most = typeof max === 'number' ? max : 3000;
  if (value.length > most) return `Must be at most ${most} characters.`;
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) return 'Please enter a valid email.';
  if (element.type === 'url_text_input' && !URL.canParse(value)) return 'Please enter a valid URL.';
  return element.type === 'number_input' ? numberComplaint(element, value) : undefined;
}

function numberComplaint(element: Json, value: string): string | undefined {
  const number = Number(value);
  if (!Number.isFinite(number)) return 'Please enter a number.';
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Must be at least ${element.min_value}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Must be at most ${element.max_value}.`;
  return undefined;
}
