import type { Timer } from '#core/delivery/timer.ts';
import type { KeptFile } from '#core/files/kept-file.ts';
import type { FileId } from '#core/id.ts';
import type { World } from '#core/world.ts';

/** A chat's way to fetch the bytes of a file; throws `FileRefused` when it never will. */
export type Download = (file: KeptFile, atMostBytes: number) => Promise<Uint8Array>;

/** The file is too big, gone, or of a kind we do not keep: trying again is of no use. */
export class FileRefused extends Error {}

const atMostBytes = 20 * 1024 * 1024;
const partBytes = 3 * 1024 * 1024;

/** Fetches the bytes of a file that somebody sent and keeps them sealed, in parts. The report it belongs to is kept anyway. */
export async function fetchFile(world: World, download: Download, timer: Timer): Promise<void> {
  const file = await world.store.files.get(timer.subject);
  if (file?.state !== 'known') return;
  try {
    const bytes = await download(file, atMostBytes);
    await keep(world, file.id, bytes);
    await world.store.files.change(
      file.id,
      { state: 'known' },
      { state: 'kept', size: bytes.length, parts: Math.ceil(bytes.length / partBytes) },
    );
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    await world.store.files.change(file.id, { state: 'known' }, { state: 'refused', why: error.message });
  }
}

async function keep({ store }: World, fileId: FileId, bytes: Uint8Array): Promise<void> {
  await store.fileParts.remove({ fileId });
  for (let part = 0; part * partBytes < bytes.length; part++) {
    const slice = bytes.subarray(part * partBytes, (part + 1) * partBytes);
    await store.fileParts.insert({
      id: `${fileId}-${part}`,
      version: 0,
      fileId,
      part,
      bytes: Buffer.from(slice).toString('base64'),
    });
  }
}
