import type { Connection } from 'mongoose';
import { z } from 'zod';
import { openCollection } from '../collection.ts';
import type { Seal } from '../seal.ts';

/** A closed gate: nothing goes to this chat, by this method, or out of this bot until then. Its id is the bot, the bot and one of its methods, or the bot and the blinded chat. */
const Gate = z.object({ id: z.string(), version: z.number().int(), closedUntil: z.date() });
type Gate = z.infer<typeof Gate>;

/** Gates outlive the process that ran into them (`delivery.md` 4). They count in the time of the chats, not in the office's. */
export function gateStore(connection: Connection, seal: Seal) {
  const gates = openCollection<Gate>(
    { name: 'gates', type: Gate, classes: { closedUntil: 'open' }, indexes: [{ fields: { closedUntil: 1 } }] },
    connection,
    seal,
  );
  return {
    ...gates,
    closed: (now: Date) => gates.find({ closedUntil: { $gt: now } }, { limit: 1000 }),
    forgetOpened: (now: Date) => gates.remove({ closedUntil: { $lt: now } }),
    async close(id: string, closedUntil: Date): Promise<void> {
      if (!(await gates.change(id, {}, { closedUntil }))) await gates.insert({ id, version: 0, closedUntil });
    },
  };
}
