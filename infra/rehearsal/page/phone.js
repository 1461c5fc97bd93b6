// @ts-check
import { ask } from './ask.js';
import { drawMessage } from './bubble.js';
import { attr, html } from './draw.js';
import { goToEnd } from './ends.js';
import { bridge, icons } from './icons.js';
import { owner, placeSwitch } from './people.js';
import { tabStop } from './rove.js';
import { announce, dayOf, hour, longDay, pageText, text } from './say.js';
import { isStarting, page, personOf, redraw, shownPhones, touch } from './state.js';
import { ringOf } from './tour.js';

/** The phones: a generic messenger, drawn from `PhoneState`. */

/** @import { CityPerson, PhoneState, PhoneMessage } from '../shapes.ts' */
/** @typedef {(element: HTMLElement, event: Event) => unknown} Act */

const who = (/** @type {HTMLElement} */ element) =>
  element.closest('[data-phone]')?.getAttribute('data-phone') ?? element.dataset.person ?? '';
const stateOf = (/** @type {string} */ id) => page.city?.phones[id];

/** @type {Record<string, Act>} */
export const phoneActs = {
  tap: (element) => tap(who(element), Number(element.dataset.message), element.dataset.data ?? ''),
  homeKey: (element) => says(who(element), element.dataset.words ?? ''),
  start: (element) => sends('start', who(element)),
  mic: (element) => sends('voice', who(element)),
  play: (element) => play(element.querySelector('audio')),
  attach: (element) => openMenu(`attach:${who(element)}`),
  attachPhoto: (element) => attach('photo', who(element)),
  attachFile: (element) => attach('file', who(element)),
  attachPlace: (element) => attach('place', who(element)),
  network: (element) => ask('phone/network', { personId: who(element), isOn: !stateOf(who(element))?.online }),
  block: (element) => ask('phone/block', { personId: who(element), isBlocked: !stateOf(who(element))?.hasBlockedBot }),
  call: (element) => note(who(element), 'phone.call', { number: element.dataset.number }),
  copy: (element) => copy(who(element), element.dataset.data ?? ''),
  closeToast: (element) => closeToast(who(element)),
};

/** What a form on a phone sends. @param {HTMLFormElement} form */
export function sendFromPhone(form) {
  const input = form.querySelector('input');
  const words = input?.value.trim() ?? '';
  if (!input || words === '') return;
  input.value = '';
  page.drafts.delete(input.dataset.draft ?? '');
  return says(who(form), words);
}

const says = (/** @type {string} */ personId, /** @type {string} */ words) => sends('says', personId, { text: words });

/** @param {string} what @param {string} personId @param {Record<string, unknown>} [more] */
function sends(what, personId, more = {}) {
  goToEnd(document.querySelector(`[data-phone="${personId}"] [data-stick]`));
  return ask(`phone/${what}`, { personId, ...more });
}

/** Plays a voice, or stops it. @param {HTMLAudioElement | null} sound */
const play = (sound) => (sound?.paused ? sound.play().catch(() => {}) : sound?.pause());

/** A tap is final when the state returns; until then the key is busy. @param {string} personId @param {number} messageId @param {string} data */
async function tap(personId, messageId, data) {
  const busy = `${personId} ${messageId} ${data}`;
  page.busy.add(busy);
  redraw();
  await ask('phone/taps', { personId, messageId, data });
  page.busy.delete(busy);
  redraw();
}

/** @param {string} name */
export function openMenu(name) {
  page.openMenu = page.openMenu === name ? null : name;
  redraw();
}

/** @param {'photo' | 'file' | 'place'} what @param {string} personId */
function attach(what, personId) {
  page.openMenu = null;
  redraw();
  return sends(what, personId);
}

/** @param {string} id @param {string} key @param {Record<string, unknown>} params */
function note(id, key, params = {}) {
  const words = text(personOf(id)?.language ?? 'ro', key, params);
  page.notes.set(id, { number: (page.notes.get(id)?.number ?? 0) + 1, text: words });
  announce(words);
  redraw();
}

/** @param {string} id @param {string} words */
async function copy(id, words) {
  await navigator.clipboard?.writeText(words).catch(() => {});
  note(id, 'phone.copied');
}

/** @param {string} id */
function closeToast(id) {
  page.seenToasts.set(id, stateOf(id)?.toast?.number ?? 0);
  page.notes.delete(id);
  redraw();
}

