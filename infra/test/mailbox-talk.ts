import { signButton } from '#bots/dialogue/buttons.ts';
import type { After } from '#bots/dialogue/handle.ts';
import type { Incoming, IncomingKind } from '#bots/dialogue/incoming.ts';
import { workLane } from '#bots/dialogue/work-mailbox.ts';
import type { Action } from '#core/actions.ts';
import type { Conversation } from '#core/conversations/conversation-store.ts';
import type { MailboxItem } from '#core/delivery/mailbox-store.ts';
import type { Button, Message } from '#core/message.ts';
import type { Person } from '#core/people/person.ts';
import { buttonsIn } from './talk.ts';
import type { Universe } from './universe.ts';

export type Pressable = Extract<Button, { action: Action }>;

/** What one input brought within its step: messages with their buttons, and whether anything was answered at all. */
export type Got = { messages: Message[]; buttons: Pressable[]; isAnswered: boolean };

/**
 * A person in Telegram whose every input goes through the mailbox as a stored item. `copies`: how often the chat delivers each, once before it is
 * worked on and the rest after; a copy must change nothing. An item that fails or is left waiting throws.
 */
export function mailboxTalk(u: Universe, person: Person, { copies = 1 } = {}) {
  const [account] = person.accounts;
  if (!account) throw new Error(`${person.name} has no account`);
  const { key: accountKey, address } = account;
  const lane = `telegram:${accountKey}`;
  const { mailbox, outbox, conversations } = u.world.store;
  let order = 0;
  const toasts: After[] = [];
  const work = {
    world: u.world,
    read: (item: MailboxItem) => item.body as Incoming,
    after: (_: Incoming, after: After) => void toasts.push(after),
    onError: (_: string, error: unknown) => {
      throw error;
    },
  };

  async function comes(kind: IncomingKind): Promise<Got> {
    const item = itemOf(kind);
    const before = new Set((await outbox.find({ personId: person.id })).map(({ id }) => id));
    toasts.length = 0;
    for (let copy = 0; copy < copies; copy++) {
      await mailbox.insertMany([item]).catch(onlyCopies);
      if (copy < copies - 1) await mailbox.insertMany([item]).catch(onlyCopies);
      await workLane(work, lane);
    }
    const undone = await mailbox.count({ lane, state: { $ne: 'done' } });
    if (undone > 0) throw new Error(`${undone} items wait or are parked`);
    const rows = (await outbox.find({ personId: person.id }, { sort: { order: 1 } })).filter(
      ({ id }) => !before.has(id),
    );
    const messages = rows.flatMap(({ message }) => (message ? [message as Message] : []));
    const isAnswered = rows.length > 0 || toasts.some(({ toast }) => toast);
    return { messages, buttons: buttonsIn(messages) as Pressable[], isAnswered };
  }

  function itemOf(kind: IncomingKind): MailboxItem {
    order += 1;
    const now = u.clock.wall();
    const key = `${lane}:${order}`;
    const body: Incoming = { key, channel: 'telegram', lane, account: { key: accountKey, address }, ...kind };
    const waiting = { state: 'waiting' as const, attempts: 0, receivedAt: now, dueAt: now };
    return { id: key, version: 0, channel: 'telegram', lane, order, ...waiting, body };
  }

  return {
    comes,
    says: (text: string, messageId: number, isEdited = false): Promise<Got> =>
      comes({
        kind: 'text',
        text,
        message: { chatId: lane, messageId: String(messageId) },
        isEdited,
        isForwarded: false,
      }),
    presses(button: Pressable): Promise<Got> {
      const expires = new Date(u.clock.wall().getTime() + 86_400_000);
      const token = signButton({ ...button, epoch: person.epoch }, lane, expires, u.world.seal);
      return comes({ kind: 'button', token, message: { chatId: lane, messageId: '1' } });
    },
    talk: (): Promise<Conversation | undefined> => conversations.of(lane),
  };
}
export type MailboxTalk = ReturnType<typeof mailboxTalk>;

function onlyCopies(error: unknown): void {
  if ((error as { code?: number }).code !== 11000) throw error;
}
