// @ts-check
import { ask } from './ask.js';
import { drawBlocks } from './blocks.js';
import { attr, html } from './draw.js';
import { fieldValue, valuesOf } from './fields.js';
import { bridge, icons } from './icons.js';
import { drawMessages } from './message.js';
import { drawConfirm, drawModal } from './modal.js';
import { owner, placeSwitch } from './people.js';
import { openMenu } from './phone.js';
import { pageText, text } from './say.js';
import { isStarting, page, personOf, redraw } from './state.js';
import { ringOf } from './tour.js';

/** The workspace of one person: channels, App Home, messages, modal. Drawn from `DeskState`; Block Kit as it was sent. */

/** @import { CityPerson, DeskChannel, DeskState } from '../shapes.ts' */
/** @typedef {{ person: CityPerson; desk: DeskState; place: string }} Seen */
/** @typedef {(element: HTMLElement, event: Event) => unknown} Act */

const deskOf = (id = page.view.desk) => page.city?.desks[id];
const whereOf = (/** @type {HTMLElement} */ element) => JSON.parse(element.dataset.where || '"home"');

/** @type {Record<string, Act>} */
export const deskActs = {
  openPlace: (element) => openPlace(element.dataset.place ?? 'home'),
  openAbout: () => openPlace('about'),
  press: (element) => pressed(element),
  confirmYes: () => confirmed(true),
  confirmNo: () => confirmed(false),
  deskNetwork: () => ask('desk/network', { personId: page.view.desk, isOn: !deskOf()?.online }),
  openThread: (element) => openThread(element.dataset.thread ?? ''),
  messageMenu: (element) => openMenu(`message:${element.dataset.ts}`),
  shortcut: (element) => shortcut(element),
  command: (element) => startCommand(element.dataset.command ?? ''),
  closeModal: (element) => ask('desk/closes', { personId: page.view.desk, viewId: element.dataset.view }),
};

/** @param {string} place */
export function openPlace(place) {
  page.deskPlaces.set(page.view.desk, place);
  redraw();
  if (place !== 'about') return ask('desk/opens', { personId: page.view.desk, place });
}

/** Whoever touches the workspace has seen what is open. @param {EventTarget | null} target */
export function useDesk(target) {
  const desk = target instanceof Element && target.closest('[data-messages]') ? deskOf() : undefined;
  const open = page.deskPlaces.get(page.view.desk) ?? 'home';
  const channel = desk?.channels.find(({ id }) => id === open);
  if (desk?.online && channel && channel.unread > 0)
    void ask('desk/opens', { personId: page.view.desk, place: channel.id });
}

/** A button that wants a confirmation gets it first. @param {HTMLElement} element */
function pressed(element) {
  if (!element.dataset.confirm) return press(element);
  page.confirm = { personId: page.view.desk, dialog: JSON.parse(element.dataset.confirm), button: buttonName(element) };
  redraw();
}

const buttonName = (/** @type {HTMLElement} */ { dataset }) => `${dataset.where} ${dataset.block} ${dataset.action}`;

/** @param {boolean} isYes */
function confirmed(isYes) {
  const wanted = page.confirm?.button;
  const button = /** @type {HTMLElement | undefined} */ (
    [...document.querySelectorAll('[data-act="press"]')].find(
      (one) => buttonName(/** @type {HTMLElement} */ (one)) === wanted,
    )
  );
  page.confirm = null;
  redraw();
  if (!button) return;
  button.focus();
  if (isYes) return press(button);
}

/** @param {HTMLElement} element @param {string | string[]} [value] */
async function press(element, value) {
  const { desk, action, block } = element.dataset;
  const busy = buttonName(element);
  page.busy.add(busy);
  redraw();
  await ask('desk/presses', {
    personId: desk,
    where: whereOf(element),
    actionId: action,
    blockId: block,
    ...(value === undefined ? {} : { value }),
  });
  page.busy.delete(busy);
  redraw();
}

/** A field whose change is a press of its own. @param {HTMLInputElement} field */
export function fieldChanged(field) {
  if (!field.dataset.press) return;
  const value = fieldValue(field, document.body);
  const { desk, press: action, block } = field.dataset;
  if (value !== null)
    return ask('desk/presses', { personId: desk, where: whereOf(field), actionId: action, blockId: block, value });
}

