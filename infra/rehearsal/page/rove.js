// @ts-check
/** Groups with one tab stop: arrows move inside, Tab leaves (`city.md` 7). */

/** Where the tab stop of each group stands. @type {Map<string, string>} */
const stops = new Map();

/** Gives the tabindex of each member. @param {string} group @param {string[]} keys @returns {(key: string) => string} */
export function tabStop(group, keys) {
  const kept = stops.get(group) ?? '';
  const stop = keys.includes(kept) ? kept : keys[0];
  return (key) => (key === stop ? '0' : '-1');
}

export function startRoving() {
  document.addEventListener('focusin', ({ target }) => take(target));
  document.addEventListener('keydown', move);
}

/** @param {EventTarget | null} target */
function take(target) {
  const member = target instanceof HTMLElement ? target.closest('[data-rove-key]') : null;
  const group = member?.closest('[data-rove]');
  if (!(member instanceof HTMLElement) || !(group instanceof HTMLElement)) return;
  stops.set(group.dataset.rove ?? '', member.dataset.roveKey ?? '');
  for (const one of membersOf(group)) one.tabIndex = one === member ? 0 : -1;
}

const membersOf = (/** @type {HTMLElement} */ group) =>
  /** @type {HTMLElement[]} */ ([...group.querySelectorAll('[data-rove-key]')]);

/** @param {KeyboardEvent} event */
function move(event) {
  const member = event.target instanceof HTMLElement ? event.target.closest('[data-rove-key]') : null;
  const group = member?.closest('[data-rove]');
  if (!(member instanceof HTMLElement) || !(group instanceof HTMLElement)) return;
  const members = membersOf(group);
  const next = members[nextIndex(event.key, members.indexOf(member), members.length)];
  if (next === undefined || next === member) return;
  event.preventDefault();
  next.focus();
}

/** @param {string} key @param {number} at @param {number} count */
function nextIndex(key, at, count) {
  if (key === 'ArrowDown' || key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowUp' || key === 'ArrowLeft') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : at;
}
