// @ts-check
import { ask } from './ask.js';
import { drawClock, drawForward } from './clock.js';
import { attr, html } from './draw.js';
import { bridge, icons } from './icons.js';
import { openMenu } from './phone.js';
import { pageText } from './say.js';
import { look, page, redraw } from './state.js';
import { forgetJournal, ringOf } from './tour.js';

/** The banner, the tabs of a narrow screen, and the two windows of the page itself. */

/** @typedef {'ro' | 'uk' | 'en'} Language */
/** @typedef {(element: HTMLElement) => unknown} Act */

/** @type {Record<string, Act>} */
export const headActs = {
  language: ({ dataset }) => look({ language: /** @type {Language} */ (dataset.language) }),
  theme: () => look({ theme: page.view.theme === 'dark' ? 'light' : 'dark' }),
  help: () => openDialog('help'),
  restart: () => openDialog('restart'),
  closeDialog: () => openDialog(null),
  restartYes: () => restart(),
  moreMenu: () => openMenu('more'),
  tab: ({ dataset }) => look({ tab: /** @type {import('./state.js').Tab} */ (dataset.tab) }),
};

/** @param {'help' | 'restart' | null} dialog */
function openDialog(dialog) {
  page.dialog = dialog;
  page.openMenu = null;
  redraw();
}

async function restart() {
  openDialog(null);
  if (!(await ask('reset'))) return;
  forgetJournal();
  page.drafts.clear();
  look({ isTourOpen: true });
}

export function drawHead() {
  const isOpen = page.openMenu === 'more';
  return html`<div class="brand">${bridge}<div><h1>${pageText('title')}</h1><p>${pageText('subtitle')}</p></div></div>
    <div class="clock">${drawClock()}</div>
    <button type="button" class="square more-key" data-act="moreMenu" aria-label="${pageText('aria.menu')}" aria-expanded="${String(isOpen)}" aria-controls="more">${icons.more}</button>
    <div class="more ${isOpen ? 'is-open' : ''}" id="more" data-menu><div class="forwards">${drawForward()}</div><div class="settings">${languages()}${theme()}
      <button type="button" class="square" data-act="help" aria-label="${pageText('aria.help')}" title="${pageText('aria.help')}">${icons.help}</button>
      <button type="button" class="button again" data-act="restart" title="${pageText('button.restart')}">${icons.again}<span>${pageText('button.restart')}</span></button></div></div>`;
}

/** @type {[Language, string][]} */
const names = [
  ['ro', 'RO'],
  ['uk', 'УК'],
  ['en', 'EN'],
];

const languages = () =>
  html`<div class="languages" role="group" aria-label="${pageText('aria.language')}">${names.map(([code, name]) => html`<button type="button" data-act="language" data-language="${code}" lang="${code}" aria-pressed="${String(page.view.language === code)}">${name}</button>`)}</div>`;

function theme() {
  const isDark = page.view.theme === 'dark';
  const label = pageText(isDark ? 'aria.light' : 'aria.dark');
  return html`<button type="button" class="square" data-act="theme" aria-label="${label}" title="${label}">${isDark ? icons.sun : icons.moon}</button>`;
}

const tabs = /** @type {const} */ (['phone', 'desk', 'both', 'inside']);

export function drawTabs() {
  return html`${tabs.map((tab) => {
    const ring = ringOf(`tab:${tab}`);
    const isOpen = page.view.tab === tab;
    const unread = unreadBehind(tab);
    return html`<button type="button" class="bottom-tab ${isOpen ? 'is-open' : ''} ${ring.name}" data-key="${tab}" data-act="tab" data-tab="${tab}"${attr('aria-current', isOpen && 'page')}${ring.target}>
      ${icons[tab]}<span>${pageText(`tab.${tab}`)}</span>${unread > 0 && html`<span class="count">${unread}</span>`}${ring.number}</button>`;
  })}`;
}

/** Unread counts of a tab that is not open. @param {typeof tabs[number]} tab */
function unreadBehind(tab) {
  const { city, view } = page;
  if (city === null || view.tab === tab || view.tab === 'both') return 0;
  const all = tab === 'phone' ? Object.values(city.phones) : tab === 'desk' ? Object.values(city.desks) : [];
  return all.reduce((sum, { unread }) => sum + unread, 0);
}

const helpLines = ['help.real', 'help.banks', 'help.time', 'help.troubles', 'help.keys'];

export function drawDialogs() {
  if (page.dialog === 'help') {
    return html`<dialog class="window" data-key="help" aria-labelledby="window-title"><h2 id="window-title">${pageText('help.title')}</h2>${helpLines.map((key) => html`<p>${pageText(key)}</p>`)}
      <footer><button type="button" class="button sun" data-act="closeDialog">${pageText('button.closeHelp')}</button></footer></dialog>`;
  }
  if (page.dialog !== 'restart') return html``;
  return html`<dialog class="window" data-key="restart" aria-labelledby="window-title"><h2 id="window-title">${pageText('restart.title')}</h2><p>${pageText('restart.text')}</p>
    <footer><button type="button" class="button" data-act="closeDialog">${pageText('button.restartNo')}</button><button type="button" class="button danger" data-act="restartYes">${pageText('button.restartYes')}</button></footer></dialog>`;
}

export const drawSkips = () =>
  html`<a href="#phones">${pageText('skip.phones')}</a><a href="#desk">${pageText('skip.desk')}</a><a href="#inside">${pageText('skip.inside')}</a>`;
