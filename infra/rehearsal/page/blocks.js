// @ts-check
import { attr, html } from './draw.js';
import { drawField, fileOf } from './fields.js';
import { mrkdwn } from './mrkdwn.js';
import { page } from './state.js';
import { circleOf, stateWord, withoutCircle } from './tone.js';
import { ringOf } from './tour.js';

/** Block Kit, drawn as the bot sent it. */

/** @import { CityPerson } from '../shapes.ts' */
/** @typedef {Record<string, any>} Block */
/** @typedef {{ person: CityPerson; users: Record<string, string>; where: string; head?: string; errors?: Record<string, string> }} Place `where`: what a press names, as JSON; `head`: what stands beside the state word of a card */

/** @type {Record<string, (block: Block, place: Place) => unknown>} */
const kinds = {
  header: (block) => header(block.text?.text ?? ''),
  section,
  actions: (block, place) =>
    html`<div class="actions">${(block.elements ?? []).map((/** @type {Block} */ one) => element(one, block, place))}</div>`,
  context: (block, place) =>
    html`<div class="context">${(block.elements ?? []).map((/** @type {Block} */ one) => contextPart(one, place))}</div>`,
  divider: () => html`<hr>`,
  image: (block) =>
    html`<figure>${picture(block)}${block.title && html`<figcaption>${block.title.text}</figcaption>`}</figure>`,
  input,
  markdown: (block, place) =>
    html`<div class="prose">${mrkdwn(String(block.text ?? '').replace(/\*\*/g, '*'), place.users)}</div>`,
  rich_text: (block, place) =>
    html`<div class="prose">${(block.elements ?? []).map((/** @type {Block} */ one) => richPart(one, place))}</div>`,
  file: () => null,
};

/** @param {Block[]} blocks @param {Place} place */
export const drawBlocks = (blocks, place) => grouped(blocks).map((group, index) => drawGroup(group, place, index));

