import type { LoadedFile } from '#core/delivery/sending.ts';
import type { FileId } from '#core/id.ts';
import type { Store } from '#core/store.ts';

/** Opens the sealed bytes of files that go with a message; one that is not kept (yet) is left out. */
export async function filesOf(ids: FileId[], store: Store): Promise<LoadedFile[]> {
  const loaded: LoadedFile[] = [];
  for (const id of ids) {
    const file = await store.files.get(id);
    if (file?.state !== 'kept') continue;
    const parts = await store.fileParts.of(id);
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part.bytes, 'base64')));
    loaded.push({
      kind: file.kind,
      bytes,
      name: file.name ?? `${file.kind}-${id.slice(0, 6)}`,
      mimetype: file.mimetype ?? 'application/octet-stream',
      ...(file.seconds ? { seconds: file.seconds } : {}),
    });
  }
  return loaded;
}
