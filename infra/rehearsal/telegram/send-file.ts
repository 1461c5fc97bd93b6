import type { Message } from '@grammyjs/types';
import { asAudio, asDocument, asPhoto, asVoice, fileOf } from './media.ts';
import type { Memory } from './memory.ts';
import { nextMessageId, put, replyOf, send } from './messages.ts';
import type { Call } from './parameters.ts';
import { fieldOf, integerOf, isObject, jsonOf, textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { roomToWriteIn } from './rooms.ts';
import { asCaption, captionOf, format } from './texts.ts';

/** https://core.telegram.org/bots/api#sendvoice */
export function sendVoice(memory: Memory, call: Call): Message.VoiceMessage {
  const file = fileOf(memory, call, 'voice', 'voice', textOf(call, 'voice'));
  return send(memory, call, { voice: asVoice(file, integerOf(call, 'duration', 0, 0)), ...captionOf(call) });
}

/** https://core.telegram.org/bots/api#sendphoto */
export function sendPhoto(memory: Memory, call: Call): Message.PhotoMessage {
  const file = fileOf(memory, call, 'photo', 'photo', textOf(call, 'photo'));
  return send(memory, call, { photo: asPhoto(memory.shelf, file), ...captionOf(call) });
}

/** https://core.telegram.org/bots/api#senddocument */
export function sendDocument(memory: Memory, call: Call): Message.DocumentMessage {
  const file = fileOf(memory, call, 'document', 'document', textOf(call, 'document'));
  return send(memory, call, { document: asDocument(file), ...captionOf(call) });
}

/** https://core.telegram.org/bots/api#sendaudio */
export function sendAudio(memory: Memory, call: Call): Message.AudioMessage {
  const file = fileOf(memory, call, 'audio', 'audio', textOf(call, 'audio'));
  return send(memory, call, { audio: asAudio(file, integerOf(call, 'duration', 0, 0)), ...captionOf(call) });
}

type Part = Message.PhotoMessage | Message.DocumentMessage | Message.AudioMessage;
type PartContent =
  | Pick<Message.PhotoMessage, 'photo'>
  | Pick<Message.DocumentMessage, 'document'>
  | Pick<Message.AudioMessage, 'audio'>;

/** https://core.telegram.org/bots/api#sendmediagroup: "must include 2-10 items"; documents and audio only among themselves; no reply_markup. */
export function sendMediaGroup(memory: Memory, call: Call): Part[] {
  const media = jsonOf(call, 'media', 'media');
  if (media === undefined) throw badRequest('parameter "media" is required');
  if (!Array.isArray(media)) throw badRequest('expected an Array of InputMedia');
  if (media.length < 2) throw badRequest('an album has 2-10 items (rule of the stand-in)');
  if (media.length > 10) throw badRequest('too many messages to send as an album');
  const types = new Set(media.map((item: unknown) => (isObject(item) ? fieldOf(item, 'type') : '')));
  if (types.size > 1 && (types.has('document') || types.has('audio'))) {
    throw badRequest(`${types.has('audio') ? 'audio' : 'document'} can't be mixed with other media types`);
  }
  const contents = media.map((item: unknown) => partOf(memory, call, item));
  const room = roomToWriteIn(memory, call);
  const reply = replyOf(call, room);
  const album = { media_group_id: `${13_000_000_000_000_000 + nextMessageId(memory)}` };
  return contents.map((content) => put(memory, call, room, undefined, { ...content, ...album, ...reply }));
}

function partOf(memory: Memory, call: Call, item: unknown): PartContent {
  if (!isObject(item)) throw badRequest("can't parse InputMedia: expected an Object");
  const type = fieldOf(item, 'type');
  const value = fieldOf(item, 'media');
  if (value === '') throw badRequest("can't parse InputMedia: media not found");
  const caption = asCaption(format(fieldOf(item, 'caption'), fieldOf(item, 'parse_mode'), item.caption_entities));
  if (type === 'photo') return { photo: asPhoto(memory.shelf, fileOf(memory, call, 'photo', '', value)), ...caption };
  if (type === 'document') return { document: asDocument(fileOf(memory, call, 'document', '', value)), ...caption };
  if (type === 'audio')
    return { audio: asAudio(fileOf(memory, call, 'audio', '', value), Number(item.duration ?? 0)), ...caption };
  throw badRequest(`can't parse InputMedia: type "${type}" can't be used in sendMediaGroup`);
}
