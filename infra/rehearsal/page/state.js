// @ts-check
/** What the page knows: the city's state as it came, and where the visitor looks. */

/** @import { CityState, CityPerson, PhoneState, DeskState, CityLanguage } from '../shapes.ts' */
/** @typedef {'phone' | 'desk' | 'both' | 'inside'} Tab */
/** @typedef {{ number: number; name: 'phone' | 'desk' | 'inside' | 'clock' | 'starting' | 'reset'; id?: string; state: any }} CityEvent */

const asked = new URLSearchParams(location.search);
const systemDark = matchMedia('(prefers-color-scheme: dark)').matches;

export const page = {
  /** @type {CityState | null} */
  city: null,
  isConnected: true,
  /** Kept in the address. */
  view: {
    tab: /** @type {Tab} */ (oneOf(['phone', 'desk', 'both', 'inside'], asked.get('view'), 'phone')),
    /** Who stands on the places of the stage, first place first; only as many are shown as fit. */
    phones: (asked.get('people') ?? '').split('.').filter(Boolean),
    desk: asked.get('desk') ?? '',
    language: /** @type {CityLanguage} */ (oneOf(['ro', 'uk', 'en'], asked.get('language'), 'ro')),
    theme: oneOf(['light', 'dark'], asked.get('theme'), systemDark ? 'dark' : 'light'),
    isTourOpen: asked.get('tour') !== 'closed',
  },
  /** When a place was last used; the longest unused one is given away first. @type {Map<string, number>} */
  usedAt: new Map(),
  /** 'home', 'about' or a channel, per person at the workspace. @type {Map<string, string>} */
  deskPlaces: new Map(),
  /** Threads shown whole, by `channel ts`. @type {Set<string>} */
  openThreads: new Set(),
  /** Half-typed texts, by the name of their field. @type {Map<string, string>} */
  drafts: new Map(),
  /** @type {string | null} */
  openMenu: null,
  /** @type {'help' | 'restart' | null} */
  dialog: null,
  /** A confirmation that Block Kit asks for before a press. @type {{ personId: string; dialog: any; button: string } | null} */
  confirm: null,
  /** The chat that is read aloud. @type {string | null} */
  focusedChat: null,
  /** The message a row of "Inside" points at. @type {string | null} */
  traced: null,
  /** Minute of the day under the finger while the clock is dragged. @type {number | null} */
  drag: null,
  /** Lines the page itself shows on a phone: a number that would be called, "copied". @type {Map<string, { number: number; text: string }>} */
  notes: new Map(),
  /** Toasts already over when the page came, or closed. @type {Map<string, number>} */
  seenToasts: new Map(),
  /** A choice pressed whose answer is on the way. @type {Set<string>} */
  busy: new Set(),
};

/** @template {string} T @param {T[]} known @param {string | null} given @param {T} otherwise @returns {T} */
function oneOf(known, given, otherwise) {
  return known.find((one) => one === given) ?? otherwise;
}

/** @type {() => void} */
let draw = () => {};
let isDrawing = false;

/** @param {() => void} drawAll */
export function onChange(drawAll) {
  draw = drawAll;
}

/** Draws soon, once for many changes. */
export function redraw() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    draw();
  });
}

/** Changes where the visitor looks, keeps it in the address, draws. @param {Partial<typeof page.view>} change */
export function look(change) {
  Object.assign(page.view, change);
  page.openMenu = null;
  const { tab, phones, desk, language, theme, isTourOpen } = page.view;
  const search = new URLSearchParams({ view: tab, people: phones.join('.'), desk, language, theme });
  if (!isTourOpen) search.set('tour', 'closed');
  history.replaceState(null, '', `?${search}`);
  redraw();
}

/** @param {string} id */
export const personOf = (id) => page.city?.people.find((person) => person.id === id);

/** @param {CityState} city */
export function takeCity(city) {
  const isFirst = page.city === null;
  page.city = city;
  for (const [id, phone] of Object.entries(city.phones)) {
    if (isFirst && phone.toast) page.seenToasts.set(id, phone.toast.number);
  }
  seat();
  redraw();
}

/** Places nobody asked for are given to the first people of the city. */
function seat() {
  const { view, city } = page;
  if (city === null) return;
  const all = city.people.filter(({ place }) => place === 'phone').map(({ id }) => id);
  const first = ['oksana', 'elena', 'mihai'].filter((id) => all.includes(id));
  const wished = view.phones.filter((id) => all.includes(id));
  view.phones = [...new Set([...wished, ...first, ...all])].slice(0, 4);
  if (!city.desks[view.desk]) view.desk = city.people.find(({ place }) => place === 'desk')?.id ?? '';
}

/** How many phones stand on the stage at this width. */
export function placesThatFit() {
  const width = window.innerWidth;
  if (width >= 1880) return 4;
  if (width >= 1560) return 3;
  return width >= 1200 ? 2 : 1;
}

export const isNarrow = () => window.innerWidth < 768;

export const shownPhones = () => page.view.phones.slice(0, placesThatFit());

/** A phone takes the place unused for longest; a person of the workspace changes who looks. @param {string} id */
export function choose(id) {
  const { view } = page;
  page.usedAt.set(id, performance.now());
  const tab = (/** @type {Tab} */ wanted) => (isNarrow() && view.tab !== 'both' ? wanted : view.tab);
  if (personOf(id)?.place === 'desk') return look({ desk: id, tab: tab('desk') });
  const shown = shownPhones();
  if (shown.includes(id)) return look({ tab: tab('phone') });
  const used = (/** @type {string} */ one) => page.usedAt.get(one) ?? 0;
  const oldest = shown.reduce((a, b) => (used(b) < used(a) ? b : a));
  const phones = view.phones.map((one) => (one === oldest ? id : one === id ? oldest : one));
  look({ phones, tab: tab('phone') });
}

/** Marks a place as used now. @param {string} id */
export const touch = (id) => void page.usedAt.set(id, performance.now());

export const isStarting = () => page.city?.starting.some(({ isDone }) => !isDone) ?? false;
