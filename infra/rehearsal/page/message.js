// @ts-check
import { drawBlocks } from './blocks.js';
import { attr, html } from './draw.js';
import { bridge, icons } from './icons.js';
import { mrkdwn } from './mrkdwn.js';
import { dayOf, hour, longDay, text } from './say.js';
import { page } from './state.js';
import { stateWord, toneOf } from './tone.js';

/** Messages of a channel in the workspace: cards, files, threads, what only one person sees. */

/** @import { DeskChannel, DeskMessage } from '../shapes.ts' */
/** @typedef {import('./desk.js').Seen} Seen */

/** @param {Seen} seen @param {DeskChannel} channel */
export function drawMessages(seen, channel) {
  const all = seen.desk.messages[channel.id] ?? [];
  const heads = all.filter(
    ({ ts, threadTs }) => !threadTs || threadTs === ts || !all.some((one) => one.ts === threadTs),
  );
  if (heads.length === 0) return html`<p class="quiet">${text(seen.person.language, 'desk.noMessages')}</p>`;
  return heads.map((message, index) => {
    const before = heads[index - 1];
    const isNewDay = before !== undefined && dayOf(before.at) !== dayOf(message.at);
    const replies = all.filter((one) => one.threadTs === message.ts && one.ts !== message.ts);
    return html`${isNewDay && html`<p class="post-day" data-key="d${dayOf(message.at)}"><span>${longDay(seen.person.language, message.at)}</span></p>`}${drawMessage(seen, message, replies)}`;
  });
}

/** How rows of "Inside" name a message of the workspace. @param {DeskMessage} message */
const refOf = ({ channel, ts }) => `slack:${channel}:${ts}`;

/** @param {Seen} seen @param {DeskMessage} message @param {DeskMessage[]} replies */
function drawMessage(seen, message, replies) {
  const { desk, person } = seen;
  const name = desk.users[message.user] ?? message.user;
  const edited = message.editedAt && ` · ${text(person.language, 'desk.edited', { time: hour(message.editedAt) })}`;
  return html`<article class="post ${message.isEphemeral ? 'is-private' : ''} ${page.traced === refOf(message) ? 'is-traced' : ''}" data-key="${message.ts}" data-ref="${refOf(message)}">
    ${portrait(message, name)}
    <div class="post-words"><header><b>${name}</b>${message.isBot && html` <span class="app-sign">${text(person.language, 'desk.app')}</span>`} <time datetime="${message.at}">${hour(message.at)}</time>${edited}${menu(seen, message)}</header>
      ${message.isEphemeral && html`<p class="private-note">${icons.eye}${text(person.language, 'desk.onlyYou')}</p>`}
      ${body(seen, message)}${files(message)}${thread(seen, message, replies)}</div></article>`;
}

/** @param {DeskMessage} message @param {string} name */
function portrait(message, name) {
  if (message.isBot) return html`<span class="bot-face square-face" aria-hidden="true">${bridge}</span>`;
  const person = page.city?.people.find(({ account }) => account === message.user);
  const initials = person?.initials ?? name.slice(0, 2);
  return html`<span class="face tile" data-vars="--person:${person?.colour ?? '#465967'}" aria-hidden="true">${initials}</span>`;
}

/** Blocks when there are any, else the text. @param {Seen} seen @param {DeskMessage} message */
function body({ desk, person }, message) {
  const place = { person, users: desk.users, where: JSON.stringify({ channel: message.channel, ts: message.ts }) };
  const cards = (message.attachments ?? []).filter(({ blocks }) => blocks?.length);
  const [first] = cards;
  const own = /** @type {any[]} */ (message.blocks);
  if (first && own.length <= 1 && hasState(first.blocks)) {
    return card(toneOf(first.color), first.blocks ?? [], { ...place, head: own[0]?.text?.text ?? '' }, 0);
  }
  const head = own.length > 0 ? loose(own, place) : html`<p class="prose">${mrkdwn(message.text, desk.users)}</p>`;
  return html`${own.length === 0 && first ? null : head}${cards.map(({ color, blocks }, index) => card(toneOf(color), blocks ?? [], place, index))}`;
}

/** A card whose first words are a state takes the line above it as its head. @param {any[] | undefined} blocks */
const hasState = (blocks) => stateWord(blocks?.[0]?.text?.text ?? '') !== null;

/** A state word at the top of loose blocks makes them a card as well. @param {any[]} blocks @param {import('./blocks.js').Place} place */
function loose(blocks, place) {
  const state = blocks.map((block) => stateWord(block.text?.text ?? '')).find(Boolean);
  return state ? card(state.tone, blocks, place, 0) : html`<div class="blocks">${drawBlocks(blocks, place)}</div>`;
}