/** What can be pressed about a section stands beside it. @param {Block[]} blocks */
function grouped(blocks) {
  /** @type {Block[][]} */
  const groups = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    const isAbout = block.type === 'actions' && last?.length === 1 && last[0]?.type === 'section';
    if (isAbout) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

/** @param {Block[]} group @param {Place} place @param {number} index */
function drawGroup(group, place, index) {
  const [first] = group;
  const key = first?.block_id ?? `b${index}`;
  if (group.length === 1)
    return html`<div class="block is-${first?.type}" data-key="${key}">${drawOne(first ?? {}, place)}</div>`;
  return html`<div class="block is-item" data-key="${key}">${group.map((block) => drawOne(block, place))}</div>`;
}

/** @param {Block} block @param {Place} place */
const drawOne = (block, place) => kinds[block.type]?.(block, place) ?? html`<p class="unknown">${block.type}</p>`;

/** A count at the end of a heading becomes a chip. @param {string} words */
function header(words) {
  const [, title, count] = /^(.*\S)\s*(?:·|:|\()\s*(\d+)\)?$/u.exec(words) ?? [null, words, null];
  return html`<h4>${title}${count !== null && html` <span class="chip">${count}</span>`}</h4>`;
}

/** @param {Block} block @param {Place} place */
function section(block, place) {
  const tone = circleOf(block.text?.text ?? '');
  return html`<div class="section ${tone ? `bar-${tone}` : ''}"><div class="section-words">
    ${block.text && html`<div class="prose">${textOf(tone ? { ...block.text, text: withoutCircle(block.text.text) } : block.text, place)}</div>`}
    ${block.fields && html`<dl class="facts">${block.fields.map((/** @type {Block} */ one) => fact(one, place))}</dl>`}</div>
    ${block.accessory && element(block.accessory, block, place)}</div>`;
}

/** A card's first words: the state as a badge, then number and place. @param {Block} object @param {Place} place */
export function textOf(object, place) {
  const words = String(object?.text ?? '');
  const state = stateWord(words);
  if (state)
    return html`<span class="badge ${state.tone}"><span aria-hidden="true">${state.sign}</span> ${state.word}</span> <b>${mrkdwn((state.rest || place.head || '').replace(/\*/g, ''), place.users)}</b>`;
  return object?.type === 'plain_text' ? words : mrkdwn(words, place.users);
}

/** A field of two lines is a label and its value. @param {Block} field @param {Place} place */
function fact(field, place) {
  const [label, ...value] = String(field.text ?? '').split('\n');
  if (value.length === 0) return html`<div><dd>${mrkdwn(label ?? '', place.users)}</dd></div>`;
  return html`<div><dt>${mrkdwn((label ?? '').replace(/[*_]/g, '').replace(/:$/, ''), place.users)}</dt><dd>${mrkdwn(value.join('\n').replace(/\*/g, ''), place.users)}</dd></div>`;
}

/** @param {Block} part @param {Place} place */
function contextPart(part, place) {
  if (part.type === 'image') return picture(part);
  const steps = stepsIn(String(part.text ?? ''));
  if (steps === null) return html`<span class="prose">${textOf(part, place)}</span>`;
  return html`<ol class="lines">${steps.map(({ time, words }) => html`<li><time>${time}</time><span>${mrkdwn(words, place.users)}</span></li>`)}</ol>`;
}

/** Lines that all begin with an hour are steps, the hour in a column of its own. @param {string} text */
function stepsIn(text) {
  const lines = text.split('\n').map((line) => /^(\d\d:\d\d) · (.+)$/.exec(line));
  return lines.every((found) => found !== null) ? lines.map(([, time, words = '']) => ({ time, words })) : null;
}

/** Only pictures of this page's own address are shown; a foreign one is named. @param {Block} block */
function picture(block) {
  const address = block.slack_file?.id
    ? `/city/file/slack/${encodeURIComponent(block.slack_file.id)}`
    : String(block.image_url ?? '');
  const isOwn = address.startsWith('/') || address.startsWith(location.origin);
  return isOwn
    ? html`<img src="${address}" alt="${block.alt_text}">`
    : html`<span class="chip">${block.alt_text}</span>`;
}

/** @param {Block} one @param {Block} block @param {Place} place */
function element(one, block, place) {
  if (one.type === 'image') return picture(one);
  if (one.type === 'button' || one.type === 'workflow_button') return button(one, block, place);
  if (one.type === 'overflow') return drawField({ ...one, type: 'static_select' }, block, place, true);
  return drawField(one, block, place, true);
}

/** @param {Block} one @param {Block} block @param {Place} place */
function button(one, block, place) {
  const id = `${place.where} ${block.block_id} ${one.action_id}`;
  const ring = ringOf(`press:${place.person.id}:${one.action_id}:${place.where}`);
  if (one.url)
    return html`<a class="button ${one.style ?? ''}" href="${one.url}" target="_blank" rel="noreferrer noopener">${one.text?.text}</a>`;
  return html`<button type="button" class="button ${one.style ?? ''} ${ring.name} ${page.busy.has(id) ? 'is-busy' : ''}" data-key="${one.action_id}" data-act="press" data-desk="${place.person.id}" data-where="${place.where}"
    data-action="${one.action_id}" data-block="${block.block_id}"${attr('data-confirm', one.confirm && JSON.stringify(one.confirm))}${attr('aria-label', one.accessibility_label)}${ring.target}>${one.text?.text}${ring.number}</button>`;
}

/** @param {Block} block @param {Place} place */
function input(block, place) {
  const id = `${place.where} ${block.block_id}`;
  const error = place.errors?.[block.block_id];
  const said = [...(block.hint ? [`${id} hint`] : []), ...(error ? [`${id} error`] : [])].map(fileOf).join(' ');
  const isGroup = ['radio_buttons', 'checkboxes', 'file_input'].includes(block.element?.type);
  const label = html`${block.label?.text}`;
  const inside = html`${drawField(block.element ?? {}, block, place, block.dispatch_action === true, said, error !== undefined)}
    ${block.hint && html`<p class="hint" id="${fileOf(`${id} hint`)}">${block.hint.text}</p>`}
    ${error && html`<p class="error" data-key="error" id="${fileOf(`${id} error`)}">${error}</p>`}`;
  if (isGroup)
    return html`<fieldset class="field ${error ? 'is-wrong' : ''}"><legend>${label}</legend>${inside}</fieldset>`;
  return html`<div class="field ${error ? 'is-wrong' : ''}"><label for="${fileOf(`${id} ${block.element?.action_id}`)}">${label}</label>${inside}</div>`;
}

/** @param {Block} part @param {Place} place @returns {unknown} */
function richPart(part, place) {
  const inside = (part.elements ?? []).map((/** @type {Block} */ one) => richPart(one, place));
  switch (part.type) {
    case 'rich_text_list':
      return listOf(part.style === 'ordered', inside);
    case 'rich_text_quote':
      return html`<span class="quote">${inside}</span>`;
    case 'rich_text_preformatted':
      return html`<code class="pre">${inside}</code>`;
    case 'rich_text_section':
      return html`<span class="rich">${inside}</span>`;
    case 'user':
      return html`<span class="mention">@${place.users[part.user_id] ?? part.user_id}</span>`;
    case 'emoji':
      return String.fromCodePoint(
        ...String(part.unicode ?? '2753')
          .split('-')
          .map((code) => Number.parseInt(code, 16)),
      );
    case 'link':
      return mrkdwn(`<${part.url}|${part.text ?? part.url}>`);
    default:
      return styled(part);
  }
}

/** @param {boolean} isOrdered @param {unknown[]} items */
function listOf(isOrdered, items) {
  const inside = items.map((one) => html`<li>${one}</li>`);
  return isOrdered ? html`<ol>${inside}</ol>` : html`<ul>${inside}</ul>`;
}

/** @param {Block} part */
function styled({ text = '', style = {} }) {
  const lines = String(text).split('\n');
  let words = html`${lines.map((line, index) => html`${index > 0 && html`<br>`}${line}`)}`;
  if (style.code) words = html`<code>${words}</code>`;
  if (style.bold) words = html`<b>${words}</b>`;
  if (style.italic) words = html`<i>${words}</i>`;
  return style.strike ? html`<s>${words}</s>` : words;
}
