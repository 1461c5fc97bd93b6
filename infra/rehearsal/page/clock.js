// @ts-check
import { ask } from './ask.js';
import { attr, html } from './draw.js';
import { icons } from './icons.js';
import { announce, dayOf, farOff, hour, longDay, moment, pageText, shortDay } from './say.js';
import { isStarting, page, redraw } from './state.js';
import { ringOf } from './tour.js';

/** Time: the hour, the bar of 24 hours with its ticks, and the buttons that move it. It goes forward only. */

/** @import { ClockState, InsideTimer } from '../shapes.ts' */

export const clockActs = {
  next: () => ask('clock/next'),
  forward: (/** @type {HTMLElement} */ element) => ask('clock/forward', { minutes: Number(element.dataset.minutes) }),
};

const dayMinutes = 24 * 60;

/** @param {string} iso */
export function minuteOf(iso) {
  const [hours = 0, minutes = 0] = hour(iso).split(':').map(Number);
  return hours * 60 + minutes;
}

/** The label of a timer in the language of the page, when it has one there. @param {InsideTimer} timer */
export const labelOf = (timer) => (timer.key ? pageText(timer.key, timer.params ?? {}) : timer.label);

export function drawClock() {
  const clock = page.city?.clock;
  if (!clock) return html``;
  const isOff = isStarting() || clock.isMoving;
  const { language } = page.view;
  return html`<div class="now"><time class="hour" datetime="${clock.at}">${hour(clock.at)}</time><span class="date">${longDay(language, clock.at, true)}</span></div>
    <div class="day"><div class="bar" data-clock-bar role="slider" tabindex="0" aria-label="${pageText('clock.label')}" aria-valuemin="0" aria-valuemax="${dayMinutes}" aria-valuenow="${minuteOf(clock.at)}"
        aria-valuetext="${longDay(language, clock.at, true)}, ${hour(clock.at)}"${attr('aria-disabled', isOff && 'true')}>
        <span class="sky"></span>${clock.today.map((timer) => tick(clock, timer))}<span class="thumb" data-vars="--x:${percent(page.drag ?? minuteOf(clock.at))}"></span>
        ${page.drag !== null && html`<span class="drag-hour" data-vars="--x:${percent(page.drag)}">${spelled(page.drag)}</span>`}</div>
      <div class="hours" aria-hidden="true"><span class="quiet-hours" data-vars="--x:16.6%">${pageText('clock.quiet')}</span><span data-vars="--x:33.3%">8</span><span data-vars="--x:50%">12</span><span data-vars="--x:87.5%">21</span><span class="quiet-hours" data-vars="--x:94.5%">${pageText('clock.quiet')}</span></div></div>
    ${nextKey(clock, isOff)}`;
}

const percent = (/** @type {number} */ minute) => `${((minute / dayMinutes) * 100).toFixed(2)}%`;
const spelled = (/** @type {number} */ minute) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** @param {ClockState} clock @param {InsideTimer} timer */
function tick(clock, timer) {
  if (dayOf(timer.at) !== dayOf(clock.at)) return null;
  const title = pageText(timer.isUrgent ? 'clock.tickUrgent' : 'clock.tick', {
    time: hour(timer.at),
    what: labelOf(timer),
  });
  return html`<span class="due ${timer.isUrgent ? 'is-urgent' : ''}" data-key="${timer.id}" data-vars="--x:${percent(minuteOf(timer.at))}" title="${title}"></span>`;
}

/** @param {ClockState} clock @param {boolean} isOff */
function nextKey({ at, next }, isOff) {
  const ring = ringOf('next');
  const said = next && pageText('aria.next', { when: `${longDay(page.view.language, next.at)}, ${hour(next.at)}` });
  return html`<button type="button" class="button sun next ${ring.name}" data-act="next"${attr('disabled', isOff || next === null)}${attr('aria-label', next && `${nextWords(at, next)}. ${said}`)}${ring.target}>
    ${icons.next}<span class="next-long">${nextWords(at, next)}</span><span class="next-short">${next ? moment(at, next.at) : '—'}</span>${ring.number}</button>`;
}

/** @param {string} at @param {InsideTimer | null} next */
function nextWords(at, next) {
  if (next === null) return pageText('button.nextNone');
  const time = hour(next.at);
  const far = farOff(at, next.at);
  if (far === 'today') return pageText('button.next', { time });
  return far === 'tomorrow'
    ? pageText('button.nextTomorrow', { time })
    : pageText('button.nextOn', { day: shortDay(page.view.language, next.at), time });
}

export function drawForward() {
  const isOff = isStarting() || page.city?.clock.isMoving === true;
  const key = (/** @type {number} */ minutes, /** @type {string} */ name) =>
    html`<button type="button" class="button forward" data-key="${name}" data-act="forward" data-minutes="${minutes}" aria-label="${pageText(`button.${name}`)}. ${pageText(`aria.${name}`)}"${attr('disabled', isOff)}>${pageText(`button.${name}`)}</button>`;
  return html`${key(15, 'plusQuarter')}${key(60, 'plusHour')}${key(dayMinutes, 'plusDay')}`;
}

export function startClock() {
  document.addEventListener('pointerdown', grab);
  document.addEventListener('keydown', keys);
}

const barOf = (/** @type {EventTarget | null} */ target) => {
  const bar = target instanceof Element ? target.closest('[data-clock-bar]') : null;
  return bar instanceof HTMLElement && bar.getAttribute('aria-disabled') !== 'true' ? bar : null;
};

/** @param {PointerEvent} event */
function grab(event) {
  const bar = barOf(event.target);
  if (bar === null || page.city === null) return;
  event.preventDefault();
  bar.focus();
  const move = (/** @type {PointerEvent} */ now) => drag(bar, now.clientX);
  const end = (/** @type {PointerEvent} */ now) => {
    document.removeEventListener('pointermove', move);
    document.removeEventListener('pointerup', end);
    document.removeEventListener('pointercancel', end);
    void release(now.type === 'pointerup');
  };
  document.addEventListener('pointermove', move);
  document.addEventListener('pointerup', end);
  document.addEventListener('pointercancel', end);
  drag(bar, event.clientX);
}

/** @param {HTMLElement} bar @param {number} x */
function drag(bar, x) {
  const { left, width } = bar.getBoundingClientRect();
  const now = minuteOf(page.city?.clock.at ?? '');
  const wished = Math.round((((x - left) / width) * dayMinutes) / 5) * 5;
  page.drag = Math.min(dayMinutes - 1, Math.max(now, wished));
  redraw();
}

/** @param {boolean} isMeant */
async function release(isMeant) {
  const { drag: minute, city } = page;
  page.drag = null;
  redraw();
  if (minute === null || city === null || !isMeant) return;
  const ahead = minute - minuteOf(city.clock.at);
  if (ahead <= 0) return announce(pageText('clock.forwardOnly'));
  await ask('clock/to', {
    iso: new Date(Math.floor(Date.parse(city.clock.at) / 60_000) * 60_000 + ahead * 60_000).toISOString(),
  });
}

/** Minutes by key; time does not go back. @type {Record<string, number>} */
const steps = { ArrowRight: 15, ArrowUp: 15, PageUp: 60, ArrowLeft: 0, ArrowDown: 0, PageDown: 0, Home: 0 };

/** @param {KeyboardEvent} event */
function keys(event) {
  const minutes = steps[event.key];
  if (barOf(event.target) === null || minutes === undefined) return;
  event.preventDefault();
  if (minutes === 0) return announce(pageText('clock.forwardOnly'));
  void ask('clock/forward', { minutes });
}