/** @param {string} tone @param {any[]} blocks @param {import('./blocks.js').Place} place @param {number} index */
const card = (tone, blocks, place, index) =>
  html`<div class="card ${tone}" data-key="card${index}">${drawBlocks(blocks, place)}</div>`;

/** @param {DeskMessage} message */
const files = ({ files: all = [] }) =>
  all.map(({ id, name, mimetype, size }) => {
    const address = `/city/file/slack/${encodeURIComponent(id)}`;
    if (mimetype.startsWith('image/'))
      return html`<img class="shared" src="${address}" alt="${name}" data-key="${id}">`;
    if (mimetype.startsWith('audio/'))
      return html`<audio class="shared" controls preload="metadata" src="${address}" aria-label="${name}" data-key="${id}"></audio>`;
    return html`<a class="file" href="${address}" download="${name}" data-key="${id}"><span class="file-sign">${icons.file}</span><span><b>${name}</b><small>${Math.max(1, Math.round(size / 1024))} KB</small></span></a>`;
  });

/** Message shortcuts, when the app has registered any. @param {Seen} seen @param {DeskMessage} message */
function menu({ desk, person }, message) {
  const shortcuts = desk.shortcuts ?? [];
  if (shortcuts.length === 0) return html``;
  const isOpen = page.openMenu === `message:${message.ts}`;
  return html`<span class="message-menu"><button type="button" class="bare" data-act="messageMenu" data-ts="${message.ts}" aria-label="${text(person.language, 'aria.menu')}" aria-expanded="${String(isOpen)}">${icons.more}</button>
    ${isOpen && html`<span class="menu" data-key="menu" data-menu>${shortcuts.map(({ callbackId, name }) => html`<button type="button" data-act="shortcut" data-callback="${callbackId}" data-channel="${message.channel}" data-ts="${message.ts}">${name}</button>`)}</span>`}</span>`;
}

const shownReplies = 3;

/** @param {Seen} seen @param {DeskMessage} message @param {DeskMessage[]} replies */
function thread(seen, message, replies) {
  const id = `${message.channel} ${message.ts}`;
  const isOpen = page.openThreads.has(id);
  const { language } = seen.person;
  if (replies.length === 0 && !isOpen) return html``;
  const shown = isOpen ? replies : replies.slice(-shownReplies);
  return html`<div class="thread" role="group" aria-label="${text(language, 'desk.thread')}">
    <button type="button" class="thread-key" data-act="openThread" data-thread="${id}" aria-expanded="${String(isOpen)}">${text(language, 'desk.replies', { count: replies.length })}</button>
    <ol>${shown.map((reply) => replyLine(seen, reply))}</ol>${isOpen && answer(seen, message)}</div>`;
}

/** A step that names its own hour is not given a second one. @param {Seen} seen @param {DeskMessage} reply */
function replyLine({ desk, person }, reply) {
  const [, stepHour, stepWords] = /^(\d\d:\d\d) · ([\s\S]+)$/.exec(reply.text) ?? [];
  const place = { person, users: desk.users, where: JSON.stringify({ channel: reply.channel, ts: reply.ts }) };
  const hasKeys = reply.blocks.some(({ type }) => type === 'actions');
  const words = hasKeys
    ? html`<div class="blocks">${drawBlocks(reply.blocks, place)}</div>`
    : mrkdwn(stepWords ?? reply.text, desk.users);
  return html`<li class="${page.traced === refOf(reply) ? 'is-traced' : ''}" data-key="${reply.ts}" data-ref="${refOf(reply)}"><time datetime="${reply.at}">${stepHour ?? hour(reply.at)}</time>
    <span>${!reply.isBot && html`<b>${desk.users[reply.user] ?? reply.user}:</b> `}${words}</span></li>`;
}

/** @param {Seen} seen @param {DeskMessage} message */
function answer({ desk, person }, message) {
  const draft = `thread:${person.id}:${message.ts}`;
  const label = text(person.language, 'desk.thread');
  return html`<form class="write small" data-form="desk" data-channel="${message.channel}" data-thread="${message.ts}"><input data-draft="${draft}" value="${page.drafts.get(draft) ?? ''}" placeholder="${label}" aria-label="${label}" autocomplete="off"${attr('disabled', !desk.online)}>
    <button class="bare send" aria-label="${text(person.language, 'phone.send')}"${attr('disabled', !desk.online)}>${icons.send}</button></form>`;
}
