import { type OutboxRow, sentTimes } from '#core/delivery/outbox.ts';
import type { Message } from '#core/message.ts';
import type { ButtonToken } from './buttons.ts';
import type { Incoming } from './incoming.ts';
import type { Turn } from './turn.ts';

type Pressed = Extract<Incoming, { kind: 'button' }>;

/** Who presses a button of a message has got it: an unknown row becomes `sent`, with the id its chat gave it (`delivery.md` 4). */
export async function proveArrival(turn: Turn, { channel, account, token, message }: Pressed): Promise<void> {
  const button = turn.openButton(token);
  if (!message || button.is === 'forged') return;
  const { outbox } = turn.store;
  if (await outbox.isKnown(channel, account.key, message.messageId)) return;
  const unsure = await outbox.unsureOf(channel, account.key);
  const newestFirst = unsure.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const arrived = newestFirst.find((row) => carries(row, token, button.token));
  if (arrived)
    await outbox.change(
      arrived.id,
      { state: 'unknown', attempts: arrived.attempts },
      { state: 'sent', ...sentTimes(arrived, turn.now), ...message },
      {},
      arrived,
    );
  if (unsure.length === (arrived ? 1 : 0)) delete turn.conversation.hasUnsure;
}

/** Whether this row has the button: the very token, the subject of its card, or one of the buttons of its message. */
function carries({ drawn, card, subject, message }: OutboxRow, token: string, button: ButtonToken): boolean {
  if (drawn !== undefined) return JSON.stringify(drawn).includes(token);
  if (card) return subject === button.subject;
  const { buttons = [], sections = [] } = (message ?? {}) as Partial<Message>;
  const all = [...buttons.flat(), ...sections.flatMap(({ items }) => items.flatMap((item) => item.buttons))];
  return all.some(
    (one) => 'action' in one && one.action === button.action && (one.subject ?? '') === (button.subject ?? ''),
  );
}
