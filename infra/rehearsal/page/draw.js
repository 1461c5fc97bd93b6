// @ts-check
/** Markup as a string, escaped here and nowhere else, and its keyed update: what stays keeps focus, scroll and typed text. */

/** Markup that is safe to parse. */
class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @typedef {Markup} Drawn */

/** Every inserted value is escaped, except markup made by `html` itself; null, undefined and booleans draw nothing. */
export function html(/** @type {TemplateStringsArray} */ strings, /** @type {unknown[]} */ ...values) {
  let text = strings[0] ?? '';
  values.forEach((value, index) => {
    text += plain(value) + (strings[index + 1] ?? '');
  });
  return new Markup(text);
}

/** ` name="value"`, ` name` for true, nothing for false or null. @param {string} name @param {unknown} value */
export function attr(name, value) {
  if (value === null || value === undefined || value === false) return new Markup('');
  return new Markup(value === true ? ` ${name}=""` : ` ${name}="${escaped(String(value))}"`);
}

/** @param {unknown} value @returns {string} */
function plain(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(plain).join('');
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  return escaped(String(value));
}

/** @type {Record<string, string>} */
const signs = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (/** @type {string} */ text) => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

/** @type {WeakMap<Element, string>} */
const drawn = new WeakMap();

/** Makes the children of `root` as `markup` says. @param {Element} root @param {Drawn} markup */
export function update(root, markup) {
  if (drawn.get(root) === markup.text) return;
  drawn.set(root, markup.text);
  const template = document.createElement('template');
  template.innerHTML = markup.text;
  mend(root, template.content);
  for (const one of root.querySelectorAll('[data-vars]')) setVars(/** @type {HTMLElement} */ (one));
}

/** @param {Node} old @param {Node} fresh */
function mend(old, fresh) {
  const keep = byKey(old);
  const wanted = byKey(fresh);
  for (const [key, node] of keep) if (!wanted.has(key)) node.remove();
  let at = old.firstChild;
  for (const [key, next] of wanted) {
    const match = keep.get(key);
    if (match === undefined) old.insertBefore(next, at);
    else {
      if (match === at) at = at.nextSibling;
      else old.insertBefore(match, at);
      mendOne(match, next);
    }
  }
}

/** A node's key: its `data-key`, else its tag, first class and turn among those alike. @param {Node} parent */
function byKey(parent) {
  /** @type {Map<string, ChildNode>} */
  const nodes = new Map();
  /** @type {Map<string, number>} */
  const turns = new Map();
  for (const node of [...parent.childNodes]) {
    const name =
      node instanceof Element
        ? (node.getAttribute('data-key') ?? `${node.tagName}.${node.classList[0] ?? ''}`)
        : node.nodeName;
    const turn = turns.get(name) ?? 0;
    turns.set(name, turn + 1);
    nodes.set(`${name} ${turn}`, node);
  }
  return nodes;
}

/** @param {ChildNode} old @param {ChildNode} next */
function mendOne(old, next) {
  if (!(old instanceof Element && next instanceof Element)) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  if (old.tagName !== next.tagName) return old.replaceWith(next);
  for (const { name } of [...old.attributes])
    if (name !== 'style' && !next.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  mend(old, next);
}

/** `data-vars="--x:12%;--colour:#123"`: inline style is forbidden by the page's policy, setting properties is not. */
function setVars(/** @type {HTMLElement} */ element) {
  for (const pair of (element.dataset.vars ?? '').split(';')) {
    const [name, value] = pair.split(':');
    if (name && value && element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
  }
}
