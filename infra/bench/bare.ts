import { randomBytes } from 'node:crypto';
import type { Update } from '@grammyjs/types';
import { Api } from 'grammy';
import { MongoClient } from 'mongodb';
import type { Chat } from './chat.ts';

/** The least a bot can do and lose nothing it acknowledged: grammY's client, long polling, one majority insert, a reply. What ours is measured against. */
export async function openBareBot(chat: Chat, mongodbUri: string): Promise<{ stop(): Promise<void> }> {
  const client = await new MongoClient(mongodbUri, { writeConcern: { w: 'majority' } }).connect();
  const database = client.db(`bench_${randomBytes(6).toString('hex')}`);
  const api = new Api(chat.token, { apiRoot: chat.url });
  const stopping = new AbortController();
  const answer = async (update: Update) => {
    await database.collection('updates').insertOne({ update });
    if (update.message) await api.sendMessage(update.message.chat.id, 'ok');
  };
  const polling = poll(api, answer, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await polling;
      await database.dropDatabase();
      await client.close();
    },
  };
}

async function poll(api: Api, answer: (update: Update) => Promise<void>, signal: AbortSignal): Promise<void> {
  let offset = 0;
  while (!signal.aborted) {
    const updates = await api.getUpdates({ offset, timeout: 25 }, signal as never).catch(() => []);
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1;
    for (const update of updates) void answer(update).catch(() => {});
  }
}
