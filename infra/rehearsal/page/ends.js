// @ts-check
/** A chat read at its end stays at its end: when something comes, and when its room changes. */

/** Whether each chat was left at its end; a new one is. @type {WeakMap<Element, boolean>} */
const atEnd = new WeakMap();

const isAtEnd = (/** @type {Element} */ log) => log.scrollHeight - log.scrollTop - log.clientHeight < 8;

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) toEnd(target);
});

/** @param {Element} log */
function toEnd(log) {
  if (atEnd.get(log) !== false) log.scrollTop = log.scrollHeight;
}

/** Who sends something sees it, wherever the chat was left. @param {Element | null} log */
export function goToEnd(log) {
  if (!log) return;
  atEnd.set(log, true);
  toEnd(log);
}

export function startEnds() {
  document.addEventListener(
    'scroll',
    ({ target }) => {
      if (target instanceof Element && target.hasAttribute('data-stick')) atEnd.set(target, isAtEnd(target));
    },
    true,
  );
}

/** After a drawing. */
export function keepEnds() {
  for (const log of document.querySelectorAll('[data-stick]')) {
    sizes.observe(log);
    toEnd(log);
  }
}

const margin = 24;

/**
 * Scrolls the boxes around an element until it is seen. Not by `scrollIntoView`: that also moves where Tab goes on from.
 * @param {Element} element
 */
export function bringIntoView(element) {
  for (let box = element.parentElement; box !== null; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth) continue;
    const inner = element.getBoundingClientRect();
    const outer = box.getBoundingClientRect();
    box.scrollTop += past(inner.top, inner.bottom, outer.top, outer.bottom);
    box.scrollLeft += past(inner.left, inner.right, outer.left, outer.right);
    if (box.hasAttribute('data-stick')) atEnd.set(box, isAtEnd(box));
  }
}

/** How far a stretch reaches out of another one. @param {number} from @param {number} to @param {number} start @param {number} end */
function past(from, to, start, end) {
  if (from < start + margin) return from - start - margin;
  return to > end - margin ? to - end + margin : 0;
}
