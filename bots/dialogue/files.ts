import type { FileId } from '#core/id.ts';
import { addMinutes } from '#core/time.ts';
import type { IncomingFile } from './incoming.ts';
import { alertForms } from './park.ts';
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
    turn.also({ do: 'timer', key: `file-${id}`, kind: 'fetch-file', subject: id, at: whenFetched(turn) });
  return kept.map(({ id }) => id);
}

/** At once; what is over the limit of an hour, one hour later for each such lot. What belongs to an alert never waits. */
function whenFetched({ conversation, now, settings }: Turn): Date {
  const { pace, form } = conversation;
  if (!pace || (form && alertForms.includes(form.name))) return now;
  const lots = Math.floor(pace.files / settings.limits.filesPerHour);
  pace.files += 1;
  return lots === 0 ? now : addMinutes(pace.hourFrom, 60 * lots);
}

const addressOf = ({ account: { channel, key, address }, language }: Turn) => ({ channel, key, address, language });
