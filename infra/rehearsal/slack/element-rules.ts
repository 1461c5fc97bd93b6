import { isDeepStrictEqual } from 'node:util';
import {
  among,
  anything,
  both,
  fail,
  flag,
  isObject,
  listOf,
  pattern,
  type Rule,
  shape,
  string,
  whole,
} from './rules.ts';
import { anyText, confirm, option, optionGroup, overflowOption, plainText, richOption } from './text-rules.ts';
import type { Json } from './world.ts';

const date = pattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a date of the form YYYY-MM-DD');
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the form HH:mm');
const actionId = string(255);
const asked = { 'type!': anything, action_id: actionId, placeholder: plainText(150), focus_on_load: flag };
const single = { ...asked, confirm };
const several = { ...single, max_selected_items: whole(1, 100) };
const dispatch = shape({ trigger_actions_on: listOf(among('on_enter_pressed', 'on_character_entered'), 2) });
const id = string(255);

/** Either options or option_groups; an initial option must stand among them exactly. */
const choices: Rule = (value, at, problems) => {
  if (!isObject(value)) return;
  if (!!value.options === !!value.option_groups) fail(problems, 'needs either options or option_groups', at);
  initials(value, at, problems);
};
const initials: Rule = (value, at, problems) => {
  if (!isObject(value)) return;
  const known = optionsOf(value);
  for (const given of [value.initial_option ?? [], value.initial_options ?? []].flat()) {
    if (!known.some((one) => isDeepStrictEqual(one, given))) {
      fail(problems, 'initial_option must match an option exactly', at);
    }
  }
};

export const optionsOf = (element: Json): Json[] => [
  ...((element.options ?? []) as Json[]),
  ...((element.option_groups ?? []) as Json[]).flatMap((group) => (group.options ?? []) as Json[]),
];

/** One of image_url and slack_file. https://docs.slack.dev/reference/block-kit/block-elements/image-element */
export const oneImage: Rule = (value, at, problems) => {
  if (isObject(value) && !!value.image_url === !!value.slack_file) {
    fail(problems, 'needs either image_url or slack_file', at);
  }
};
export const imageFields = {
  'type!': anything,
  image_url: string(3000),
  slack_file: shape({ id, url: string(3000) }),
  'alt_text!': string(2000),
};

/** Each entry: https://docs.slack.dev/reference/block-kit/block-elements/<name>-element (name with hyphens). */
const elements: Record<string, Rule> = {
  button: shape({
    'type!': anything,
    'text!': plainText(75),
    action_id: actionId,
    url: string(3000),
    value: string(2000, 0),
    style: among('primary', 'danger'),
    confirm,
    accessibility_label: string(75),
  }),
  image: both(shape(imageFields), oneImage),
  overflow: shape({ 'type!': anything, action_id: actionId, 'options!': listOf(overflowOption, 5), confirm }),
  checkboxes: both(
    shape({
      'type!': anything,
      action_id: actionId,
      'options!': listOf(richOption, 10),
      initial_options: listOf(richOption, 10),
      confirm,
      focus_on_load: flag,
    }),
    initials,
  ),
  radio_buttons: both(
    shape({
      'type!': anything,
      action_id: actionId,
      'options!': listOf(richOption, 10),
      initial_option: richOption,
      confirm,
      focus_on_load: flag,
    }),
    initials,
  ),
  datepicker: shape({ ...single, initial_date: date }),
  timepicker: shape({ ...single, initial_time: time, timezone: string(100) }),
  datetimepicker: shape({
    'type!': anything,
    action_id: actionId,
    initial_date_time: whole(1_000_000_000, 9_999_999_999),
    confirm,
    focus_on_load: flag,
  }),
  static_select: both(
    shape({ ...single, options: listOf(option, 100), option_groups: listOf(optionGroup, 100), initial_option: option }),
    choices,
  ),
  multi_static_select: both(
    shape({
      ...several,
      options: listOf(option, 100),
      option_groups: listOf(optionGroup, 100),
      initial_options: listOf(option, 100),
    }),
    choices,
  ),
  external_select: shape({ ...single, initial_option: option, min_query_length: whole(0, 100) }),
  multi_external_select: shape({ ...several, initial_options: listOf(option, 100), min_query_length: whole(0, 100) }),
  users_select: shape({ ...single, initial_user: id }),
  multi_users_select: shape({ ...several, initial_users: listOf(id, 100) }),
  channels_select: shape({ ...single, initial_channel: id, response_url_enabled: flag }),
  multi_channels_select: shape({ ...several, initial_channels: listOf(id, 100) }),
  conversations_select: shape({
    ...single,
    initial_conversation: id,
    default_to_current_conversation: flag,
    response_url_enabled: flag,
    filter: anything,
  }),
  multi_conversations_select: shape({
    ...several,
    initial_conversations: listOf(id, 100),
    default_to_current_conversation: flag,
    filter: anything,
  }),
  plain_text_input: shape({
    ...asked,
    initial_value: string(3000, 0),
    multiline: flag,
    min_length: whole(0, 3000),
    max_length: whole(1, 3000),
    dispatch_action_config: dispatch,
  }),
  email_text_input: shape({ ...asked, initial_value: string(3000), dispatch_action_config: dispatch }),
  url_text_input: shape({ ...asked, initial_value: string(3000), dispatch_action_config: dispatch }),
  number_input: shape({
    ...asked,
    'is_decimal_allowed!': flag,
    initial_value: string(40),
    min_value: string(40),
    max_value: string(40),
    dispatch_action_config: dispatch,
  }),
  rich_text_input: shape({ ...asked, initial_value: anything, dispatch_action_config: dispatch }),
  file_input: shape({
    'type!': anything,
    action_id: actionId,
    filetypes: listOf(string(50), 100),
    max_files: whole(1, 10),
  }),
  plain_text: anyText(3000),
  mrkdwn: anyText(3000),
};

const selects = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select'];
const multi = selects.map((name) => `multi_${name}`);
const pickers = ['checkboxes', 'datepicker', 'radio_buttons', 'timepicker'];

const pick = (...names: string[]) =>
  Object.fromEntries(names.flatMap((name) => (elements[name] ? [[name, elements[name]]] : [])));

/** "Works with block types" of each element's page. */
export const inSection = pick('button', 'image', 'overflow', ...selects, ...multi, ...pickers);
export const inActions = pick('button', 'overflow', 'datetimepicker', ...selects, ...pickers);
export const inContext = pick('image', 'plain_text', 'mrkdwn');
export const inInput = pick(
  ...selects,
  ...multi,
  ...pickers,
  'datetimepicker',
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
);
export const inModalInput = { ...inInput, ...pick('file_input') };