/** Whoever touches a phone has seen what is on it. @param {EventTarget | null} target */
export function usePhone(target) {
  const id = target instanceof Element ? target.closest('[data-phone]')?.getAttribute('data-phone') : null;
  if (!id) return;
  touch(id);
  const phone = stateOf(id);
  if (phone?.online && phone.unread > 0 && !isStarting()) void ask('phone/reads', { personId: id });
}

export const drawPhones = () => shownPhones().map((id) => drawPhone(personOf(id), stateOf(id)));

/** @param {CityPerson | undefined} person @param {PhoneState | undefined} phone */
function drawPhone(person, phone) {
  if (!person || !phone) return html``;
  const name = pageText('region.phone', { name: person.name });
  return html`<section class="phone-place" data-key="${person.id}" data-phone="${person.id}" aria-label="${name}">
    ${owner(person, switches(person, phone), person.language)}
    <div class="phone" lang="${person.language}">${statusBar(person, phone)}${top(person, phone)}${warning(person, phone)}${body(person, phone)}${toast(person, phone)}</div>
  </section>`;
}

/** @param {CityPerson} person @param {PhoneState} phone */
const switches = (
  { id },
  phone,
) => html`${placeSwitch('network', id, !phone.online, pageText('phone.noNetwork'), icons.noNetwork)}
  ${placeSwitch('block', id, phone.hasBlockedBot, pageText('phone.block'), icons.block)}`;

/** @param {CityPerson} person @param {PhoneState} phone */
const statusBar = (
  { language },
  phone,
) => html`<div class="phone-bar"><span>${page.city && hour(page.city.clock.at)}</span>
  ${phone.online ? html`<span class="net" aria-hidden="true">${icons.signal}4G</span>` : html`<span class="net">${text(language, 'phone.noNetwork')}</span>`}</div>`;

/** @param {CityPerson} person @param {PhoneState} phone */
function top({ language }, phone) {
  const line = isStarting() ? 'phone.connecting' : phone.isTyping ? 'phone.typing' : 'phone.botLine';
  return html`<div class="phone-top"><span class="thin" aria-hidden="true">${icons.back}</span><span class="bot-face" aria-hidden="true">${bridge}</span>
    <div class="phone-name"><h3>${phone.bot.name || text(language, 'phone.botName')}</h3><p>${text(language, line)}</p></div><span class="thin" aria-hidden="true">${icons.more}</span></div>`;
}

/** @param {CityPerson} person @param {PhoneState} phone */
function warning({ language }, phone) {
  if (!phone.online) return html`<p class="phone-warning" data-key="gone">${text(language, 'phone.networkGone')}</p>`;
  return (
    phone.hasBlockedBot && html`<p class="phone-warning" data-key="blocked">${text(language, 'phone.blocked')}</p>`
  );
}

/** @param {CityPerson} person @param {PhoneState} phone */
function body(person, phone) {
  if (!phone.hasStarted) return html`${neverWritten(person, phone)}${startKey(person)}`;
  return html`${chat(person, phone)}${composer(person, phone)}${phone.homeKeys && homeKeys(person, phone.homeKeys)}`;
}

/** @param {CityPerson} person @param {PhoneState} phone */
const neverWritten = (
  { language },
  phone,
) => html`<div class="never" data-key="never"><span class="bot-face huge" aria-hidden="true">${bridge}</span>
  <p class="never-name">${phone.bot.name || text(language, 'phone.botName')}</p><p class="never-words">${phone.bot.description || text(language, 'phone.never')}</p></div>`;

/** @param {CityPerson} person */
function startKey({ id, language }) {
  const ring = ringOf(`start:${id}`);
  return html`<div class="start-row" data-key="start"><button type="button" class="start ${ring.name}" data-act="start"${attr('disabled', isStarting())}${ring.target}>${text(language, 'phone.start')}${ring.number}</button></div>`;
}

/** Only the focused chat is read aloud (`city.md` 7). @param {CityPerson} person @param {PhoneState} phone */
function chat(person, phone) {
  const isLive = page.focusedChat === person.id;
  const label = text(person.language, 'region.chat', { name: phone.bot.name });
  const isEmpty = phone.messages.length === 0;
  return html`<div class="log" data-key="log" role="log" aria-live="${isLive ? 'polite' : 'off'}" aria-label="${label}" tabindex="0" data-stick data-refuge>
    <div class="log-inside">${isEmpty && isStarting() ? skeletons : withDays(person, phone.messages)}${phone.isTyping && html`<p class="bubble bot typing" data-key="typing"><span class="unseen">${text(person.language, 'phone.typing')}</span><i></i><i></i><i></i></p>`}</div></div>`;
}

