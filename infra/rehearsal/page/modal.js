// @ts-check
import { drawBlocks } from './blocks.js';
import { html } from './draw.js';
import { fileOf } from './fields.js';
import { bridge, icons } from './icons.js';
import { text } from './say.js';
import { page } from './state.js';

/** The window of the workspace: a form, errors under their fields; and the question before a press that asks for one. */

/** @typedef {import('./desk.js').Seen} Seen */

/** The topmost window; those under it wait. @param {Seen} seen */
export function drawModal({ person, desk }) {
  const modal = desk.modals.at(-1);
  if (!modal) return null;
  const view = /** @type {any} */ (modal.view);
  const place = { person, users: desk.users, where: JSON.stringify({ viewId: modal.viewId }), errors: modal.errors };
  const title = fileOf(`${modal.viewId} title`);
  return html`<div class="cover" data-key="${modal.viewId}"><div class="modal" role="dialog" aria-labelledby="${title}" data-modal tabindex="-1"><form data-form="modal" data-view="${modal.viewId}" novalidate>
    <header><span class="bot-face square-face" aria-hidden="true">${bridge}</span><h3 id="${title}">${view.title?.text}</h3>
      <button type="button" class="bare" data-act="closeModal" data-view="${modal.viewId}" aria-label="${text(person.language, 'desk.closeWindow')}">${icons.close}</button></header>
    <div class="modal-body" tabindex="0" role="group" aria-labelledby="${title}">${drawBlocks(view.blocks ?? [], place)}</div>
    <footer>${view.close && html`<button type="button" class="button" data-act="closeModal" data-view="${modal.viewId}">${view.close.text}</button>`}${view.submit && html`<button class="button primary">${view.submit.text}</button>`}</footer></form></div></div>`;
}

/** @param {Seen} seen */
export function drawConfirm({ person }) {
  if (page.confirm?.personId !== person.id) return null;
  const { title, text: words, confirm, deny, style } = page.confirm.dialog;
  return html`<div class="cover" data-key="confirm"><div class="modal small" role="alertdialog" aria-labelledby="confirm-title" aria-describedby="confirm-words" data-modal tabindex="-1">
    <header><h3 id="confirm-title">${title?.text}</h3></header><p class="modal-body" id="confirm-words">${words?.text}</p>
    <footer><button type="button" class="button" data-act="confirmNo">${deny?.text}</button><button type="button" class="button ${style ?? 'primary'}" data-act="confirmYes">${confirm?.text}</button></footer></div></div>`;
}
