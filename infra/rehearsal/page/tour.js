// @ts-check
import { html } from './draw.js';
import { pageText, text } from './say.js';
import { isNarrow, isStarting, look, page, personOf, redraw, shownPhones } from './state.js';

/** Five steps in 60 seconds. A step is done when the state says so; the tour itself does nothing but point and tap. */

/** @import { PhoneKey, PhoneMessage } from '../shapes.ts' */
/** @typedef {{ name: string; isTyped?: boolean } | null} Target what wears the ring, by the name its drawer gives it */

/** Who plays in the tour. */
const cast = { beneficiary: 'oksana', technician: 'mihai', onDuty: 'andrei' };

const steps = /** @type {const} */ (['appointment', 'reminder', 'feedback', 'alert', 'taking']);

/** Kinds of events the journal has shown since the city began. @type {Set<string>} */
const seen = new Set();

export function rememberJournal() {
  const { journal = [], journalTypes = [] } = page.city?.inside ?? {};
  for (const type of [...journal.map((row) => row.type), ...journalTypes]) seen.add(type);
}

export const forgetJournal = () => seen.clear();

const has = (/** @type {RegExp} */ pattern) => [...seen].some((type) => pattern.test(type));

/** The button a sentence of the tour names in quotes. @param {string} step */
const named = (step) => /[„«“]([^”»]+)[”»]/.exec(text('ro', `tour.${step}.text`))?.[1] ?? '';

/** @type {{ name: string; number: number } | null} */
let target = null;

/** Finds what the visitor should press now; once per drawing. */
export function aim() {
  const step = stepNow();
  const found = page.view.isTourOpen && !isStarting() && step < steps.length ? targetOf(step) : null;
  target = found && { name: found.name, number: step + 1 };
}

/** The marks of a target on the element that draws it. @param {string} name */
export function ringOf(name) {
  if (target?.name !== name) return { name: '', target: html``, number: html`` };
  return {
    name: 'is-target',
    target: html` data-target aria-description="${pageText('aria.target', { step: target.number })}"`,
    number: html`<span class="ring-number" aria-hidden="true">${target.number}</span>`,
  };
}

/** Done-ness of the five, as the states stand. */
export function doneSteps() {
  const isConfirmed = has(/^appointment\.(confirmed|move|cancel)/);
  const isRated = has(/^feedback\.given$/);
  const isTaken = has(/^alert\.taken$/);
  const isReminded = isConfirmed || has(/^appointment\.reminded$/) || hasNewReminder();
  return [isReminded, isConfirmed, isRated, isTaken || takeButton() !== null, isTaken];
}

/** The key stands under a message that came after the first ones, those of the booking. */
function hasNewReminder() {
  const messages = phoneMessages(cast.beneficiary);
  const asks = messages.findLast(({ keys }) => keys?.flat().some((key) => key.text === named('reminder')));
  return asks !== undefined && asks.at !== messages[0]?.at;
}

function stepNow() {
  const first = doneSteps().indexOf(false);
  return first < 0 ? steps.length : first;
}

const next = { name: 'next' };

/** @param {number} step @returns {Target} */
function targetOf(step) {
  const { beneficiary, technician } = cast;
  switch (steps[step]) {
    case 'appointment':
      return next;
    case 'reminder':
      return onPhone(beneficiary, keyOf(beneficiary, named('reminder')));
    case 'feedback':
      return faceKey() ? onPhone(beneficiary, faceKey()) : next;
    case 'alert':
      return has(/^alert\.raised$/) ? next : onPhone(technician, alertTap());
    default:
      return onDesk();
  }
}

/** A phone must stand on the stage first. @param {string} id @param {Target} there @returns {Target} */
function onPhone(id, there) {
  if (isNarrow() && !['phone', 'both'].includes(page.view.tab)) return { name: 'tab:phone' };
  if (shownPhones().includes(id)) return there;
  return isNarrow() && page.view.tab === 'both' ? { name: 'tab:phone' } : { name: `person:${id}` };
}

/** @returns {Target} */
function onDesk() {
  const button = takeButton();
  const { tab, desk } = page.view;
  if (isNarrow() && !['desk', 'both'].includes(tab)) return { name: 'tab:desk' };
  if (desk !== cast.onDuty)
    return isNarrow() && tab === 'both' ? { name: 'tab:desk' } : { name: `person:${cast.onDuty}` };
  if (button === null) return null;
  const isThere = page.deskPlaces.get(desk) === button.channel;
  if (!isThere && isNarrow() && tab === 'both') return { name: 'tab:desk' };
  if (!isThere) return { name: `place:${desk}:${button.channel}` };
  return { name: `press:${desk}:${button.action}:${JSON.stringify({ channel: button.channel, ts: button.ts })}` };
}

const phoneMessages = (/** @type {string} */ id) => page.city?.phones[id]?.messages ?? [];

const nameOfKey = (/** @type {string} */ id, /** @type {PhoneMessage} */ message, /** @type {PhoneKey} */ key) => ({
  name: `key:${id}:${message.id}:${key.data ?? key.text}`,
});

/** The newest key with these words. @param {string} id @param {string} words @returns {Target} */
function keyOf(id, words) {
  for (const message of phoneMessages(id).toReversed()) {
    const key = message.keys?.flat().find((one) => one.text === words);
    if (key) return nameOfKey(id, message, key);
  }
  return null;
}

/** The fourth of five faces. @returns {Target} */
function faceKey() {
  const id = cast.beneficiary;
  const message = phoneMessages(id).findLast(({ keys }) => keys?.some((row) => row.length >= 5));
  const key = message?.keys?.find((row) => row.length >= 5)?.[3];
  return message && key ? nameOfKey(id, message, key) : null;
}

