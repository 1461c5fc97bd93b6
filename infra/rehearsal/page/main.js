// @ts-check

import { clockActs, startClock } from './clock.js';
import { deskActs, drawDesk, fieldChanged, sendFromDesk, submitModal, useDesk } from './desk.js';
import { html, update } from './draw.js';
import { bringIntoView, keepEnds, startEnds } from './ends.js';
import { drawDialogs, drawHead, drawSkips, drawTabs, headActs } from './head.js';
import { drawInside, insideActs } from './inside.js';
import { listen } from './listen.js';
import { drawPeople, peopleActs } from './people.js';
import { drawPhones, phoneActs, sendFromPhone, usePhone } from './phone.js';
import { startRoving } from './rove.js';
import { fetchTexts, pageText } from './say.js';
import { isStarting, onChange, page, redraw } from './state.js';
import { aim, drawTour, rememberJournal, tourActs } from './tour.js';

/** Draws every region from the state and sends every act of the visitor to its module. */

const region = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

function drawAll() {
  if (page.city === null) return;
  rememberJournal();
  aim();
  const { view } = page;
  Object.assign(document.documentElement.dataset, { theme: view.theme, tab: view.tab, starting: String(isStarting()) });
  document.documentElement.lang = view.language;
  document.title = `${pageText('title')}: ${pageText('subtitle')}`;
  const before = document.activeElement;
  const refuge = before?.closest('[data-refuge]') ?? before?.closest('[data-phone]')?.querySelector('[data-refuge]');
  name('tour', 'aria.tour');
  name('people', 'region.people');
  name('inside', 'region.inside');
  name('phones', 'region.phones');
  name('tabs', 'aria.menu');
  update(region('skips'), drawSkips());
  update(region('head'), drawHead());
  update(region('lost'), page.isConnected ? html`` : html`<p>${pageText('connection.lost')}</p>`);
  update(region('tour'), drawTour());
  update(region('people'), drawPeople());
  update(region('phones'), html`${drawPhones()}`);
  update(region('desk'), drawDesk());
  update(region('inside'), drawInside());
  update(region('tabs'), drawTabs());
  update(region('dialogs'), drawDialogs());
  keepEnds();
  afterDrawing(before, refuge);
}

/** @param {string} id @param {string} key */
const name = (id, key) => region(id).setAttribute('aria-label', pageText(key));

/** @type {string | undefined} */
let shownWindow;
/** @type {Element | null} */
let openerOfWindow = null;
let lastTarget = '';
let lastErrors = '';

/** Windows take the focus and give it back; what vanished under the focus hands it to its chat. @param {Element | null} before @param {Element | null | undefined} refuge */
function afterDrawing(before, refuge) {
  const dialog = document.querySelector('dialog');
  if (dialog && !dialog.open) dialog.showModal();
  const window = topWindow();
  const id = window?.closest('[data-key]')?.getAttribute('data-key') ?? undefined;
  if (id !== shownWindow) moveFocus(id, window, before);
  else if (document.activeElement === document.body && refuge instanceof HTMLElement && refuge.isConnected)
    refuge.focus({ preventScroll: true });
  showErrors();
  showTarget();
}

/** New errors in a form take the focus to the first field that has one. */
function showErrors() {
  const wrong = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-modal] [aria-invalid="true"]')]);
  const errors = [...document.querySelectorAll('[data-modal] .error')]
    .map((one) => `${one.id} ${one.textContent}`)
    .join();
  if (errors !== '' && errors !== lastErrors) wrong[0]?.focus();
  lastErrors = errors;
}

/** @returns {HTMLElement | null} */
const topWindow = () =>
  [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-modal]'))].at(-1) ?? null;

/** @param {string | undefined} id @param {HTMLElement | null} window @param {Element | null} before */
function moveFocus(id, window, before) {
  if (shownWindow === undefined) openerOfWindow = before;
  shownWindow = id;
  if (window) return /** @type {HTMLElement | null} */ (window.querySelector('[data-field], button.button'))?.focus();
  const opener = openerOfWindow;
  openerOfWindow = null;
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
}

