import type { CardName } from '#core/cards.ts';
import type { OutboxRow } from '#core/delivery/outbox.ts';
import { isOver } from '#core/messages/kept-message.ts';
import type { World } from '#core/world.ts';

type IsOver = (subject: string, row: OutboxRow, world: World) => Promise<boolean>;

/**
 * News that waited, above all for the end of the quiet hours, and that nobody has to hear any more: what asks for a decision is decided, what
 * asks to be read was read by this very person. In the list on the home screen it has its state; no message is missing.
 */
export const newsOver: Partial<Record<string, IsOver>> = {
  'note-to-validate': async (id, _, { store }) => (await store.notes.get(id))?.state !== 'submitted',
  'note-returned': async (id, _, { store }) => (await store.notes.get(id))?.state !== 'returned',
  message: async (id, row, world) => {
    const message = await world.store.messages.get(id);
    return !message || isOver(message) || (message.state === 'read' && (await hasRead(id, row, world)));
  },
  'message-waiting': async (id, _, { store }) => {
    const message = await store.messages.get(id);
    return !message || isOver(message);
  },
  request: async (id, _, { store }) => (await store.requests.get(id))?.state !== 'waiting',
  erasure: async (id, _, { store }) => (await store.erasures.get(id))?.state !== 'asked',
  'break-glass': async (id, _, { store }) => (await store.brokenGlass.get(id))?.state !== 'waiting',
  'feedback-new': async (id, _, { store }) => (await store.feedback.get(id))?.isAnswered !== false,
} satisfies Partial<Record<CardName, IsOver>>;

/** This person opened the words after the news of them was written; another reader's look answers for nobody else. */
async function hasRead(id: string, { personId, createdAt }: OutboxRow, { store }: World): Promise<boolean> {
  const lines = await store.journal.about(id);
  return lines.some(({ type, by, at }) => type === 'message.read' && by === personId && at >= createdAt);
}
