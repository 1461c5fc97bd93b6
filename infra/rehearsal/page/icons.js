// @ts-check
import { html } from './draw.js';

/** Pictures drawn by lines; none carries meaning alone. */

/** @param {import('./draw.js').Drawn} shapes @param {string} name */
const icon = (shapes, name = '') =>
  html`<svg class="icon ${name}" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">${shapes}</svg>`;

export const bridge = html`<svg class="bridge-sign" viewBox="0 0 36 32" aria-hidden="true" focusable="false">
  <path d="M4 19C4 10 10 4 18 4s14 6 14 15M11 19V8M18 19V4M25 19V8M1 19h34" />
  <path class="water" d="M3 27c2.500 0 2.500-2 5-2s2.500 2 5 2 2.500-2 5-2 2.500 2 5 2 2.500-2 5-2 2.500 2 5 2" /></svg>`;

export const icons = {
  next: icon(html`<path d="M5 5l9 7-9 7zM18 5v14" />`),
  moon: icon(html`<path d="M19 14.500A8 8 0 0 1 9.500 5a7.500 7.500 0 1 0 9.500 9.500z" />`),
  sun: icon(
    html`<circle cx="12" cy="12" r="4" /><path d="M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2" />`,
  ),
  help: icon(
    html`<circle cx="12" cy="12" r="9" /><path d="M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.400-1 .8-1 1.700M12 17v.010" />`,
  ),
  again: icon(html`<path d="M5 12a7 7 0 1 1 2.200 5.100M5 19v-4.500h4.500" />`),
  noNetwork: icon(html`<path d="M5 19v-3M10 19v-7M15 19v-5M15 10V8M20 19V6M4 4l16 16" />`),
  block: icon(html`<circle cx="12" cy="12" r="8" /><path d="M6.500 6.500l11 11" />`),
  back: icon(html`<path d="M15 5l-7 7 7 7" />`),
  more: icon(html`<path d="M12 5v.010M12 12v.010M12 19v.010" />`, 'dots'),
  clip: icon(
    html`<path d="M20 11.500l-8 8a5 5 0 0 1-7-7l8.500-8.500a3.400 3.400 0 0 1 4.800 4.800l-8.300 8.300a1.700 1.700 0 0 1-2.400-2.400l7.400-7.400" />`,
  ),
  mic: icon(
    html`<rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3" />`,
  ),
  send: icon(html`<path d="M4 12l16-8-6 16-3-7z" />`),
  play: icon(html`<path class="filled" d="M8 5l11 7-11 7z" />`),
  calendar: icon(html`<rect x="4" y="6" width="16" height="14" rx="2" /><path d="M4 11h16M8 3v5M16 3v5" />`),
  file: icon(html`<path d="M6 3h8l4 4v14H6zM14 3v4h4" />`),
  close: icon(html`<path d="M6 6l12 12M18 6L6 18" />`),
  home: icon(html`<path d="M4 11l8-7 8 7M6 10v9h12v-9" />`),
  hash: icon(html`<path d="M9 4L7 20M17 4l-2 16M4 9h17M3 15h17" />`),
  eye: icon(html`<path d="M2 12s4-6 10-6 10 6 10 6-4 6-10 6-10-6-10-6z" /><circle cx="12" cy="12" r="2.500" />`),
  phone: icon(html`<rect x="7" y="2.500" width="10" height="19" rx="2.500" /><path d="M11 18.500h2" />`),
  desk: icon(html`<rect x="3" y="4" width="18" height="13" rx="2" /><path d="M8 4v13M9 21h6" />`),
  both: icon(html`<rect x="4" y="3" width="16" height="18" rx="2" /><path d="M4 12h16" />`),
  inside: icon(
    html`<path d="M4 7h9M18 7h2M4 12h2M11 12h9M4 17h9M18 17h2" /><circle cx="15.500" cy="7" r="2" /><circle cx="8.500" cy="12" r="2" /><circle cx="15.500" cy="17" r="2" />`,
  ),
  signal: html`<svg class="signal" viewBox="0 0 20 12" aria-hidden="true" focusable="false"><path d="M0 9h4v3H0zM5 7h4v5H5zM10 4h4v8h-4zM15 0h4v12h-4z" /></svg>`,
  waiting: html`<svg class="tick" viewBox="0 0 18 12" aria-hidden="true" focusable="false"><circle cx="9" cy="6" r="5" /><path d="M9 3v3h2.500" /></svg>`,
  taken: html`<svg class="tick" viewBox="0 0 18 12" aria-hidden="true" focusable="false"><path d="M4 6.500l3.500 3.500L14 2.500" /></svg>`,
  stored: html`<svg class="tick" viewBox="0 0 18 12" aria-hidden="true" focusable="false"><path d="M1 6.500l3.500 3.500L11 2.500M7.500 9l1 1L15 2.500" /></svg>`,
};
