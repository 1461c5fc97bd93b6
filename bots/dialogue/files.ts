import type { FileId } from '#core/id.ts';
import type { IncomingFile } from './incoming.ts';
import type { Turn } from './turn.ts';

/** Notes files that came in; a job fetches and seals their bytes. Gives their ids. */
export async function keepFiles(turn: Turn, files: IncomingFile[]): Promise<FileId[]> {
  const kept = files.map((file) => ({
    ...file,
    id: turn.newId<FileId>(),
    version: 0,
    channel: turn.incoming.channel,
    ...(turn.person ? { from: turn.person.id } : { account: addressOf(turn) }),
    receivedAt: turn.now,
    state: 'known' as const,
    parts: 0,
  }));
  await turn.store.files.insertMany(kept);
  for (const { id } of kept)
    turn.also({ do: 'timer', key: `file-${id}`, kind: 'fetch-file', subject: id, at: turn.now });
  return kept.map(({ id }) => id);
}

const addressOf = ({ account: { channel, key, address }, language }: Turn) => ({ channel, key, address, language });
