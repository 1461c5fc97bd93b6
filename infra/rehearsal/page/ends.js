// @ts-check
/** A chat read at its end stays at its end: when something comes, and when its room changes. */

/** Whether each chat was left at its end; a new one is. @type {WeakMap<Element, boolean>} */
const atEnd = new WeakMap();

const isAtEnd = (/** @type {Element} */ log) => log.scrollHeight - log.scrollTop - log.clientHeight < 48;

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => toEnd(target)));

/** @param {Element} log */
function toEnd(log) {
  if (atEnd.get(log) !== false) log.scrollTop = log.scrollHeight;
}

export function startEnds() {
  document.addEventListener('scroll', ({ target }) => {
    if (target instanceof Element && target.hasAttribute('data-stick')) atEnd.set(target, isAtEnd(target));
  }, true);
}

/** After a drawing. */
export function keepEnds() {
  for (const log of document.querySelectorAll('[data-stick]')) {
    sizes.observe(log);
    toEnd(log);
  }
}
