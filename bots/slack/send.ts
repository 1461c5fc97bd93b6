import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Delivery, Send, Sent } from '#core/delivery/sending.ts';
import type { Seal } from '#core/seal.ts';
import { type Calling, slackClient } from './client.ts';
import { directChannels } from './direct.ts';
import { isWrongShape, outcomeOf, type Trace } from './outcome.ts';
import { renderHome, renderModal, renderPlain, renderSlack, type SlackMessage } from './render.ts';
import { shareFiles, type Uploaded, uploadFiles } from './upload.ts';

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
  const files = await call(tools, true, () => uploadFiles(delivery.files, tools));
  if (files.is === 'failed') return files.sent;
  const { message } = delivery;
  const sent = await postOnce(
    delivery,
    channel.answer,
    renderSlack(message, delivery, tools.seal, tools.settings.validDays),
    tools,
  );
  const settled = isWrongShape(sent)
    ? await postOnce(
        delivery,
        channel.answer,
        { ...renderPlain(message, delivery, tools.seal, postMost), blocks: [] },
        tools,
      )
    : sent;
  if (settled.is === 'refused' && settled.isAddressDead) tools.channelOf.forget(delivery.address);
  return settled.is === 'sent' ? withFiles(settled, files.answer, tools) : settled;
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

/** The words are there; the files were uploaded before and are only shown now. */
async function withFiles(sent: Extract<Sent, { is: 'sent' }>, files: Uploaded[], tools: Tools): Promise<Sent> {
  const { chatId } = sent;
  if (files.length > 0 && chatId) await call(tools, true, () => shareFiles(files, chatId, tools.client));
  return sent;
}

async function edit(delivery: Of<'edit'>, tools: Tools): Promise<Sent> {
  const sent = await editOnce(
    delivery,
    renderSlack(delivery.message, delivery, tools.seal, tools.settings.validDays),
    tools,
  );
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
