import type { GlobalShortcut, MessageShortcut, SlashCommand } from '@slack/bolt';
import { keep, newMessage } from './messages.ts';
import { newFile } from './methods-files.ts';
import { type Actor, type Done, mayAct } from './person.ts';
import { SlackRefusal } from './refusal.ts';
import { answerNew, newResponseUrl } from './side-doors.ts';
import { newTrigger } from './stack.ts';
import { type MessageRef, surfaceOf, whoJson } from './surface.ts';
import { messageJson } from './wire.ts';
import { type Channel, openDirect, type StoredMessage } from './world.ts';

export type Place = 'bot' | (string & {});

/** A message as typed: Slack escapes & < > and marks addresses. https://docs.slack.dev/messaging/formatting-message-text */
export function say(actor: Actor, place: Place, text: string, { threadTs }: { threadTs?: string } = {}): MessageRef {
  return post(actor, place, { text: wired(text), ...(threadTs ? { threadTs } : {}) });
}

const wired = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/https?:\/\/[^\s&]+/g, (url) => `<${url}>`)
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (mail) => `<mailto:${mail}|${mail}>`);

function post(actor: Actor, place: Place, content: Partial<StoredMessage>): MessageRef {
  const { world, user } = actor;
  const channel = placeOf(actor, place);
  const message = newMessage(world, channel, { user: user.id, ...content });
  user.lastRead.set(channel.id, message.ts);
  keep(world, channel, message);
  return { channel: channel.id, ts: message.ts };
}

function placeOf({ world, user }: Actor, place: Place): Channel {
  mayAct(user);
  if (!user.isOnline) throw new Error(`${user.name} is offline: Slack keeps the text in the field`);
  const channel = place === 'bot' ? openDirect(world, user.id) : world.channels.get(place);
  if (!channel?.members.has(user.id)) throw new Error(`${user.name} is not in ${place}`);
  if (channel.isArchived) throw new Error(`${place} is archived`);
  return channel;
}

export type GivenFile = { name: string; content: Buffer | string; mimetype?: string; text?: string; place?: Place };

/** A file the person shares; the message event has subtype file_share. https://docs.slack.dev/reference/events/message/file_share */
export function upload(actor: Actor, given: GivenFile): MessageRef & { fileId: string } {
  const channel = placeOf(actor, given.place ?? 'bot');
  const id = storeFile(actor, given);
  actor.world.files.get(id)?.channels.add(channel.id);
  return { ...post(actor, channel.id, { text: wired(given.text ?? ''), files: [id] }), fileId: id };
}

/** A file chosen on the computer for a file_input; nothing is posted. */
export function storeFile({ world, user }: Actor, given: GivenFile): string {
  const content = Buffer.isBuffer(given.content) ? given.content : Buffer.from(given.content);
  const file = newFile(world, { name: given.name, size: content.length, user: user.id });
  file.content = content;
  file.state = 'complete';
  if (given.mimetype) file.mimetype = given.mimetype;
  return file.id;
}

/** https://docs.slack.dev/interactivity/implementing-slash-commands : an answer inside the ack is shown to the person. */
export async function command(actor: Actor, name: string, text = '', place: Place = 'bot'): Promise<Done> {
  const { world, user } = actor;
  const channel = placeOf(actor, place);
  const payload: SlashCommand = {
    token: world.app.verificationToken,
    team_id: world.team.id,
    team_domain: world.team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: user.id,
    user_name: user.name,
    command: name,
    text,
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(world, user.id, channel.id),
    trigger_id: newTrigger(world, user.id),
  };
  const done = await actor.bring('command', { type: 'slash_commands', payload, acceptsAnswer: true });
  if (!done.isAcked || Object.keys(done.answer).length === 0) return done;
  try {
    answerNew(world, channel, { userId: user.id }, done.answer);
    return done;
  } catch (error) {
    if (error instanceof SlackRefusal)
      return actor.trouble('command', 'bad_answer', 'failed with the error "dispatch_failed"');
    throw error;
  }
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload : type message_action. */
export function messageShortcut(actor: Actor, callbackId: string, ref: MessageRef): Promise<Done> {
  const { world, user } = actor;
  const surface = surfaceOf(world, user, ref);
  if (surface.kind !== 'message') throw new Error('a message shortcut needs a message');
  const { channel, message } = surface;
  const payload: MessageShortcut = {
    type: 'message_action',
    ...whoJson(world, user),
    callback_id: callbackId,
    trigger_id: newTrigger(world, user.id),
    action_ts: world.newTs(),
    message_ts: message.ts,
    message: messageJson(world, message) as MessageShortcut['message'],
    channel: { id: channel.id, name: channel.name },
    response_url: newResponseUrl(world, user.id, channel.id, message.ts),
  };
  return actor.bring('shortcut', { type: 'interactive', payload, acceptsAnswer: false });
}

/** Type shortcut: no channel, no response_url. */
export function globalShortcut(actor: Actor, callbackId: string): Promise<Done> {
  const { world, user } = actor;
  const frame = { callback_id: callbackId, trigger_id: newTrigger(world, user.id), action_ts: world.newTs() };
  const payload: GlobalShortcut = { type: 'shortcut', ...whoJson(world, user), ...frame };
  return actor.bring('shortcut', { type: 'interactive', payload, acceptsAnswer: false });
}