const skeletons = html`<i class="skeleton a"></i><i class="skeleton b"></i><i class="skeleton c"></i>`;

/** @param {CityPerson} person @param {PhoneMessage[]} messages */
function withDays(person, messages) {
  return messages.map((message, index) => {
    const day = dayOf(message.at);
    const before = messages[index - 1];
    const isNewDay = before === undefined || dayOf(before.at) !== day;
    return html`${isNewDay && html`<p class="pill" data-key="d${day}">${longDay(person.language, message.at)}</p>`}${drawMessage(person, message)}`;
  });
}

/** @param {CityPerson} person @param {PhoneState} phone */
function composer({ id, language }, phone) {
  const draft = `phone:${id}`;
  const isOff = phone.hasBlockedBot || isStarting();
  const ring = ringOf(`composer:${id}`);
  return html`<form class="composer" data-key="composer" data-form="phone" data-person="${id}">
    ${page.openMenu === `attach:${id}` && attachMenu(language)}
    <button type="button" class="bare" data-act="attach" aria-label="${text(language, 'phone.attach')}" aria-expanded="${String(page.openMenu === `attach:${id}`)}"${attr('disabled', isOff)}>${icons.clip}</button>
    <input class="${ring.name}" data-draft="${draft}" value="${page.drafts.get(draft) ?? ''}" placeholder="${text(language, 'phone.placeholder')}" aria-label="${text(language, 'phone.placeholder')}"
      autocomplete="off" enterkeyhint="send" maxlength="4096"${attr('disabled', isOff)}${ring.target}>${ring.number}
    <button type="button" class="bare mic" data-act="mic" aria-label="${text(language, 'phone.mic')}" title="${text(language, 'phone.mic')}"${attr('disabled', isOff)}>${icons.mic}</button>
    <button class="bare send" aria-label="${text(language, 'phone.send')}"${attr('disabled', isOff)}>${icons.send}</button></form>`;
}

/** @param {CityPerson['language']} language */
const attachMenu = (language) => html`<div class="menu up" data-key="menu" data-menu>
  ${['Photo', 'File', 'Place'].map((what) => html`<button type="button" data-act="attach${what}">${text(language, `attach.${what.toLowerCase()}`)}</button>`)}</div>`;

/** @param {CityPerson} person @param {string[][]} rows */
function homeKeys({ id, language }, rows) {
  const stop = tabStop(`keys:${id}`, rows.flat());
  const columns = Math.max(...rows.map((row) => row.length));
  return html`<div class="home-keys ${columns > 2 ? 'three' : ''}" data-key="home" role="group" aria-label="${text(language, 'phone.keyboard')}" data-rove="keys:${id}">
    ${rows.map((row, index) => html`<div class="home-row" data-key="r${index}">${row.map((words) => homeKey(id, words, stop(words)))}</div>`)}</div>`;
}

/** @param {string} id @param {string} words @param {string} stop */
function homeKey(id, words, stop) {
  const ring = ringOf(`home:${id}:${words}`);
  return html`<button type="button" class="home-key ${ring.name}" data-act="homeKey" data-key="${words}" data-words="${words}" data-rove-key="${words}" tabindex="${stop}"${attr('disabled', isStarting())}${ring.target}>${words}${ring.number}</button>`;
}

/** @param {CityPerson} person @param {PhoneState} phone */
function toast({ id, language }, phone) {
  const isNew = phone.toast && phone.toast.number > (page.seenToasts.get(id) ?? 0);
  const own = page.notes.get(id);
  const shown =
    isNew && phone.toast
      ? { ...phone.toast, key: `t${phone.toast.number}` }
      : own && { ...own, isAlert: false, key: `n${own.number}` };
  if (!shown) return html``;
  return html`<div class="toast ${shown.isAlert ? 'is-alert' : ''}" data-key="${shown.key}"><p>${shown.text}</p>
    <button type="button" class="bare" data-act="closeToast" aria-label="${text(language, 'desk.closeWindow')}">${icons.close}</button></div>`;
}
