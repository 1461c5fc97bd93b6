import type { Connection } from 'mongoose';
import { openCollection } from '../collection.ts';
import type { Seal } from '../seal.ts';
import { FilePart, KeptFile } from './kept-file.ts';

/** Files people sent: what is known of them, and their sealed bytes in parts. */
export function fileStore(connection: Connection, seal: Seal) {
  const files = openCollection<KeptFile>(
    {
      name: 'files',
      type: KeptFile,
      classes: {
        kind: 'open',
        channel: 'open',
        ref: 'personal',
        url: 'personal',
        name: 'personal',
        mimetype: 'open',
        size: 'open',
        seconds: 'open',
        from: 'open',
        account: 'personal',
        receivedAt: 'open',
        state: 'open',
        why: 'open',
        parts: 'open',
        keeping: 'open',
      },
      keyOf: ({ id }) => `file:${id}`,
      indexes: [{ fields: { state: 1, receivedAt: 1 } }],
    },
    connection,
    seal,
  );
  return files;
}

/** The sealed bytes; written outside steps, before the file is marked as kept. Several may write at once: the mark on the file decides. */
export function filePartStore(connection: Connection, seal: Seal) {
  const parts = openCollection<FilePart>(
    {
      name: 'fileParts',
      type: FilePart,
      classes: { fileId: 'open', part: 'open', bytes: 'special', keeping: 'open' },
      keyOf: ({ fileId }) => `file:${fileId}`,
      indexes: [{ fields: { fileId: 1, part: 1 } }],
    },
    connection,
    seal,
  );
  return {
    ...parts,
    /** The bytes of a file that is kept: only what was written by the fetching that its mark names. */
    of: ({ id, keeping = null }: Pick<KeptFile, 'id'> & { keeping?: string | null | undefined }) =>
      parts.find({ fileId: id, keeping }, { sort: { part: 1 } }),
  };
}
