// @ts-check
import { attr, html } from './draw.js';
import { text } from './say.js';
import { page } from './state.js';

/** Fields of Block Kit as plain form controls; what was typed is kept by name in `page.drafts`. */

/** @typedef {import('./blocks.js').Block} Block */
/** @typedef {import('./blocks.js').Place} Place */
/** @typedef {{ id: string; draft: string; value: string; attributes: unknown; place: Place }} Control */

/** An id of the page out of any words. @param {string} words */
export const fileOf = (words) => `f${words.replace(/[^\w-]/g, '_')}`;

/** @type {Record<string, (one: Block, control: Control) => unknown>} */
const kinds = {
  plain_text_input: (one, control) => (one.multiline ? area(one, control) : line(one, control, 'text')),
  rich_text_input: (one, control) => area(one, control),
  email_text_input: (one, control) => line(one, control, 'email'),
  url_text_input: (one, control) => line(one, control, 'url'),
  number_input: (one, control) => line(one, control, 'number'),
  datepicker: (one, control) => line(one, control, 'date'),
  timepicker: (one, control) => line(one, control, 'time'),
  static_select: select,
  external_select: select,
  users_select: (one, control) => select({ ...one, options: people(control.place) }, control),
  multi_static_select: (one, control) => choices(one, control, 'checkbox'),
  multi_users_select: (one, control) => choices({ ...one, options: people(control.place) }, control, 'checkbox'),
  checkboxes: (one, control) => choices(one, control, 'checkbox'),
  radio_buttons: (one, control) => choices(one, control, 'radio'),
  file_input: madeUpFile,
};

/**
 * @param {Block} one @param {Block} block @param {Place} place
 * @param {boolean} isSentAtOnce a change is a press of its own
 * @param {string} said ids of hint and error @param {boolean} isWrong
 */
export function drawField(one, block, place, isSentAtOnce, said = '', isWrong = false) {
  const draft = `${place.where} ${block.block_id} ${one.action_id}`;
  const value = page.drafts.get(draft) ?? firstValue(one);
  const attributes = html` data-draft="${draft}" data-field="${block.block_id}" data-kind="${one.type}"${attr('aria-describedby', said || null)}${attr('aria-invalid', isWrong && 'true')}
    ${isSentAtOnce && html` data-press="${one.action_id}" data-desk="${place.person.id}" data-where="${place.where}" data-block="${block.block_id}"`}${attr('aria-label', block.type !== 'input' && (one.placeholder?.text ?? one.accessibility_label ?? one.action_id))}`;
  return (
    kinds[one.type]?.(one, { id: fileOf(draft), draft, value, attributes, place }) ??
    html`<p class="unknown">${one.type}</p>`
  );
}

/** Several values are kept as lines. @param {Block} one */
function firstValue(one) {
  const many = one.initial_options ?? (one.initial_option ? [one.initial_option] : []);
  if (many.length > 0) return many.map((/** @type {Block} */ option) => option.value).join('\n');
  const plain =
    one.initial_value ?? one.initial_date ?? one.initial_time ?? one.initial_user ?? one.initial_users?.join('\n');
  return typeof plain === 'string' ? plain : '';
}

/** @param {Block} one @param {Control} control */
const area = (one, { id, value, attributes }) =>
  html`<textarea id="${id}" rows="2"${attributes}${attr('placeholder', one.placeholder?.text)}${attr('maxlength', one.max_length)}>${value}</textarea>`;

/** @param {Block} one @param {Control} control @param {string} type */
const line = (one, { id, value, attributes }, type) =>
  html`<input id="${id}" type="${type}" value="${value}"${attributes}${attr('placeholder', one.placeholder?.text)}${attr('maxlength', one.max_length)} autocomplete="off">`;

/** @param {Block} one @param {Control} control */
function select(one, { id, value, attributes }) {
  const option = (/** @type {Block} */ { text: words, value: own }) =>
    html`<option value="${own}"${attr('selected', own === value)}>${words?.text}</option>`;
  const groups = one.option_groups?.map(
    (/** @type {Block} */ group) =>
      html`<optgroup label="${group.label?.text}">${group.options.map(option)}</optgroup>`,
  );
  return html`<select id="${id}"${attributes}><option value=""${attr('selected', value === '')}>${one.placeholder?.text ?? '—'}</option>${groups ?? (one.options ?? []).map(option)}</select>`;
}

/** @param {Block} one @param {Control} control @param {'checkbox' | 'radio'} type */
function choices(one, { id, value, attributes, place }, type) {
  const chosen = value.split('\n');
  return html`<div class="choices">${(one.options ?? []).map(
    (
      /** @type {Block} */ option,
      /** @type {number} */ index,
    ) => html`<label class="choice"><input type="${type}" name="${id}" id="${id}-${index}" value="${option.value}"${attr('checked', chosen.includes(option.value))}${attributes}>
      <span>${option.text?.text}${option.description && html`<small>${option.description.text}</small>`}</span></label>`,
  )}${place && null}</div>`;
}

/** @param {Place} place */
const people = ({ users }) => Object.entries(users).map(([value, name]) => ({ value, text: { text: name } }));

/** The city has no real documents: the person adds a made-up one. @param {Block} _one @param {Control} control */
function madeUpFile(_one, { id, value, attributes, place }) {
  return html`<label class="choice"><input type="checkbox" id="${id}" value="made-up"${attr('checked', value === 'made-up')}${attributes}><span>${text(place.person.language, 'attach.file')}</span></label>`;
}

/**
 * What stands in the fields of a form: block id -> text, or list of texts where several may be chosen.
 * A choice nobody made is left out.
 * @param {HTMLElement} form
 */
export function valuesOf(form) {
  /** @type {Record<string, string | string[]>} */
  const values = {};
  for (const field of form.querySelectorAll('[data-field]')) {
    const { dataset } = /** @type {HTMLElement} */ (field);
    const value = fieldValue(/** @type {HTMLInputElement} */ (field), form);
    if (value !== null) values[dataset.field ?? ''] = value;
  }
  return values;
}

const several = ['checkboxes', 'multi_static_select', 'multi_users_select', 'file_input'];
const typed = ['plain_text_input', 'rich_text_input', 'email_text_input', 'url_text_input', 'number_input'];

/** @param {HTMLInputElement} field @param {HTMLElement} form @returns {string | string[] | null} */
export function fieldValue(field, form) {
  const kind = field.dataset.kind ?? '';
  const together = /** @type {HTMLInputElement[]} */ (
    [...form.querySelectorAll('[data-field]')].filter((one) => one.getAttribute('data-draft') === field.dataset.draft)
  );
  const checked = together.filter((one) => one.checked).map((one) => one.value);
  if (several.includes(kind)) return checked;
  if (kind === 'radio_buttons') return checked[0] ?? null;
  return field.value !== '' || typed.includes(kind) ? field.value : null;
}
