// @ts-check
import { html } from './draw.js';
import { link } from './entities.js';

/** Slack's mrkdwn: *bold* _italic_ ~struck~ `code` ```code``` <url|words> <@U1> <#C1|name> <!date^…|words> and > quotes. */

/** @typedef {Record<string, string>} Names user id -> name */

/** @param {string} text @param {Names} users */
export const mrkdwn = (text, users = {}) => inline(text, users);

/** @type {[RegExp, (found: RegExpExecArray, users: Names) => import('./draw.js').Drawn][]} */
const rules = [
  [/```([\s\S]+?)```/, ([, words]) => html`<code class="pre">${decoded(words ?? '').trim()}</code>`],
  [/`([^`\n]+)`/, ([, words]) => html`<code>${decoded(words ?? '')}</code>`],
  [/<([^<>\n]+)>/, ([, inside], users) => angle(inside ?? '', users)],
  [
    /(?<![\p{L}\p{N}])\*(?=\S)([^*\n]*?\S)\*(?![\p{L}\p{N}])/u,
    ([, words], users) => html`<b>${inline(words ?? '', users)}</b>`,
  ],
  [
    /(?<![\p{L}\p{N}])_(?=\S)([^_\n]*?\S)_(?![\p{L}\p{N}])/u,
    ([, words], users) => html`<i>${inline(words ?? '', users)}</i>`,
  ],
  [
    /(?<![\p{L}\p{N}])~(?=\S)([^~\n]*?\S)~(?![\p{L}\p{N}])/u,
    ([, words], users) => html`<s>${inline(words ?? '', users)}</s>`,
  ],
  [/(?<=^|\n)&gt; ?([^\n]*)\n?/, ([, words], users) => html`<span class="quote">${inline(words ?? '', users)}</span>`],
  [/\n/, () => html`<br>`],
];

/** The earliest mark wins; what stands before and after it is read again. @param {string} text @param {Names} users @returns {unknown} */
function inline(text, users) {
  let first;
  for (const [pattern, draw] of rules) {
    const found = pattern.exec(text);
    if (found && (first === undefined || found.index < first.found.index)) first = { found, draw };
  }
  if (first === undefined) return decoded(text);
  const { found, draw } = first;
  return [
    decoded(text.slice(0, found.index)),
    draw(found, users),
    inline(text.slice(found.index + found[0].length), users),
  ];
}

/** @param {string} inside @param {Names} users */
function angle(inside, users) {
  const [address = '', words] = inside.split('|');
  if (address.startsWith('@'))
    return html`<span class="mention">@${users[address.slice(1)] ?? words ?? address.slice(1)}</span>`;
  if (address.startsWith('#')) return html`<span class="mention">#${words ?? address.slice(1)}</span>`;
  if (address.startsWith('!'))
    return html`<span class="mention">${words ?? `@${address.slice(1).split('^')[0]}`}</span>`;
  if (/^(tel|mailto):/.test(address))
    return html`<span class="link">${decoded(words ?? address.replace(/^\w+:/, ''))}</span>`;
  return link(decoded(words ?? address), decoded(address));
}

/** Slack's three escapes. @param {string} text */
const decoded = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