/** @param {string} thread */
function openThread(thread) {
  if (page.openThreads.has(thread)) page.openThreads.delete(thread);
  else page.openThreads.add(thread);
  redraw();
}

/** @param {HTMLElement} element */
function shortcut({ dataset }) {
  page.openMenu = null;
  redraw();
  return ask('desk/shortcut', {
    personId: page.view.desk,
    callbackId: dataset.callback,
    channel: dataset.channel,
    ts: dataset.ts,
  });
}

/** @param {string} command */
function startCommand(command) {
  const input = /** @type {HTMLInputElement | null} */ (document.querySelector('#desk .write input'));
  if (!input) return;
  input.value = `${command} `;
  page.drafts.set(input.dataset.draft ?? '', input.value);
  input.focus();
}

/** What was written under a channel or a thread; a slash makes it a command. @param {HTMLFormElement} form */
export function sendFromDesk(form) {
  const input = form.querySelector('input');
  const words = input?.value.trim() ?? '';
  if (!input || words === '') return;
  input.value = '';
  page.drafts.delete(input.dataset.draft ?? '');
  const personId = page.view.desk;
  const [command = '', ...rest] = words.split(' ');
  if (command.startsWith('/')) return ask('desk/command', { personId, command, text: rest.join(' ') });
  const { channel, thread } = form.dataset;
  return ask('desk/says', { personId, channel, text: words, ...(thread ? { threadTs: thread } : {}) });
}

/** @param {HTMLFormElement} form */
export const submitModal = (form) =>
  ask('desk/submits', { personId: page.view.desk, viewId: form.dataset.view, values: valuesOf(form) });

export function drawDesk() {
  const person = personOf(page.view.desk);
  const desk = deskOf();
  if (!person || !desk) return html``;
  const seen = { person, desk, place: placeOf(desk) };
  const duty = desk.isOnDuty ? pageText('role.onDuty') : '';
  const name = pageText('region.desk', { name: person.name });
  const isCovered = desk.modals.length > 0 || page.confirm !== null;
  return html`${owner(person, placeSwitch('deskNetwork', person.id, !desk.online, pageText('phone.noNetwork'), icons.noNetwork), duty)}
    <section class="workspace" aria-label="${name}" lang="${person.language}">
      <div class="workspace-inside"${attr('inert', isCovered)}>${channels(seen)}<div class="channel" data-key="${person.id} ${seen.place}">${warning(seen)}${open(seen)}</div></div>
      ${drawModal(seen)}${drawConfirm(seen)}</section>`;
}

/** @param {DeskState} desk */
function placeOf(desk) {
  const wished = page.deskPlaces.get(desk.personId) ?? 'home';
  return wished === 'about' || desk.channels.some(({ id }) => id === wished) ? wished : 'home';
}

/** @param {Seen} seen */
function channels(seen) {
  const { person, desk } = seen;
  const t = (/** @type {string} */ key) => text(person.language, key);
  const of = (/** @type {'channel' | 'direct'} */ kind) => desk.channels.filter((one) => one.kind === kind);
  return html`<nav class="channels" aria-label="${desk.team.name}">
    <div class="team"><b>${desk.team.name}</b><span>${t('desk.workspace')}</span></div>
    <div class="channel-list">${placeKey(seen, 'home', t('desk.home'), icons.home, desk.homeBadge)}
    <h3>${t('desk.channels')}</h3>${of('channel').map((one) => placeKey(seen, one.id, one.name, icons.hash, one.unread))}
    <h3>${t('desk.direct')}</h3>${of('direct').map((one) => placeKey(seen, one.id, one.name, html`<span class="dot"></span>`, one.unread))}</div></nav>`;
}

/** @param {Seen} seen @param {string} id @param {string} name @param {unknown} sign @param {number} unread */
function placeKey({ desk, place }, id, name, sign, unread) {
  const ring = ringOf(`place:${desk.personId}:${id}`);
  const isOpen = place === id || (place === 'about' && id === 'home');
  return html`<button type="button" class="place-key ${isOpen ? 'is-open' : ''} ${unread > 0 ? 'is-unread' : ''} ${ring.name}" data-key="${id}" data-act="openPlace" data-place="${id}"${attr('aria-current', isOpen && 'page')}${ring.target}>
    <span class="sign" aria-hidden="true">${sign}</span><span class="place-name">${name}</span>${unread > 0 && html`<span class="count" aria-label="${pageText('rail.unread', { count: unread })}">${unread}</span>`}${ring.number}</button>`;
}

