// @ts-check
import { attr, html } from './draw.js';
import { drawText } from './entities.js';
import { icons } from './icons.js';
import { hour, length, text } from './say.js';
import { page } from './state.js';
import { ringOf } from './tour.js';

/** One message on a phone: bubble, what it carries, its ticks, and the keys under it. */

/** @import { CityPerson, PhoneKey, PhoneMessage } from '../shapes.ts' */
/** @typedef {{ person: CityPerson; message: PhoneMessage }} Shown */

/** @param {CityPerson} person @param {PhoneMessage} message */
export function drawMessage(person, message) {
  const shown = { person, message };
  if (message.kind === 'service') return html`<p class="pill" data-key="m${message.id}">${message.text}</p>`;
  const isTraced = page.traced === refOf(shown);
  return html`<article class="turn ${message.from}" data-key="m${message.id}" data-ref="${refOf(shown)}">
    <div class="bubble ${message.from} ${message.kind} ${isTraced ? 'is-traced' : ''}">${content(shown)}${foot(shown)}</div>
    ${message.keys && keys(shown, message.keys)}</article>`;
}

/** How rows of "Inside" name a message of a phone. @param {Shown} shown */
const refOf = ({ person, message }) => `telegram:${person.id}:${message.id}`;

/** @param {Shown} shown */
function content(shown) {
  const { message } = shown;
  const words = message.text && html`<p class="words">${drawText(message.text, message.entities)}</p>`;
  switch (message.kind) {
    case 'voice':
      return html`${voice(shown)}${words}`;
    case 'photo':
      return html`${photo(shown)}${words}`;
    case 'document':
      return html`${file(shown)}${words}`;
    case 'location':
      return place(shown);
    case 'sticker':
      return html`<p class="sticker">${message.text}</p>`;
    default:
      return words;
  }
}

/** Its button plays it. @param {Shown} shown */
function voice({ person, message }) {
  const label = text(person.language, 'phone.voice', { length: length(message.seconds ?? 0) });
  return html`<button type="button" class="sound" data-act="play" aria-label="${label}"><span class="play">${icons.play}</span>
    <span class="wave" aria-hidden="true"></span><span class="seconds">${length(message.seconds ?? 0)}</span>
    ${message.fileId && html`<audio preload="none" src="${fileAddress(message.fileId)}"></audio>`}</button>`;
}

/** @param {Shown} shown */
const photo = ({ person, message }) =>
  html`<img class="photo"${attr('src', message.fileId && fileAddress(message.fileId))} alt="${text(person.language, 'phone.photo')}" width="200" height="130">`;

const fileAddress = (/** @type {string} */ id) => `/city/file/telegram/${encodeURIComponent(id)}`;

/** @param {Shown} shown */
function file({ person, message }) {
  const isCalendar = message.fileName?.endsWith('.ics');
  const kind = isCalendar
    ? text(person.language, 'phone.calendar')
    : (message.fileName?.split('.').at(-1) ?? '').toUpperCase();
  return html`<a class="file"${attr('href', message.fileId && fileAddress(message.fileId))} download="${message.fileName ?? ''}">
    <span class="file-sign">${isCalendar ? icons.calendar : icons.file}</span>
    <span><b>${message.fileName}</b><small>${kind}</small></span></a>`;
}

/** The map is a drawing: no foreign server is asked for one. @param {Shown} shown */
function place({ person, message }) {
  const { title, address } = message.place ?? {};
  const name = title ?? `${message.place?.latitude.toFixed(4)}, ${message.place?.longitude.toFixed(4)}`;
  return html`<div class="place"><svg class="map" viewBox="0 0 200 88" role="img" aria-label="${text(person.language, 'phone.place', { place: name })}" preserveAspectRatio="xMidYMid slice">
      <path class="street" d="M0 20h200M0 46h200M30 0v88M72 0v60M120 0v88M166 0v88" /><path class="stream" d="M-10 66c40-26 70 10 110-4s60-30 110-14v34c-50-12-70 4-110 12S40 66-10 92z" />
      <path class="pin" d="M100 14a11 11 0 0 0-11 11c0 8 11 19 11 19s11-11 11-19a11 11 0 0 0-11-11z" /><circle class="hole" cx="100" cy="25" r="4" /></svg>
    <p class="words"><b>${name}</b>${address && html`<br>${address}`}</p></div>`;
}

/** @param {Shown} shown */
function foot({ person, message }) {
  const edited = message.editedAt && html`${text(person.language, 'phone.edited')} `;
  const when = message.editedAt ?? message.at;
  return html`<p class="foot">${edited}<time datetime="${when}">${hour(when)}</time>${message.tick && tick(person, message.tick)}</p>`;
}

/** @param {CityPerson} person @param {'waiting' | 'taken' | 'stored'} kind */
const tick = ({ language }, kind) =>
  html`<span class="ticks" role="img" aria-label="${text(language, `phone.tick.${kind}`)}">${icons[kind]}</span>`;

/** @param {Shown} shown @param {PhoneKey[][]} rows */
function keys(shown, rows) {
  const { person } = shown;
  return html`<div class="keys" role="group" aria-label="${text(person.language, 'phone.keys')}">
    ${rows.map((row) => html`<div class="key-row ${row.length >= 4 ? 'faces' : row.length === 3 ? 'thirds' : ''}">${row.map((one) => key(shown, one, row.length >= 4))}</div>`)}</div>`;
}

/** @param {Shown} shown @param {PhoneKey} one @param {boolean} isFace */
function key({ person, message }, one, isFace) {
  const ring = ringOf(`key:${person.id}:${message.id}:${one.data ?? one.text}`);
  const label = isFace ? face(one.text) : html`<span>${one.text}</span>`;
  if (one.url && /^https?:/.test(one.url)) {
    return html`<a class="key" href="${one.url}" target="_blank" rel="noreferrer noopener" data-key="${one.text}">${label}</a>`;
  }
  const isBusy = page.busy.has(`${person.id} ${message.id} ${one.data}`);
  return html`<button type="button" class="key ${ring.name} ${isBusy ? 'is-busy' : ''}" data-key="${one.text}" data-act="${one.copy ? 'copy' : 'tap'}" data-person="${person.id}"
    data-message="${message.id}" data-data="${one.data ?? one.copy ?? ''}"${attr('aria-busy', isBusy && 'true')}${ring.target}>${label}${ring.number}</button>`;
}

/** Five in a row have room for the picture alone; the words stay for those who listen. @param {string} words */
function face(words) {
  const [sign, ...rest] = words.split(' ');
  return html`<span>${sign}</span>${rest.length > 0 && html`<span class="unseen"> ${rest.join(' ')}</span>`}`;
}
