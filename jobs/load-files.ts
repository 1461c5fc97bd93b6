import type { LoadedFile } from '#core/delivery/sending.ts';
import type { FileId } from '#core/id.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import type { Store } from '#core/store.ts';

/** Opens the sealed bytes of files that go with a message; one that is not kept (yet) is left out. */
export async function filesOf(ids: FileId[], store: Store): Promise<LoadedFile[]> {
  const loaded: LoadedFile[] = [];
  for (const id of ids) {
    const file = await store.files.get(id);
    if (file?.state !== 'kept') continue;
    const parts = await store.fileParts.of(file);
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part.bytes, 'base64')));
    loaded.push({
      kind: file.kind,
      bytes,
      name: file.name ?? `${file.kind}-${id.slice(0, 6)}${usual[file.kind].ending}`,
      mimetype: file.mimetype ?? usual[file.kind].mimetype,
      ...(file.seconds ? { seconds: file.seconds } : {}),
    });
  }
  return loaded;
}

/** What a reader is told in place of files that were refused: each reason once. */
export async function linesInsteadOf(ids: FileId[], store: Store): Promise<Phrase[]> {
  if (ids.length === 0) return [];
  const refused = await store.files.find({ _id: { $in: ids }, state: 'refused' });
  const reasons = new Set(refused.map(({ why }) => why ?? 'gone'));
  return [...reasons].map((why) => phrase('errors:fileNotKept', { why: phrase(`errors:fileWhy.${why}`) }));
}

/** What a chat sends when it does not say: without an ending the other chat would not play it. */
const usual: Record<LoadedFile['kind'], { ending: string; mimetype: string }> = {
  voice: { ending: '.ogg', mimetype: 'audio/ogg' },
  audio: { ending: '.mp3', mimetype: 'audio/mpeg' },
  photo: { ending: '.jpg', mimetype: 'image/jpeg' },
  video: { ending: '.mp4', mimetype: 'video/mp4' },
  document: { ending: '', mimetype: 'application/octet-stream' },
};
