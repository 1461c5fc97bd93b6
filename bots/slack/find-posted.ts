import type { MessageRef } from '../dialogue/incoming.ts';
import { type Calling, slackClient } from './client.ts';
import { directChannels } from './direct.ts';

const lookedThrough = 50;

/** Looks for the post of an outbox row by the id it carries in its metadata. Throws when Slack cannot be asked: then nothing is known. */
export function slackFinder(calling: Calling): (rowId: string, address: string) => Promise<MessageRef | undefined> {
  const client = slackClient(calling);
  const channelOf = directChannels(client);
  return async (rowId, address) => {
    const chatId = await channelOf(address);
    const { messages = [] } = await client.conversations.history({
      channel: chatId,
      include_all_metadata: true,
      limit: lookedThrough,
    });
    const found = messages.find(({ metadata }) => rowIn(metadata?.event_payload) === rowId);
    return found?.ts ? { chatId, messageId: found.ts } : undefined;
  };
}

const rowIn = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null && 'row' in payload ? payload.row : undefined;
