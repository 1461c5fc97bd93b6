import type { BotCommand, ChatFullInfo, UserFromGetMe } from '@grammyjs/types';
import type { Memory } from './memory.ts';
import type { Call } from './parameters.ts';
import { fieldOf, isObject, jsonOf, textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { roomOf } from './rooms.ts';

/** What a bot tells about itself, per language; '' is for everyone else. */
export type Profile = {
  names: Map<string, string>;
  descriptions: Map<string, string>;
  shortDescriptions: Map<string, string>;
  /** scope and language -> commands */
  commands: Map<string, BotCommand[]>;
  menuButton: Map<number, unknown>;
};

export const createProfile = (name: string): Profile => ({
  names: new Map([['', name]]),
  descriptions: new Map(),
  shortDescriptions: new Map(),
  commands: new Map(),
  menuButton: new Map(),
});

/** https://core.telegram.org/bots/api#getme */
export const getMe = (memory: Memory): UserFromGetMe => ({
  ...memory.me,
  first_name: memory.profile.names.get('') ?? memory.me.first_name,
});

/** The text in a person's language, else the one for everyone. */
export const inLanguage = (texts: Map<string, string>, language = ''): string =>
  texts.get(language.slice(0, 2)) ?? texts.get('') ?? '';

/** "0-64 characters": https://core.telegram.org/bots/api#setmyname (the server's wording for too long is not confirmed) */
export const setMyName = (memory: Memory, call: Call): true => setText(memory.profile.names, call, 'name', 64);
/** "0-512 characters": https://core.telegram.org/bots/api#setmydescription */
export const setMyDescription = (memory: Memory, call: Call): true =>
  setText(memory.profile.descriptions, call, 'description', 512);
/** "0-120 characters": https://core.telegram.org/bots/api#setmyshortdescription */
export const setMyShortDescription = (memory: Memory, call: Call): true =>
  setText(memory.profile.shortDescriptions, call, 'short_description', 120);

function setText(texts: Map<string, string>, call: Call, field: string, max: number): true {
  const text = textOf(call, field);
  const language = languageOf(call);
  if (text.length > max)
    throw badRequest(`${field} must be not longer than ${max} characters (wording of the stand-in)`);
  if (text !== '') texts.set(language, text);
  else if (field !== 'name' || language !== '') texts.delete(language);
  return true;
}

/** "A two-letter ISO 639-1 language code" or empty */
function languageOf(call: Call): string {
  const language = textOf(call, 'language_code');
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}

/** https://core.telegram.org/bots/api#setmycommands: at most 100; https://core.telegram.org/bots/api#botcommand: "1-32 characters. Can contain only lowercase English letters, digits and underscores", description 1-256. */
export function setMyCommands(memory: Memory, call: Call): true {
  const list = jsonOf(call, 'commands', 'bot commands');
  if (!Array.isArray(list)) throw badRequest('expected an Array of BotCommand');
  if (list.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  memory.profile.commands.set(commandKey(memory, call), list.map(commandOf));
  return true;
}

export function deleteMyCommands(memory: Memory, call: Call): true {
  memory.profile.commands.delete(commandKey(memory, call));
  return true;
}

export const getMyCommands = (memory: Memory, call: Call): BotCommand[] =>
  memory.profile.commands.get(commandKey(memory, call)) ?? [];

function commandOf(item: unknown): BotCommand {
  if (!isObject(item)) throw badRequest("can't parse BotCommand: expected an Object");
  const command = fieldOf(item, 'command').trim().replace(/^\//, '');
  const description = fieldOf(item, 'description').trim();
  if (command === '') throw badRequest('command must be non-empty');
  if (command.length > 32) throw badRequest('command length must not exceed 32');
  if (description === '') throw badRequest('command description must be non-empty');
  if (description.length > 256) throw badRequest('command description length must not exceed 256');
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  return { command, description };
}

const scopes = [
  'default',
  'all_private_chats',
  'all_group_chats',
  'all_chat_administrators',
  'chat',
  'chat_administrators',
  'chat_member',
];

/** https://core.telegram.org/bots/api#botcommandscope */
function commandKey(memory: Memory, call: Call): string {
  const scope = jsonOf(call, 'scope', 'BotCommandScope') ?? { type: 'default' };
  if (!isObject(scope)) throw badRequest("can't parse BotCommandScope: expected an Object");
  const type = fieldOf(scope, 'type');
  if (!scopes.includes(type)) throw badRequest("can't parse BotCommandScope: Unsupported type specified");
  if (type.startsWith('chat')) roomOf(memory, { ...call, values: { chat_id: scope.chat_id } });
  return [type, scope.chat_id, scope.user_id, languageOf(call)].map((part) => part ?? '').join('|');
}

/** https://core.telegram.org/bots/api#setchatmenubutton */
export function setChatMenuButton(memory: Memory, call: Call): true {
  const button = jsonOf(call, 'menu_button', 'menu button') ?? { type: 'default' };
  if (!isObject(button) || !['commands', 'default', 'web_app'].includes(fieldOf(button, 'type'))) {
    throw badRequest("can't parse menu button: unsupported type specified");
  }
  const chatId = textOf(call, 'chat_id') === '' ? 0 : roomOf(memory, call).chat.id;
  memory.profile.menuButton.set(chatId, button);
  return true;
}

/** https://core.telegram.org/bots/api#getchat */
export function getChat(memory: Memory, call: Call): ChatFullInfo {
  const { chat } = roomOf(memory, call);
  const accepted_gift_types = {
    unlimited_gifts: true,
    limited_gifts: true,
    unique_gifts: true,
    premium_subscription: true,
    gifts_from_channels: true,
  };
  return { ...chat, accent_color_id: 0, max_reaction_count: 11, accepted_gift_types } as ChatFullInfo;
}
