import type { ApiMethods } from '@grammyjs/types';
import { sendChatAction, setMessageReaction } from './attention.ts';
import { deleteMessage, deleteMessages } from './delete.ts';
import { editMessageCaption, editMessageReplyMarkup, editMessageText } from './edit.ts';
import type { Memory } from './memory.ts';
import type { Call } from './parameters.ts';
import { getUpdates } from './polling.ts';
import {
  deleteMyCommands,
  getChat,
  getMe,
  getMyCommands,
  setChatMenuButton,
  setMyCommands,
  setMyDescription,
  setMyName,
  setMyShortDescription,
} from './profile.ts';
import { answerCallbackQuery } from './queries.ts';
import { sendAudio, sendDocument, sendMediaGroup, sendPhoto, sendVoice } from './send-file.ts';
import { sendContact, sendLocation, sendVenue } from './send-place.ts';
import { copyMessage, sendMessage } from './send-text.ts';
import { getFile } from './shelf.ts';
import { deleteWebhook, getWebhookInfo, setWebhook } from './webhook.ts';

/** What a method gives back is the vendor's own type, so that a shared misreading does not compile. */
type Answer<M extends keyof ApiMethods<never>> = ReturnType<ApiMethods<never>[M]>;
type Method<M extends keyof ApiMethods<never>> = (memory: Memory, call: Call) => Answer<M> | Promise<Answer<M>>;

/** https://core.telegram.org/bots/api#available-methods: those this office uses. */
const methods = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  sendMessage,
  copyMessage,
  sendVoice,
  sendPhoto,
  sendDocument,
  sendAudio,
  sendMediaGroup,
  sendLocation,
  sendVenue,
  sendContact,
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
  answerCallbackQuery,
  sendChatAction,
  setMessageReaction,
  getFile,
  getChat,
  setMyCommands,
  deleteMyCommands,
  getMyCommands,
  setMyName,
  setMyDescription,
  setMyShortDescription,
  setChatMenuButton,
} satisfies { [M in keyof ApiMethods<never>]?: Method<M> };

export type MethodName = keyof typeof methods;

const byLowerName = new Map<string, { name: MethodName; run(memory: Memory, call: Call): unknown }>(
  Object.entries(methods).map(([name, run]) => [name.toLowerCase(), { name: name as MethodName, run }]),
);

export const methodNamed = (name: string) => byLowerName.get(name.toLowerCase());

/** Methods that put something new before a person. */
export const isPost = (name: string): boolean =>
  (name.startsWith('send') && name !== 'sendChatAction') || name === 'copyMessage';
