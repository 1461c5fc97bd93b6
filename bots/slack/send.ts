import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Delivery, LoadedFile, Send, Sent, Split } from '#core/delivery/sending.ts';
import type { Message } from '#core/message.ts';
import type { Seal } from '#core/seal.ts';
import { type Calling, slackClient } from './client.ts';
import { directChannels } from './direct.ts';
import { isTooLong, isWrongShape, outcomeOf, type Trace } from './outcome.ts';
import {
  halvesOf,
  plainOf,
  renderHome,
  renderModal,
  renderPlain,
  renderSlack,
  renderSlackFitted,
  type SlackMessage,
} from './render.ts';
import { shareFiles, uploadFiles } from './upload.ts';

export type Sending = Calling & { seal: Seal; settings: { validDays: number } };

const postMost = 12_000;
const editMost = 4000;
/** A tap's view is opened by the receiver at the same time as it is filled here: it may come a moment later. */
const viewWaitsMs = [100, 200, 400, 800, 1200];

type Tools = Sending & { client: webApi.WebClient; channelOf: ReturnType<typeof directChannels> };
type Call<T> = { is: 'done'; answer: T } | { is: 'failed'; sent: Sent };

/** One attempt at one thing; the answer says what is known of it and never throws (`delivery.md` 4). */
export function slackSend(sending: Sending): Send {
  const client = slackClient(sending);
  const tools = { ...sending, client, channelOf: directChannels(client) };
  return async (delivery) => {
    const sent = await attempt(delivery, tools).catch((): Sent => ({ is: 'refused', why: 'cannot_be_drawn' }));
    return limitedAs(delivery, sent);
  };
}

type Drawing = Pick<Sending, 'seal' | 'settings'>;

const drawnIn = (delivery: Of<'send'>, { seal, settings }: Drawing): [SlackMessage, ...SlackMessage[]] =>
  renderSlack(delivery.message, delivery, seal, settings.validDays);

/** A message in parts: its words, in as many messages as they need, then its files. What cannot be drawn is said by `slackSend`. */
export const slackSplit =
  (drawing: Drawing): Split =>
  (delivery) => {
    const { files = [], qr, calendar, ...words } = delivery.message;
    const quiet = { lines: [], isSilent: true };
    const alone: Message[] = [
      ...(files.length > 0 ? [{ ...quiet, files }] : []),
      ...(qr ? [{ ...quiet, qr }] : []),
      ...(calendar ? [{ ...quiet, calendar }] : []),
    ];
    const [onlyFile, ...moreFiles] = alone;
    if (words.lines.length === 0 && onlyFile)
      return { message: onlyFile, rest: moreFiles.map((message) => ({ message })) };
    const [first, ...others] = orNothing(() => drawnIn(delivery, drawing));
    const rest = [...others.map((drawn) => ({ drawn })), ...alone.map((message) => ({ message }))];
    return first ? { message: words, drawn: first, rest } : { message: delivery.message, rest: [] };
  };

const orNothing = (draw: () => SlackMessage[]): SlackMessage[] => {
  try {
    return draw();
  } catch {
    return [];
  }
};

/** Slack limits posts by channel, and every other method in the whole workspace (https://docs.slack.dev/apis/web-api/rate-limits). */
const limitedAs = ({ method }: Delivery, sent: Sent): Sent =>
  sent.is === 'not_sent' && sent.retryAfterSeconds && method !== 'send' ? { ...sent, isOfMethod: true } : sent;

/** Calls to Slack are caught where they are made; what is thrown past that is a message that cannot be put into words. */
async function attempt(delivery: Delivery, tools: Tools): Promise<Sent> {
  switch (delivery.method) {
    case 'send':
      return post(delivery, tools);
    case 'edit':
      return edit(delivery, tools);
    case 'delete':
      return remove(delivery, tools);
    case 'home':
      return publish(delivery, tools);
    case 'modal':
      return fill(delivery, tools);
  }
}

type Of<M> = Extract<Delivery, { method: M }>;

/** Everything that may fail before the post goes first: it leaves nothing that anybody sees, so it can be repeated. */
async function post(delivery: Of<'send'>, tools: Tools): Promise<Sent> {
  const channel = await call(tools, true, () => tools.channelOf(delivery.address));
  if (channel.is === 'failed') return channel.sent;
  const sent = await postIn(channel.answer, delivery, tools);
  if (sent.is === 'refused' && sent.isAddressDead) tools.channelOf.forget(delivery.address);
  return sent;
}

/** A shape that is not taken: plain text, once. Too long after all: in halves. */
async function postIn(channel: string, delivery: Of<'send'>, tools: Tools): Promise<Sent> {
  if (delivery.files.length > 0) return share(channel, delivery.files, tools);
  if (isEmpty(delivery)) return { is: 'refused', why: 'nothing_to_say' };
  const [drawn] = delivery.drawn ? [delivery.drawn as SlackMessage] : drawnIn(delivery, tools);
  const sent = await postOnce(delivery, channel, drawn, tools);
  const halves = isTooLong(sent) ? halvesOf(drawn) : undefined;
  if (halves) return { is: 'not_sent', why: 'too long', split: halves };
  return isWrongShape(sent) ? postOnce(delivery, channel, plainFor(delivery, drawn, tools), tools) : sent;
}

