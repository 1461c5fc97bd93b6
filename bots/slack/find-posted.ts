import type { MessageRef } from '../dialogue/incoming.ts';
import { type Calling, slackClient } from './client.ts';
import { directChannels } from './direct.ts';

const lookedThrough = 200;

/** Looks for the posts of an outbox row by the id they carry in their metadata, the oldest first. Throws when Slack cannot be asked: then nothing is known. */
export function slackFinder(calling: Calling): (rowId: string, address: string) => Promise<MessageRef[]> {
  const client = slackClient(calling);
  const channelOf = directChannels(client);
  return async (rowId, address) => {
    const chatId = await channelOf(address);
    const { messages = [] } = await client.conversations.history({
      channel: chatId,
      include_all_metadata: true,
      limit: lookedThrough,
    });
    return messages
      .filter(({ metadata }) => rowIn(metadata?.event_payload) === rowId)
      .flatMap(({ ts }) => (ts ? [{ chatId, messageId: ts }] : []))
      .reverse();
  };
}

const rowIn = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null && 'row' in payload ? payload.row : undefined;
