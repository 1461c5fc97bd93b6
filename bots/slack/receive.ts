import type { Seal } from '#core/seal.ts';
import type { Incoming, IncomingKind } from '../dialogue/incoming.ts';
import { filesOf } from './files.ts';
import { fillsView, keyOf, laneOfUser, opensView, userOf, viewOf } from './keys.ts';
import { markOf, type SlackBody, type SlackEvent, type SlackMessage } from './payload.ts';
import { readable } from './text.ts';
import { valuesOf } from './values.ts';

/** What is known of our own bot; `botUserId` only helps to see whether a channel's message speaks to it. */
export type Receiving = { botUserId?: string | undefined; seal: Seal };

/** A stored body as the one shape of all a person can send. Pure; anything it does not know is `ignored`. */
export function incomingOf(body: SlackBody, { botUserId, seal }: Receiving): Incoming {
  const user = userOf(body) ?? '';
  const name = body.user?.username ?? body.user?.name ?? body.user_name;
  return {
    key: keyOf(body, seal) ?? '',
    channel: 'slack',
    lane: laneOfUser(user, seal),
    account: { key: user, address: user },
    ...(name ? { name } : {}),
    ...(user ? kindOf(body, { botUserId, seal }) : ignored),
  };
}

const ignored: IncomingKind = { kind: 'ignored' };

function kindOf(body: SlackBody, { botUserId, seal }: Receiving): IncomingKind {
  if (body.event) return ofEvent(body.event, botUserId ?? body.authorizations?.[0]?.user_id);
  if (body.command)
    return { kind: 'command', command: body.command, text: readable(body.text ?? ''), ...viewIn(body, seal) };
  switch (body.type) {
    case 'block_actions':
      return button(body, seal);
    case 'view_submission':
      return form(body, seal);
    case 'message_action':
      return {
        kind: 'shortcut',
        callbackId: body.callback_id ?? '',
        text: readable(body.message?.text ?? ''),
        ...filesWith(body.message),
        ...viewIn(body, seal),
      };
    default:
      return ignored;
  }
}

function ofEvent(event: SlackEvent, botUserId: string | undefined): IncomingKind {
  if (event.type === 'app_home_opened') return event.tab === 'home' ? { kind: 'home' } : ignored;
  if (event.bot_id || event.message?.bot_id || event.user === botUserId) return ignored;
  if (event.type === 'app_mention') return elsewhere(event, true);
  if (event.type !== 'message') return ignored;
  if (event.channel_type !== 'im') return isSpoken(event) ? elsewhere(event, mentions(event, botUserId)) : ignored;
  return event.subtype === 'message_changed' ? edited(event) : spoken(event, event, false);
}

const spokenSubtypes = new Set<string | undefined>([undefined, 'file_share', 'thread_broadcast', 'me_message']);
const isSpoken = ({ subtype }: SlackEvent) => spokenSubtypes.has(subtype);

const elsewhere = ({ channel }: SlackEvent, isAddressed: boolean): IncomingKind =>
  channel ? { kind: 'elsewhere', chatId: channel, isAddressed } : ignored;

const mentions = ({ text }: SlackMessage, botUserId: string | undefined) =>
  Boolean(botUserId && text?.includes(`<@${botUserId}>`));

/** Only what a person changed: Slack also calls it a change when it adds the preview of a link. */
function edited(event: SlackEvent): IncomingKind {
  const { message, previous_message: before } = event;
  if (!message?.edited || message.text === before?.text) return ignored;
  return spoken(event, message, true);
}

function spoken(event: SlackEvent, message: SlackMessage, isEdited: boolean): IncomingKind {
  if (!isEdited && !isSpoken(event)) return ignored;
  const at = { chatId: event.channel ?? '', messageId: message.ts ?? '' };
  const text = readable(message.text ?? '');
  const files = filesOf(message.files);
  if (files.length > 0 && !isEdited) return { kind: 'files', files, caption: text, message: at };
  if (!text) return { kind: 'unsupported' };
  const isForwarded = Boolean(message.attachments?.some((one) => one.is_share || one.is_msg_unfurl));
  return { kind: 'text', text, message: at, isEdited, isForwarded };
}

/** Our own buttons and selects; taps on links and on a form's inputs come too and mean nothing. */
function button(body: SlackBody, seal: Seal): IncomingKind {
  const [action] = body.actions ?? [];
  const token = action?.value ?? action?.selected_option?.value;
  if (!token || !/^(act|open|put):/.test(action?.action_id ?? '')) return ignored;
  const { container } = body;
  const message = container?.channel_id &&
    container.message_ts && { chatId: container.channel_id, messageId: container.message_ts };
  return { kind: 'button', token, ...(message ? { message } : {}), ...viewIn(body, seal) };
}

function form(body: SlackBody, seal: Seal): IncomingKind {
  const { view } = body;
  const mark = markOf(view);
  return mark && view ? { kind: 'form', run: mark.run, values: valuesOf(view), ...viewIn(body, seal) } : ignored;
}

function filesWith(message: SlackMessage | undefined): { files?: ReturnType<typeof filesOf> } {
  const files = filesOf(message?.files);
  return files.length > 0 ? { files } : {};
}

function viewIn(body: SlackBody, seal: Seal): { view?: string } {
  const key = keyOf(body, seal);
  if (key && opensView(body)) return { view: viewOf(key) };
  const own = fillsView(body);
  return own ? { view: own } : {};
}