/** @param {Seen} seen */
function warning({ person, desk }) {
  if (!desk.online)
    return html`<p class="phone-warning" data-key="gone">${text(person.language, 'phone.noNetwork')}</p>`;
  return desk.problem ? html`<p class="phone-warning" data-key="problem" role="status">${desk.problem.text}</p>` : null;
}

/** @param {Seen} seen */
function open(seen) {
  const channel = seen.desk.channels.find(({ id }) => id === seen.place);
  return channel ? conversation(seen, channel) : home(seen);
}

/** @param {Seen} seen */
function home(seen) {
  const { person, desk, place } = seen;
  const t = (/** @type {string} */ key) => text(person.language, key);
  const direct = desk.channels.find((one) => one.kind === 'direct' && one.with !== undefined);
  const tab = (/** @type {string} */ to, /** @type {string} */ label) =>
    html`<button type="button" class="tab ${place === to ? 'is-open' : ''}" data-act="openPlace" data-place="${to}"${attr('aria-current', place === to && 'page')}>${label}</button>`;
  return html`<header class="channel-top app"><span class="bot-face" aria-hidden="true">${bridge}</span><h3>${appName(desk)}</h3></header>
    <div class="tabs-line">${tab('home', t('desk.home'))}${direct && tab(direct.id, t('desk.messages'))}${tab('about', t('desk.about'))}</div>
    <div class="home" data-refuge tabindex="0" role="region" aria-label="${appName(desk)}">${place === 'about' ? html`<p class="about">${t('desk.aboutText')}</p>` : homeBlocks(seen)}</div>`;
}

const appName = (/** @type {DeskState} */ desk) =>
  desk.channels.find(({ kind, with: other }) => kind === 'direct' && other)?.name ?? 'Punte';

/** @param {Seen} seen */
function homeBlocks({ person, desk }) {
  const blocks = /** @type {any[]} */ (desk.home?.blocks ?? []);
  if (blocks.length > 0) return drawBlocks(blocks, { person, users: desk.users, where: '"home"' });
  if (isStarting()) return html`<i class="skeleton a"></i><i class="skeleton c"></i>`;
  return html`<div class="empty"><span class="empty-sign" aria-hidden="true">☕</span><p class="empty-title">${text(person.language, 'desk.emptyTitle')}</p><p>${text(person.language, 'desk.emptyText')}</p></div>`;
}

/** @param {Seen} seen @param {DeskChannel} channel */
function conversation(seen, channel) {
  const { person } = seen;
  const name = channel.kind === 'channel' ? `# ${channel.name}` : channel.name;
  const members = text(person.language, 'desk.members', { count: channel.members });
  const isLive = page.focusedChat === `desk:${channel.id}`;
  return html`<header class="channel-top"><h3>${name}</h3><p>${channel.kind === 'channel' ? [members, channel.topic].filter(Boolean).join(' · ') : text(person.language, 'desk.app')}</p></header>
    <div class="messages" data-messages data-chat="desk:${channel.id}" role="log" aria-live="${isLive ? 'polite' : 'off'}" aria-label="${name}" tabindex="0" data-stick data-refuge>${drawMessages(seen, channel)}</div>
    ${writeLine(seen, channel, name)}`;
}

/** @param {Seen} seen @param {DeskChannel} channel @param {string} name */
function writeLine({ person, desk }, channel, name) {
  const draft = `desk:${person.id}:${channel.id}`;
  const label = text(person.language, 'desk.placeholder', { name });
  const isOff = !desk.online || isStarting();
  return html`<form class="write" data-form="desk" data-channel="${channel.id}"><input data-draft="${draft}" value="${page.drafts.get(draft) ?? ''}" placeholder="${label}" aria-label="${label}" autocomplete="off"${attr('disabled', isOff)}>
    <span class="commands" role="group" aria-label="${text(person.language, 'desk.commands')}">${['/caz', '/garda'].map((command) => html`<button type="button" data-act="command" data-command="${command}"${attr('disabled', isOff)}>${command}</button>`)}</span>
    <button class="bare send" aria-label="${text(person.language, 'phone.send')}"${attr('disabled', isOff)}>${icons.send}</button></form>`;
}
