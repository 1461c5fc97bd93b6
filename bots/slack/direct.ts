import type { webApi } from '@slack/bolt';

const keptMs = 10 * 60_000;

/**
 * The direct channel with a person. Slack takes a post to a disabled person without a word; only opening the channel says
 * `user_disabled`, so it is opened again every ten minutes. Any other address is a channel already.
 */
export function directChannels(client: webApi.WebClient): {
  (address: string): Promise<string>;
  forget(address: string): void;
} {
  const known = new Map<string, { channel: string; until: number }>();

  async function channelOf(address: string): Promise<string> {
    if (!isPerson(address)) return address;
    const kept = known.get(address);
    if (kept && kept.until > performance.now()) return kept.channel;
    const { channel } = await client.conversations.open({ users: address });
    if (!channel?.id) return address;
    known.set(address, { channel: channel.id, until: performance.now() + keptMs });
    return channel.id;
  }

  return Object.assign(channelOf, { forget: (address: string) => void known.delete(address) });
}

const isPerson = (address: string) => /^[UW]/.test(address);
