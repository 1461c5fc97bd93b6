import type { Audio, Document, PhotoSize, Voice } from '@grammyjs/types';
import type { Memory } from './memory.ts';
import type { Call, Upload } from './parameters.ts';
import { badRequest } from './refusal.ts';
import type { FileKind, Shelf, StoredFile } from './shelf.ts';

/** "10 MB max size for photos, 50 MB for other files": https://core.telegram.org/bots/api#sending-files */
const maxPhotoBytes = 10 * 1024 * 1024;

/**
 * The file a send means: an upload under the field's own name or behind `attach://`, or a known file_id.
 * https://core.telegram.org/bots/api#sending-files
 */
export function fileOf(memory: Memory, call: Call, kind: FileKind, field: string, value: string): StoredFile {
  const name = value.startsWith('attach://') ? value.slice('attach://'.length) : field;
  const upload = value === '' || value.startsWith('attach://') ? call.files.get(name) : undefined;
  if (upload !== undefined) return storeUpload(memory.shelf, kind, upload);
  if (value === '' || value.startsWith('attach://')) throw badRequest(`there is no ${kind} in the request`);
  /** The stand-in fetches nothing from the network. */
  if (/^https?:\/\//.test(value)) throw badRequest('failed to get HTTP URL content');
  const known = memory.shelf.byId(value);
  if (known === undefined) throw badRequest(unknownFile(value));
  /** "It is not possible to change the file type when resending by file_id." */
  if (known.kind !== kind) throw badRequest(`can't use file of type ${titled(known.kind)} as ${titled(kind)}`);
  return known;
}

/** An id of another bot looks like one; anything else does not. */
const unknownFile = (value: string) =>
  /^[\w-]{40,}$/.test(value)
    ? 'wrong file identifier/HTTP URL specified'
    : "wrong remote file identifier specified: can't unserialize it";

const titled = (kind: FileKind) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;

function storeUpload(shelf: Shelf, kind: FileKind, { bytes, fileName, mimeType }: Upload): StoredFile {
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  if (kind === 'photo' && bytes.length > maxPhotoBytes) throw badRequest('file is too big');
  /** A photo is looked into: what is no picture is refused. */
  if (kind === 'photo') checkPicture(bytes);
  return shelf.put({ kind, bytes, name: fileName, mimeType: mimeTypeOf(kind, fileName, mimeType) });
}

/** "The photo's width and height must not exceed 10000 in total. Width and height ratio must be at most 20": https://core.telegram.org/bots/api#sendphoto */
function checkPicture(bytes: Buffer): void {
  const size = pictureSize(bytes);
  if (size === null) throw badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = size;
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
}

const mimeTypes: Record<string, string> = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  ics: 'text/calendar',
  jpg: 'image/jpeg',
  png: 'image/png',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
};

/** The server looks at the name, when the upload says nothing of its kind. */
function mimeTypeOf(kind: FileKind, fileName: string, given: string): string {
  if (kind === 'voice') return 'audio/ogg';
  if (given !== 'application/octet-stream') return given;
  return mimeTypes[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? given;
}

const about = (file: StoredFile) => ({ file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.size });
const mime = (file: StoredFile) => (file.mimeType === '' ? {} : { mime_type: file.mimeType });

/** https://core.telegram.org/bots/api#voice */
export const asVoice = (file: StoredFile, duration: number): Voice => ({ ...about(file), duration, ...mime(file) });

/** https://core.telegram.org/bots/api#document */
export const asDocument = (file: StoredFile): Document => ({
  ...about(file),
  ...(file.name !== '' && { file_name: file.name }),
  ...mime(file),
});

/** https://core.telegram.org/bots/api#audio */
export const asAudio = (file: StoredFile, duration: number): Audio => ({
  ...about(file),
  duration,
  ...(file.name !== '' && { file_name: file.name }),
  ...mime(file),
});

/** "Available sizes of the photo", the smallest first: who takes the first one gets a thumbnail. https://core.telegram.org/bots/api#message */
export function asPhoto(shelf: Shelf, file: StoredFile): PhotoSize[] {
  const size = pictureSize(file.bytes) ?? { width: 1280, height: 960 };
  const small = shelf.put({ kind: 'photo', bytes: onePixel, mimeType: 'image/gif' });
  return [
    { ...about(small), width: 1, height: 1 },
    { ...about(file), ...size },
  ];
}

const onePixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Width and height out of a PNG, GIF, WebP or JPEG; null for anything else. */
export function pictureSize(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 10) return null;
  if (bytes.subarray(1, 4).toString('latin1') === 'PNG' && bytes.length >= 24) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.subarray(0, 3).toString('latin1') === 'GIF')
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  if (bytes.subarray(8, 12).toString('latin1') === 'WEBP') return { width: 512, height: 512 };
  return bytes.readUInt16BE(0) === 0xffd8 ? jpegSize(bytes) : null;
}

function jpegSize(bytes: Buffer): { width: number; height: number } {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const mark = bytes[at + 1] ?? 0;
    const isFrame = mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
  }
  return { width: 1280, height: 960 };
}