/**
 * The next tap of an alert: the red key of the home keyboard, then the first answer of each question, then words.
 * The last row under a question leads away from it.
 * @returns {Target}
 */
function alertTap() {
  const id = cast.technician;
  if (page.city?.phones[id]?.hasStarted === false) return { name: `start:${id}` };
  const messages = phoneMessages(id);
  const start = messages.findLastIndex(({ from, text: words }) => from === 'person' && words === named('alert'));
  const last = messages.at(-1);
  if (start < 0 || last === undefined) return { name: `home:${id}:${named('alert')}` };
  if (last.from === 'person') return null;
  const answers =
    last.keys
      ?.slice(0, -1)
      .flat()
      .filter(({ data }) => data) ?? [];
  const key = answers.find((one) => one.text.startsWith('🟠')) ?? answers[0];
  return key ? nameOfKey(id, last, key) : { name: `composer:${id}`, isTyped: true };
}

/** Where the person on duty can take the alert: the newest own message with that button. */
function takeButton() {
  const all = Object.values(page.city?.desks[cast.onDuty]?.messages ?? {}).flat();
  for (const { channel, ts, blocks, attachments = [] } of all.toReversed()) {
    const elements = /** @type {any[]} */ ([...blocks, ...attachments.flatMap((one) => one.blocks ?? [])]).flatMap(
      (block) => block.elements ?? [],
    );
    const button = elements.find((one) => one.type === 'button' && one.text?.text === named('taking'));
    if (button) return { channel, ts, action: String(button.action_id) };
  }
  return null;
}

export const tourActs = {
  showMe: () => showMe(),
  closeTour: () => look({ isTourOpen: false }),
  resumeTour: () => (doneSteps().every(Boolean) ? openRestart() : look({ isTourOpen: true })),
};

function openRestart() {
  page.dialog = 'restart';
  redraw();
}

/** The very tap a visitor would do, on the real element. */
function showMe() {
  const element = /** @type {HTMLElement | null} */ (document.querySelector('[data-target]'));
  if (!(element instanceof HTMLInputElement)) return element?.click();
  element.value = alertWords();
  element.form?.requestSubmit();
}

/** What the technician saw; made up. */
const alertWords = () => text(personOf(cast.technician)?.language ?? 'ro', 'tour.alert.words');

export function drawTour() {
  const done = doneSteps();
  const now = stepNow();
  const { isTourOpen } = page.view;
  return html`${isStarting() ? html`<ol class="steps">${steps.map((_, index) => oneStep(index, false, false))}</ol>` : stepList(done, isTourOpen ? now : -1)}
    ${isStarting() ? starting() : html`<p class="tour-words">${sentence(now)}</p>`}<div class="tour-keys">${tourKeys(now)}</div>`;
}

/** @param {boolean[]} done @param {number} now */
const stepList = (done, now) =>
  html`<ol class="steps" aria-label="${pageText('aria.tour')}">${steps.map((_, index) => oneStep(index, done[index] === true, index === now))}</ol>`;

/** @param {number} index @param {boolean} isDone @param {boolean} isNow */
function oneStep(index, isDone, isNow) {
  const name = pageText(`tour.${steps[index]}.name`);
  const said = isDone ? pageText('aria.stepDone') : isNow ? pageText('aria.stepNow') : '';
  return html`<li class="step ${isDone ? 'is-done' : ''} ${isNow ? 'is-now' : ''}" data-key="s${index}"><span class="step-number" aria-hidden="true">${isDone ? '✓' : index + 1}</span>
    <span class="step-name">${name}</span>${said && html`<span class="unseen"> ${said}</span>`}</li>`;
}

/** @param {number} now */
function sentence(now) {
  const hasTrouble = page.city?.inside.troubles.some(({ isOn }) => isOn);
  if (page.view.isTourOpen && now < steps.length) return pageText(`tour.${steps[now]}.text`);
  if (hasTrouble) return pageText('tour.trouble');
  return now === steps.length ? pageText('tour.done') : pageText('help.banks');
}

/** @param {number} now */
function tourKeys(now) {
  if (isStarting()) return html`<button type="button" class="button" disabled>${pageText('button.startTour')}</button>`;
  if (!page.view.isTourOpen || now === steps.length) {
    return html`<button type="button" class="button" data-key="resume" data-act="resumeTour">${pageText(doneSteps().some(Boolean) ? 'button.resumeTour' : 'button.startTour')}</button>`;
  }
  return html`<button type="button" class="button" data-key="show" data-act="showMe" aria-disabled="${String(target === null)}">${pageText('button.showMe')}</button>
    <button type="button" class="button plain" data-key="close" data-act="closeTour">${pageText('button.closeTour')}</button>`;
}

/** What is up already while the city wakes. */
function starting() {
  const all = page.city?.starting ?? [];
  const isDone = (/** @type {string[]} */ names) =>
    all.filter(({ name }) => names.includes(name)).every((one) => one.isDone);
  const chip = (/** @type {string} */ words, /** @type {string[]} */ names) =>
    html`<li class="wake ${isDone(names) ? 'is-done' : ''}">${isDone(names) ? '✓' : html`<i class="spinner" aria-hidden="true"></i>`} ${words}</li>`;
  return html`<ul class="waking" data-key="waking" aria-label="${pageText('starting.title')}">${chip(pageText('starting.mongo'), ['database'])}${chip(pageText('starting.redis'), ['redis'])}
    ${chip(pageText('starting.people', { count: page.city?.people.length ?? 0 }), ['people'])}${chip(pageText('starting.bots'), ['telegram', 'slack'])}</ul>`;
}