/** A new target is brought into its view, once. */
function showTarget() {
  const target = document.querySelector('[data-target]');
  const id = target
    ? `${target.getAttribute('data-act')} ${target.getAttribute('data-key')} ${target.getAttribute('data-message')}`
    : '';
  if (target && id !== lastTarget) bringIntoView(target);
  lastTarget = id;
}

/** @type {Record<string, (element: HTMLElement, event: Event) => unknown>} */
const acts = { ...headActs, ...clockActs, ...tourActs, ...peopleActs, ...phoneActs, ...deskActs, ...insideActs };

/** @type {Record<string, (form: HTMLFormElement) => unknown>} */
const forms = { phone: sendFromPhone, desk: sendFromDesk, modal: submitModal };

document.addEventListener('click', (event) => {
  const element = event.target instanceof Element ? event.target.closest('[data-act]') : null;
  const act =
    element instanceof HTMLElement && element.getAttribute('aria-disabled') !== 'true'
      ? acts[element.dataset.act ?? '']
      : undefined;
  if (!(element instanceof HTMLElement && element.closest('[data-menu], [aria-expanded]')) && page.openMenu)
    closeMenu();
  if (element instanceof HTMLElement) void act?.(element, event);
});

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  event.preventDefault();
  void forms[form.dataset.form ?? '']?.(form);
});

document.addEventListener('input', ({ target }) => {
  if (
    !(
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    )
  )
    return;
  const draft = target.dataset.draft;
  if (draft !== undefined) page.drafts.set(draft, typedIn(target, draft));
});

/** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field @param {string} draft */
function typedIn(field, draft) {
  if (!['checkbox', 'radio'].includes(field.type)) return field.value;
  const all = /** @type {HTMLInputElement[]} */ (
    [...document.querySelectorAll('[data-draft]')].filter((one) => one.getAttribute('data-draft') === draft)
  );
  return all
    .filter((one) => one.checked)
    .map((one) => one.value)
    .join('\n');
}

document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLElement && target.dataset.press)
    void fieldChanged(/** @type {HTMLInputElement} */ (target));
});

document.addEventListener('pointerdown', ({ target }) => use(target));
document.addEventListener('focusin', ({ target }) => use(target));

/** @param {EventTarget | null} target */
function use(target) {
  usePhone(target);
  useDesk(target);
  const chat =
    target instanceof Element
      ? (target.closest('[data-chat]')?.getAttribute('data-chat') ??
        target.closest('[data-phone]')?.getAttribute('data-phone') ??
        null)
      : null;
  if (chat === page.focusedChat) return;
  page.focusedChat = chat;
  redraw();
}

for (const type of ['pointerover', 'focusin']) {
  document.addEventListener(type, ({ target }) => {
    const ref = target instanceof Element ? (target.closest('[data-trace]')?.getAttribute('data-trace') ?? null) : null;
    if (ref === page.traced) return;
    page.traced = ref;
    redraw();
  });
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  if (page.openMenu) return closeMenu();
  const close = /** @type {HTMLElement | null | undefined} */ (
    topWindow()?.querySelector('[data-act="confirmNo"], [data-act="closeModal"]')
  );
  close?.click();
});

/** Esc of the browser's own kind of window. */
document.addEventListener(
  'cancel',
  (event) => {
    event.preventDefault();
    headActs.closeDialog?.(document.body);
  },
  true,
);

function closeMenu() {
  const opener = /** @type {HTMLElement | null} */ (
    document.querySelector('[aria-expanded="true"][data-act$="Menu"], [aria-expanded="true"][data-act="attach"]')
  );
  page.openMenu = null;
  opener?.focus();
  redraw();
}

addEventListener('resize', redraw);
onChange(drawAll);
startRoving();
startEnds();
startClock();
await fetchTexts();
listen();
