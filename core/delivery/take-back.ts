import type { GlassId } from '../id.ts';
import type { Message } from '../message.ts';
import type { Modal } from '../modal.ts';
import type { Deps } from '../world.ts';
import { newRow, wayOf } from './carry-out.ts';
import type { OutboxRow } from './outbox.ts';

/** What takes the place of a story in the talk, and in a window that is still open. */
export type Instead = { message: Message; modal: Modal };

/**
 * Rows that take out of a chat what an urgent access showed there: the first message of each says that it is over, its further parts and
 * files go, an open window is drawn over. What has not left yet is dropped at its sending (`jobs/still-needed`).
 */
export async function takingBack(glassId: GlassId, instead: Instead, deps: Deps): Promise<OutboxRow[]> {
  const shown = await deps.store.outbox.find({ glassId, method: { $in: ['send', 'edit', 'modal'] } });
  return shown.map((row) => ({ ...over(row, instead, deps), id: `over-${row.id}` }));
}

function over(row: OutboxRow, { message, modal }: Instead, deps: Deps): OutboxRow {
  const { method, view, messageId, chatId } = row;
  const fresh = newRow(deps, wayOf(row), 'waiting', { message });
  if (method === 'modal' && view) return { ...fresh, message: undefined, method, modal, view };
  const isWhere = messageId && chatId ? { messageId, chatId } : {};
  const at = method === 'send' ? { target: row.id } : isWhere;
  if (!isFurther(row)) return { ...fresh, method: 'edit', ...at };
  const { glassId } = row;
  return { ...fresh, message: undefined, method: 'delete', ...at, ...(glassId ? { glassId } : {}) };
}

/** Not the first message of what was said: a further part, or files alone. */
const isFurther = ({ after, message }: OutboxRow): boolean =>
  after !== undefined || (message as Message | undefined)?.lines.length === 0;
