import { argumentsOf } from './arguments.ts';
import type { Asked, Told } from './door.ts';
import { contentOf, keep, newMessage, tellChange, tellDeletion } from './messages.ts';
import { refuse, SlackRefusal } from './refusal.ts';
import { json } from './web-api.ts';
import { messageJson } from './wire.ts';
import {
  type Channel,
  type Json,
  membersOf,
  messageAt,
  type ResponseUrl,
  type StoredMessage,
  type World,
} from './world.ts';

/** What is not the Web API: bytes of files and response_url. */
export async function sideDoor(world: World, asked: Asked): Promise<Told> {
  const [, first = '', second = '', third = ''] = asked.path.split('/');
  if (first === 'upload') return receive(world, third, asked);
  if (first === 'files-pri') return download(world, second, asked);
  if (first === 'actions') return respond(world, asked);
  if (first === 'login')
    return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in to Slack</html>' };
  return { status: 404, body: '' };
}

/** https://docs.slack.dev/messaging/working-with-files/#uploading_files : raw bytes or one multipart file. */
async function receive(world: World, id: string, asked: Asked): Promise<Told> {
  const file = world.files.get(id);
  if (asked.method !== 'POST' || !file || file.state !== 'asked') return { status: 404, body: 'file_not_found' };
  const content = await bytesOf(asked);
  if (content.length !== file.size) return { status: 400, body: 'length_mismatch' };
  file.content = content;
  file.state = 'uploaded';
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: `OK - ${content.length}` };
}

async function bytesOf({ headers, raw }: Asked): Promise<Buffer> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return raw;
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const [part] = form.values();
  return part instanceof Blob ? Buffer.from(await part.arrayBuffer()) : Buffer.from(String(part ?? ''));
}

/**
 * Needs the token and files:read; without them a redirect to the sign-in page, never an error.
 * https://docs.slack.dev/messaging/working-with-files/#downloading_files
 */
function download(world: World, mark: string, asked: Asked): Told {
  const file = world.files.get(mark.slice(world.team.id.length + 1));
  const isAllowed = asked.headers.authorization === `Bearer ${world.botToken}` && world.scopes.has('files:read');
  if (!isAllowed)
    return { status: 302, headers: { location: `${world.origin()}/login/?redir=${asked.path}` }, body: '' };
  if (file?.state !== 'complete') return { status: 404, body: '' };
  return { status: 200, headers: { 'content-type': file.mimetype }, body: file.content };
}

/** https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses : five uses within thirty minutes. */
const USES = 5;
const LIFE_MS = 30 * 60_000;

function respond(world: World, asked: Asked): Told {
  const known = world.responseUrls.get(asked.path);
  if (!known) return json(404, { ok: false, error: 'invalid_url' });
  if (world.clock.now() - known.bornAt > LIFE_MS) return json(404, { ok: false, error: 'expired_url' });
  if (known.uses >= USES) return json(404, { ok: false, error: 'used_url' });
  known.uses += 1;
  try {
    return apply(world, known, JSON.parse(asked.raw.toString('utf8')) as Json);
  } catch (error) {
    if (error instanceof SyntaxError) return json(400, { ok: false, error: 'invalid_payload' });
    if (!(error instanceof SlackRefusal)) throw error;
    return json(200, { ok: false, error: error.code, ...error.more });
  }
}

function apply(world: World, url: ResponseUrl, said: Json): Told {
  const channel = world.channels.get(url.channel) ?? refuse('channel_not_found');
  const target = url.ts ? messageAt(channel, url.ts) : undefined;
  if (said.delete_original === true) removeOriginal(world, channel, target ?? refuse('message_not_found'));
  else if (said.replace_original === true) replaceOriginal(world, channel, target ?? refuse('message_not_found'), said);
  else answerNew(world, channel, url, said);
  return { status: 200, body: 'ok' };
}

/** Answers are seen by the person alone unless `response_type` is `in_channel`. Recorded like a call, as `(answer)`. */
export function answerNew(world: World, channel: Channel, { userId: user }: { userId: string }, said: Json): void {
  const content = contentOf(world, argumentsOf(said), 40_000);
  const only = said.response_type === 'in_channel' ? {} : { onlyFor: user };
  const thread = typeof said.thread_ts === 'string' ? { threadTs: said.thread_ts } : {};
  const message = newMessage(world, channel, { user: world.app.botUserId, ...content, ...only, ...thread });
  keep(world, channel, message);
  const { ts, at } = message;
  world.record({ at, method: '(answer)', channel: channel.id, user, payload: said, outcome: 'ok', ts });
}

function replaceOriginal(world: World, channel: Channel, message: StoredMessage, said: Json) {
  const before = messageJson(world, message);
  Object.assign(message, contentOf(world, argumentsOf(said), 40_000));
  message.editedTs = world.newTs();
  message.editedAt = world.clock.now();
  if (!message.onlyFor) tellChange(world, channel, before, messageJson(world, message));
  world.changed(membersOf(channel, world));
}

function removeOriginal(world: World, channel: Channel, message: StoredMessage) {
  channel.messages = channel.messages.filter((one) => one !== message);
  if (!message.onlyFor) tellDeletion(world, channel, messageJson(world, message));
  world.changed(membersOf(channel, world));
}

export function newResponseUrl(world: World, userId: string, channel: string, ts?: string): string {
  const path = `/actions/${world.team.id}/${world.newId('')}/${world.newId('')}`;
  world.responseUrls.set(path, { userId, channel, bornAt: world.clock.now(), uses: 0, ...(ts ? { ts } : {}) });
  return `${world.origin()}${path}`;
}
