// @ts-check
import { attr, html } from './draw.js';
import { tabStop } from './rove.js';
import { pageText } from './say.js';
import { choose, isNarrow, page, shownPhones } from './state.js';
import { ringOf } from './tour.js';

/** The rail: eight people. Round = phone, square = workspace. */

/** @import { CityPerson } from '../shapes.ts' */

/** @param {CityPerson} person @param {string} size */
export const face = (person, size = '') =>
  html`<span class="face ${person.place === 'phone' ? 'round' : 'tile'} ${size}" data-vars="--person:${person.colour}" aria-hidden="true">${person.initials}</span>`;

export const peopleActs = {
  choose: (/** @type {HTMLElement} */ element) => choose(element.dataset.person ?? ''),
};

export function drawPeople() {
  const people = (page.city?.people ?? []).filter(isOnRail);
  const shown = new Set([...shownPhones(), page.view.desk]);
  const stop = tabStop(
    'people',
    people.map(({ id }) => id),
  );
  return html`<h2 class="rail-title" id="rail-title">${pageText('region.people')}</h2>
    <ul class="rail" data-rove="people">${people.map((person) => onRail(person, shown.has(person.id), stop))}</ul>`;
}

/** A narrow screen shows whom its tab can show. @param {CityPerson} person */
function isOnRail({ place }) {
  const { tab } = page.view;
  return !isNarrow() || tab === 'both' || tab === 'inside' || tab === place;
}

/** @param {CityPerson} person @param {boolean} isShown @param {(key: string) => string} stop */
function onRail(person, isShown, stop) {
  const unread = unreadOf(person);
  const line = isShown ? null : page.city?.phones[person.id]?.lockScreen;
  const said = [
    pageText(person.place === 'phone' ? 'rail.bring' : 'desk.lookAs', { name: person.name }),
    ...(isShown ? [pageText('rail.shown')] : []),
    ...(unread > 0 ? [pageText('rail.unread', { count: unread })] : []),
    ...(line ? [pageText('rail.lockScreen', { text: line })] : []),
  ].join('. ');
  const ring = ringOf(`person:${person.id}`);
  return html`<li data-key="${person.id}" class="rail-item">
    <button type="button" class="on-rail ${ring.name}" data-act="choose" data-person="${person.id}" data-rove-key="${person.id}" tabindex="${stop(person.id)}"
      aria-pressed="${String(isShown)}"${ring.target}>
      ${face(person, 'large')}${unread > 0 && html`<span class="count" aria-hidden="true">${unread}</span>`}
      <span class="rail-name" lang="${person.language}">${person.shortName}</span><span class="unseen">. ${said}</span>${ring.number}
    </button>
    ${line && html`<p class="lock-screen" lang="${person.language}" aria-hidden="true">${line}</p>`}</li>`;
}

/** @param {CityPerson} person */
function unreadOf({ id, place }) {
  const { city } = page;
  return (place === 'phone' ? city?.phones[id]?.unread : city?.desks[id]?.unread) ?? 0;
}

/** Name and role over a phone or the workspace, with the switches of that place. @param {CityPerson} person @param {unknown} switches @param {string} more */
export const owner = (person, switches, more = '') => html`<header class="owner">
    ${face(person)}
    <div class="owner-words"><h2 lang="${person.language}">${person.name}</h2><p>${pageText(`role.${person.role}`)}${more && ` · ${more}`}</p></div>
    ${switches}
  </header>`;

/** @param {string} act @param {string} person @param {boolean} isOn @param {string} label @param {unknown} picture */
export const placeSwitch = (
  act,
  person,
  isOn,
  label,
  picture,
) => html`<button type="button" class="square ${isOn ? 'is-bad' : ''}" data-act="${act}" data-person="${person}"
    role="switch" aria-checked="${String(isOn)}" aria-label="${label}" title="${label}"${attr('data-key', act)}>${picture}</button>`;
