import { createHash, randomBytes } from 'node:crypto';
import type { File } from '@grammyjs/types';
import type { Memory } from './memory.ts';
import type { Call } from './parameters.ts';
import { textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';

export type FileKind = 'photo' | 'voice' | 'document' | 'audio' | 'sticker';
export type StoredFile = {
  fileId: string;
  uniqueId: string;
  kind: FileKind;
  bytes: Buffer;
  size: number;
  name: string;
  mimeType: string;
  /** Only after `getFile` asked for it. */
  path?: string;
};

export type Shelf = {
  put(file: { kind: FileKind; bytes: Uint8Array; name?: string; mimeType?: string; declaredSize?: number }): StoredFile;
  byId(fileId: string): StoredFile | undefined;
  byPath(path: string): StoredFile | undefined;
  pathOf(file: StoredFile): string;
};

/** "The maximum file size to download is 20 MB": https://core.telegram.org/bots/api#getfile */
const maxDownloadBytes = 20 * 1024 * 1024;

/** How ids of each kind begin there; nothing should read them. */
const heads: Record<FileKind, string> = {
  photo: 'AgACAgI',
  voice: 'AwACAgI',
  document: 'BQACAgI',
  audio: 'CQACAgI',
  sticker: 'CAACAgI',
};
const folders: Record<FileKind, string> = {
  photo: 'photos',
  voice: 'voice',
  document: 'documents',
  audio: 'music',
  sticker: 'stickers',
};
const endings: Record<FileKind, string> = {
  photo: '.jpg',
  voice: '.oga',
  document: '',
  audio: '.mp3',
  sticker: '.webp',
};

export function createShelf(): Shelf {
  const files = new Map<string, StoredFile>();
  const paths = new Map<string, StoredFile>();
  return {
    put({ kind, bytes, name = '', mimeType = 'application/octet-stream', declaredSize }) {
      const file: StoredFile = {
        fileId: `${heads[kind]}${randomBytes(36).toString('base64url')}`,
        uniqueId: `AgAD${createHash('sha256').update(kind).update(bytes).digest('base64url').slice(0, 11)}`,
        kind,
        bytes: Buffer.from(bytes),
        size: declaredSize ?? bytes.length,
        name,
        mimeType,
      };
      files.set(file.fileId, file);
      return file;
    },
    byId: (fileId) => files.get(fileId),
    byPath: (path) => paths.get(path),
    pathOf(file) {
      const ending = endings[file.kind] || /\.[A-Za-z0-9]+$/.exec(file.name)?.[0] || '';
      file.path ??= `${folders[file.kind]}/file_${paths.size}${ending}`;
      paths.set(file.path, file);
      return file.path;
    },
  };
}

/** https://core.telegram.org/bots/api#getfile */
export function getFile(memory: Memory, call: Call): File {
  const fileId = textOf(call, 'file_id');
  if (fileId === '') throw badRequest('file_id not specified');
  const file = memory.shelf.byId(fileId);
  if (file === undefined) throw badRequest('invalid file_id');
  if (file.size > maxDownloadBytes) throw badRequest('file is too big');
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    file_path: memory.shelf.pathOf(file),
  };
}
