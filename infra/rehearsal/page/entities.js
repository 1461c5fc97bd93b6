// @ts-check
import { html } from './draw.js';

/** Text of a phone message with its entities: offsets in UTF-16 units, nested as they come. */

/** @import { TextEntity } from '../shapes.ts' */

/** @param {string} text @param {TextEntity[]} entities */
export function drawText(text, entities = []) {
  const edges = [
    ...new Set([0, text.length, ...entities.flatMap(({ offset, length }) => [offset, offset + length])]),
  ].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? text.length;
    const over = entities.filter(({ offset, length }) => offset <= from && to <= offset + length);
    return over.reduceRight((inside, entity) => wrap(inside, entity, text), html`${text.slice(from, to)}`);
  });
}

/** @type {Record<string, (inside: unknown) => import('./draw.js').Drawn>} */
const plain = {
  bold: (inside) => html`<b>${inside}</b>`,
  italic: (inside) => html`<i>${inside}</i>`,
  underline: (inside) => html`<u>${inside}</u>`,
  strikethrough: (inside) => html`<s>${inside}</s>`,
  code: (inside) => html`<code>${inside}</code>`,
  pre: (inside) => html`<code class="pre">${inside}</code>`,
  spoiler: (inside) => html`<span class="spoiler" tabindex="0">${inside}</span>`,
  blockquote: (inside) => html`<span class="quote">${inside}</span>`,
  expandable_blockquote: (inside) => html`<span class="quote">${inside}</span>`,
  mention: (inside) => html`<span class="link">${inside}</span>`,
  bot_command: (inside) => html`<span class="link">${inside}</span>`,
};

/** @param {import('./draw.js').Drawn} inside @param {TextEntity} entity @param {string} text */
function wrap(inside, { type, offset, length, url }, text) {
  const words = text.slice(offset, offset + length);
  if (type === 'text_link' || type === 'url') return link(inside, url ?? words);
  if (type === 'phone_number')
    return html`<button type="button" class="link" data-act="call" data-number="${words}">${inside}</button>`;
  return plain[type]?.(inside) ?? inside;
}

/** Only addresses of the web become links. @param {unknown} inside @param {string} url */
export function link(inside, url) {
  const address = /^https?:\/\//.test(url) ? url : `https://${url}`;
  return URL.canParse(address)
    ? html`<a href="${address}" target="_blank" rel="noreferrer noopener">${inside}</a>`
    : html`${inside}`;
}
