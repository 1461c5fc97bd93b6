// @ts-check
import { ask } from './ask.js';
import { labelOf } from './clock.js';
import { html } from './draw.js';
import { farOff, hour, left, pageText, shortDay } from './say.js';
import { page } from './state.js';

/** "Inside": the machine. Troubles, outbox, timers, who was told, journal. The only place that looks behind. */

/** @import { InsideState, Trouble } from '../shapes.ts' */

/** @type {Record<string, (element: HTMLElement) => unknown>} */
export const insideActs = {
  trouble: ({ dataset }) => ask('trouble', { name: dataset.trouble, isOn: dataset.on !== 'true' }),
};

export function drawInside() {
  const inside = page.city?.inside;
  if (!inside) return html``;
  return html`${troubles(inside)}${outbox(inside)}${timers(inside)}${told(inside)}${journal(inside)}`;
}

/** @param {string} name @param {unknown} beside @param {unknown} content */
const cell = (name, beside, content) =>
  html`<section class="cell ${name}" data-key="${name}" aria-labelledby="cell-${name}"><header><h2 id="cell-${name}">${pageText(`inside.${name}`)}</h2> <span class="beside">${beside}</span></header>${content}</section>`;

/** @param {InsideState} inside */
function troubles(inside) {
  const count = inside.troubles.filter(({ isOn }) => isOn).length;
  const beside = count > 0 ? pageText('trouble.count', { count }) : pageText('inside.troublesHint');
  return cell('troubles', beside, html`<div class="switches">${inside.troubles.map(oneTrouble)}</div>`);
}

/** @param {Trouble} trouble */
const oneTrouble = ({
  name,
  isOn,
}) => html`<button type="button" class="switch ${isOn ? 'is-on' : ''}" data-key="${name}" role="switch" aria-checked="${String(isOn)}" data-act="trouble" data-trouble="${name}" data-on="${String(isOn)}">
  <span class="slide" aria-hidden="true"></span>${pageText(`trouble.${name}`)}</button>`;

/** What the system does instead, in the cell that suffers. @param {InsideState} inside @param {string[]} names */
function says(inside, names) {
  const trouble = inside.troubles.find(({ name, saysKey }) => names.includes(name) && saysKey);
  if (!trouble?.saysKey) return null;
  const words = pageText(trouble.saysKey, trouble.says ?? {});
  return html`<span class="is-suffering">${trouble.says || !/: {1,2}\S{0,2}$/.test(words) ? words : pageText(`trouble.${trouble.name}`)}</span>`;
}

const held = () => html`<span class="is-suffering">${pageText('says.held')}</span>`;

const outgoing = /** @type {const} */ (['pending', 'attempting', 'sent']);
const aside = /** @type {const} */ (['not_sent', 'unknown', 'refused']);
const camel = (/** @type {string} */ state) => (state === 'not_sent' ? 'notSent' : state);

/** @param {InsideState} inside */
function outbox(inside) {
  const { outbox: box } = inside;
  const suffering = inside.isHeld ? held() : says(inside, ['telegram429', 'slack429', 'telegramSlow', 'slackSlow']);
  return cell(
    'outbox',
    suffering ?? pageText('says.open'),
    html`<ol class="belt">${outgoing.map((state) => html`<li class="${box[state] > 0 && state !== 'sent' ? 'is-lit' : ''}"><b>${box[state]}</b><span>${pageText(`outbox.${state}`)}</span></li>`)}</ol>
    <ul class="chips">${aside.map((state) => html`<li class="chip ${box[state] > 0 ? 'is-lit' : ''}">${pageText(`outbox.${camel(state)}`, { total: box[state] })}</li>`)}</ul>
    <ul class="rows" tabindex="0">${box.last.length === 0 && html`<li class="none">${pageText('outbox.none')}</li>`}${box.last.map((row) => line(row.messageRef, hour(row.at), row.label, stateName(row.state)))}</ul>`,
  );
}

const stateName = (/** @type {string} */ state) => pageText(`outboxState.${camel(state)}`);

