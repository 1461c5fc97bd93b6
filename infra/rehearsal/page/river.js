// @ts-check
/** The river between the banks. Each message really sent crosses the footbridge as a yellow dot. */

/** @import { PhoneState, DeskState } from '../shapes.ts' */

const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** @param {'left' | 'right'} to */
function cross(to) {
  const bridge = document.querySelector('#river .footbridge');
  if (!bridge || isCalm() || document.hidden) return;
  const dot = document.createElement('span');
  dot.className = 'crossing';
  bridge.append(dot);
  const path = [{ left: '0%' }, { left: '100%' }];
  dot.animate(to === 'right' ? path : path.reverse(), { duration: 1100, easing: 'ease-in-out' }).onfinish = () =>
    dot.remove();
}

/** Dots for what is new on a phone: the bot's go to it, the person's leave it once taken. @param {PhoneState | undefined} old @param {PhoneState} now */
export function crossForPhone(old, now) {
  if (!old) return;
  const known = new Set(old.messages.filter(({ tick }) => tick !== 'waiting').map(({ id }) => id));
  for (const message of now.messages.slice(-5)) {
    if (!known.has(message.id) && message.tick !== 'waiting') cross(message.from === 'bot' ? 'left' : 'right');
  }
}

/** @param {DeskState | undefined} old @param {DeskState} now */
export function crossForDesk(old, now) {
  if (!old) return;
  const ids = (/** @type {DeskState} */ desk) => Object.values(desk.messages).flat();
  const known = new Set(ids(old).map(({ ts }) => ts));
  for (const message of ids(now).slice(-5)) if (!known.has(message.ts)) cross(message.isBot ? 'right' : 'left');
}
