// @ts-check

import { crossForDesk, crossForPhone } from './river.js';
import { announce, hour, longDay, pageText } from './say.js';
import { page, personOf, redraw, takeCity } from './state.js';
import { forgetJournal } from './tour.js';

/** The city's states as they come: everything once, then one small state at a time; a gap in the numbers = everything again. */

/** @import { CityState } from '../shapes.ts' */
/** @typedef {import('./state.js').CityEvent} CityEvent */

/** Events that came while everything was being fetched. @type {CityEvent[] | null} */
let waiting = null;

const retryMs = 2000;

export function listen() {
  const source = new EventSource('/city/events');
  source.onopen = () => void fetchAll();
  source.onmessage = ({ data }) => take(JSON.parse(data));
  source.onerror = () => {
    connected(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, retryMs);
  };
}

/** @param {boolean} isConnected */
function connected(isConnected) {
  if (isConnected === page.isConnected) return;
  page.isConnected = isConnected;
  announce(pageText(isConnected ? 'connection.back' : 'connection.lost'));
  redraw();
}

async function fetchAll() {
  if (waiting !== null) return;
  waiting = [];
  try {
    const answer = await fetch('/city/state');
    if (!answer.ok) throw new Error(`${answer.status}`);
    takeCity(/** @type {CityState} */ (await answer.json()));
    connected(true);
    const late = waiting;
    waiting = null;
    for (const event of late) take(event);
  } catch {
    waiting = null;
    connected(false);
    setTimeout(fetchAll, retryMs);
  }
}

/** @param {CityEvent} event */
function take(event) {
  if (waiting !== null) return void waiting.push(event);
  const { city } = page;
  if (city === null || event.number <= city.number) return;
  if (event.name === 'reset') forgetJournal();
  if (event.number > city.number + 1 || event.name === 'reset') return void fetchAll();
  city.number = event.number;
  put(city, event);
  redraw();
}

/** @param {CityState} city @param {CityEvent} event */
function put(city, { name, id, state }) {
  if (name === 'phone' && id) {
    crossForPhone(city.phones[id], state);
    sayNew(city, id, state);
    city.phones[id] = state;
  } else if (name === 'desk' && id) {
    crossForDesk(city.desks[id], state);
    city.desks[id] = state;
  } else if (name === 'inside') city.inside = state;
  else if (name === 'starting') city.starting = state;
  else if (name === 'clock') putClock(city, state);
}

/** A chat that is not being read aloud says one line. @param {CityState} city @param {string} id @param {CityState['phones'][string]} now */
function sayNew(city, id, now) {
  const known = new Set(city.phones[id]?.messages.map((message) => message.id));
  const isNew = now.messages.some((message) => message.from === 'bot' && !known.has(message.id));
  if (isNew && page.focusedChat !== id) announce(pageText('status.message', { name: personOf(id)?.name }));
}

/** After a jump the new hour is said, and what it halted at. @param {CityState} city @param {CityState['clock']} now */
function putClock(city, now) {
  const hasJumped = Math.abs(Date.parse(now.at) - Date.parse(city.clock.at)) > 2 * 60_000;
  city.clock = now;
  if (!hasJumped || now.isMoving) return;
  const urgent = now.today.find(
    (timer) => timer.isUrgent && Math.abs(Date.parse(timer.at) - Date.parse(now.at)) < 60_000,
  );
  const what = urgent?.label ?? '';
  announce(
    urgent
      ? pageText('clock.halted', { time: hour(now.at), what })
      : pageText('status.clock', { when: `${longDay(page.view.language, now.at)}, ${hour(now.at)}` }),
  );
}