/** One row; a pointed or focused one rings its message. @param {string | undefined} ref @param {unknown} first @param {unknown} middle @param {unknown} last @param {string} look */
const line = (ref, first, middle, last, look = '') =>
  html`<li class="row ${look}"${ref && html` data-trace="${ref}" tabindex="0"`}><span class="first">${first}</span><span class="middle">${middle}</span><span class="last">${last}</span></li>`;

/** @param {InsideState} inside */
function timers(inside) {
  const now = page.city?.clock.at ?? '';
  const beside = says(inside, ['redisOff']) ?? pageText('timers.total', { total: inside.timers.total });
  const rows = inside.timers.next.map((timer) =>
    line(
      undefined,
      soon(now, timer.at),
      labelOf(timer),
      farOff(now, timer.at) === 'today' ? left(now, timer.at) : '',
      timer.isUrgent ? 'is-urgent' : '',
    ),
  );
  return cell(
    'timers',
    beside,
    html`<ul class="rows" tabindex="0">${rows.length === 0 ? html`<li class="none">${pageText('timers.none')}</li>` : rows}</ul>`,
  );
}

/** @param {string} now @param {string} iso */
function soon(now, iso) {
  const far = farOff(now, iso);
  if (far === 'today') return hour(iso);
  return far === 'tomorrow'
    ? pageText('clock.tomorrow', { time: hour(iso) })
    : `${shortDay(page.view.language, iso)} ${hour(iso)}`;
}

const channels = { telegram: 'Telegram', slack: 'Slack' };

/** @param {InsideState} inside */
function told(inside) {
  const rows = inside.told.map(({ at, name, channel, state, messageRef }) =>
    line(
      messageRef,
      hour(at),
      name,
      toldState(channel, state),
      ['silent', 'refused'].includes(saidOf[state] ?? '') ? 'is-urgent' : '',
    ),
  );
  return cell(
    'told',
    '',
    html`<ul class="rows" tabindex="0">${rows.length === 0 ? html`<li class="none">${pageText('told.none')}</li>` : rows}</ul>`,
  );
}

/** A row of the outbox, or what is known of the person: as one of four words. @type {Record<string, 'arrived' | 'silent' | 'leaving' | 'refused'>} */
const saidOf = {
  arrived: 'arrived',
  sent: 'arrived',
  silent: 'silent',
  leaving: 'leaving',
  pending: 'leaving',
  attempting: 'leaving',
  refused: 'refused',
  not_sent: 'refused',
  unknown: 'leaving',
};
const signs = { arrived: '✓', leaving: '…', refused: '✕' };

/** @param {'telegram' | 'slack'} channel @param {string} state */
function toldState(channel, state) {
  const said = saidOf[state];
  if (said === undefined) return `${channels[channel]} · ${state}`;
  const words = pageText(`told.${said}`, { channel: channels[channel] });
  if (said === 'silent') return words;
  return html`<span aria-hidden="true" title="${words}">${channels[channel]} ${signs[said]}</span><span class="unseen">${words}</span>`;
}

/** @param {InsideState} inside */
function journal(inside) {
  const { brokenAt } = inside;
  const chain =
    brokenAt === null
      ? html`${pageText('journal.whole')} <span aria-hidden="true">✓</span>`
      : brokenAt !== undefined && pageText('journal.broken', { number: brokenAt });
  const rows = inside.journal.map(({ number, type, about, messageRef }) =>
    line(messageRef, `#${number}`, breakable(type), about, 'is-code'),
  );
  return cell(
    'journal',
    says(inside, ['databaseOff']) ?? chain,
    html`<ul class="rows" tabindex="0">${rows.length === 0 ? html`<li class="none">${pageText('journal.none')}</li>` : rows}</ul>`,
  );
}

/** A long name may go on in the next line after a dot or a hyphen. @param {string} name */
const breakable = (name) => name.split(/(?<=[.-])/).map((part) => html`${part}<wbr>`);