function plainFor(delivery: Of<'send'>, drawn: SlackMessage, tools: Tools): SlackMessage {
  const isWhole = delivery.message.lines.length > 0 && drawnIn(delivery, tools).length === 1;
  const { text } = isWhole ? renderPlain(delivery.message, delivery, tools.seal, postMost) : plainOf(drawn, postMost);
  return { text, blocks: [] };
}

/** A file that never came leaves nothing to show. */
const isEmpty = ({ drawn, message }: Of<'send'>): boolean =>
  drawn === undefined && message.lines.length === 0 && !message.sections?.length && !message.place;

/** Files are a message of their own: uploaded first, which nobody sees, then shown. */
async function share(channel: string, files: LoadedFile[], tools: Tools): Promise<Sent> {
  const uploaded = await call(tools, true, () => uploadFiles(files, tools));
  if (uploaded.is === 'failed') return uploaded.sent;
  const shown = await call(tools, false, () => shareFiles(uploaded.answer, channel, tools.client));
  const messageId = uploaded.answer.map(({ id }) => id).join(' ');
  return shown.is === 'failed' ? shown.sent : { is: 'sent', messageId, chatId: channel };
}

async function postOnce({ rowId }: Of<'send'>, channel: string, message: SlackMessage, tools: Tools): Promise<Sent> {
  const done = await call(tools, false, () =>
    tools.client.chat.postMessage({
      channel,
      ...message,
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: 'punte_row', event_payload: { row: rowId } },
    }),
  );
  if (done.is === 'failed') return done.sent;
  const { ts, channel: chatId } = done.answer;
  return { is: 'sent', ...(ts ? { messageId: ts } : {}), ...(chatId ? { chatId } : {}) };
}

/** Takes a message away, or the files it is made of; what is not there any more is what was wanted. */
async function remove({ target }: Of<'delete'>, tools: Tools): Promise<Sent> {
  if (isOfFiles(target.messageId)) return removeFiles(target.messageId.split(' '), tools);
  const done = await call(tools, true, () =>
    tools.client.chat.delete({ channel: target.chatId, ts: target.messageId }),
  );
  if (done.is === 'done') return { is: 'sent' };
  return done.sent.is === 'refused' && done.sent.why === 'message_not_found' ? { is: 'sent' } : done.sent;
}

/** Files are known by their own ids: Slack does not tell which message shows them. */
const isOfFiles = (messageId: string): boolean => messageId.startsWith('F');

async function removeFiles(ids: string[], tools: Tools): Promise<Sent> {
  for (const file of ids) {
    const done = await call(tools, true, () => tools.client.files.delete({ file }));
    const isGone =
      done.is === 'done' || (done.sent.is === 'refused' && /^file_(not_found|deleted)$/.test(done.sent.why));
    if (!isGone) return done.sent;
  }
  return { is: 'sent' };
}

async function edit(delivery: Of<'edit'>, tools: Tools): Promise<Sent> {
  const drawn = renderSlackFitted(delivery.message, delivery, tools.seal, tools.settings.validDays);
  const sent = await editOnce(delivery, drawn, tools);
  return isWrongShape(sent)
    ? editOnce(delivery, { ...renderPlain(delivery.message, delivery, tools.seal, editMost), blocks: [] }, tools)
    : sent;
}

/** What is not given would stay as it was: an edit names all three parts. */
async function editOnce(
  { target }: Of<'edit'>,
  { text, blocks, attachments = [] }: SlackMessage,
  tools: Tools,
): Promise<Sent> {
  const { chatId, messageId } = target;
  const done = await call(tools, true, () =>
    tools.client.chat.update({ channel: chatId, ts: messageId, text, blocks, attachments }),
  );
  if (done.is === 'done') return { is: 'sent', messageId, chatId };
  const { sent } = done;
  return sent.is === 'refused'
    ? { is: 'refused', why: sent.why, ...(sent.isBotShut ? { isBotShut: true } : {}) }
    : sent;
}

async function publish(delivery: Of<'home'>, tools: Tools): Promise<Sent> {
  const view = renderHome(delivery.message, delivery, tools.seal, tools.settings.validDays);
  const done = await call(tools, true, () => tools.client.views.publish({ user_id: delivery.address, view }));
  return done.is === 'done' ? { is: 'sent' } : done.sent;
}

/** Fills the view that was opened at the tap. Closed meanwhile: there is nothing to fill. */
async function fill(delivery: Of<'modal'>, tools: Tools): Promise<Sent> {
  const view = {
    ...renderModal(delivery.modal, delivery, tools.seal, tools.settings.validDays),
    external_id: delivery.view,
  };
  for (const wait of [...viewWaitsMs, undefined]) {
    const done = await call(tools, true, () => tools.client.views.update({ external_id: delivery.view, view }));
    if (done.is === 'done') return { is: 'sent' };
    if (done.sent.is !== 'refused' || done.sent.why !== 'not_found') return done.sent;
    if (wait !== undefined) await sleep(wait);
  }
  return { is: 'refused', why: 'view_gone' };
}

async function call<T>({ watch }: Tools, isHarmless: boolean, work: () => Promise<T>): Promise<Call<T>> {
  const trace: Trace = { wrote: false };
  try {
    return { is: 'done', answer: await watch.run(trace, work) };
  } catch (error) {
    return { is: 'failed', sent: outcomeOf(error, trace, isHarmless) };
  }
}
