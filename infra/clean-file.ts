import { fileTypeFromBuffer } from 'file-type';
import sharp, { type Sharp } from 'sharp';
import type { FileFault } from '#core/files/kept-file.ts';
import { withoutPlaces } from './clean-film.ts';

/** What is kept of a file; its type is that of its bytes, whatever its name said. */
export type CleanFile =
  | { is: 'clean'; bytes: Uint8Array; mimetype: string; ending: string }
  | { is: 'refused'; why: FileFault };

/** A picture of more pixels is not opened (`delivery.md` 7). */
const mostPixels = 40_000_000;
const longestSeconds = 20;
/** So much of a file tells what it is; whatever else is packed in it is never unpacked. */
const headBytes = 4100;

sharp.cache(false);
sharp.concurrency(1);

type Kind = { ending: string; make: (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array; mimetype?: string };

const asItIs = (bytes: Uint8Array): Uint8Array => bytes;

/** All that is let in, by what its first bytes say. */
const kinds: Readonly<Record<string, Kind>> = {
  'image/jpeg': { ending: '.jpg', make: (bytes) => picture(bytes).jpeg({ quality: 88 }).toBuffer() },
  'image/png': { ending: '.png', make: (bytes) => picture(bytes).png().toBuffer() },
  'image/webp': { ending: '.webp', make: (bytes) => picture(bytes).webp({ quality: 88 }).toBuffer() },
  'image/gif': { ending: '.png', mimetype: 'image/png', make: (bytes) => picture(bytes).png().toBuffer() },
  'application/pdf': { ending: '.pdf', make: asItIs },
  'audio/ogg': { ending: '.ogg', make: asItIs },
  'audio/mpeg': { ending: '.mp3', make: asItIs },
  'audio/x-m4a': { ending: '.m4a', mimetype: 'audio/mp4', make: withoutPlaces },
  'audio/mp4': { ending: '.m4a', make: withoutPlaces },
  'audio/aac': { ending: '.aac', make: asItIs },
  'audio/wav': { ending: '.wav', make: asItIs },
  'audio/flac': { ending: '.flac', make: asItIs },
  'audio/amr': { ending: '.amr', make: asItIs },
  'video/mp4': { ending: '.mp4', make: withoutPlaces },
  'video/quicktime': { ending: '.mov', make: withoutPlaces },
  'video/3gpp': { ending: '.3gp', make: withoutPlaces },
  'video/webm': { ending: '.webm', make: asItIs },
};

/**
 * Looks at the bytes of a file and gives what may be kept of it. Pictures are drawn anew: nothing that was hidden in or behind them comes
 * along, no place, no camera, no second file. Films lose their places. What is not on the list is refused, unopened.
 */
export async function cleanFile(bytes: Uint8Array): Promise<CleanFile> {
  const told = await fileTypeFromBuffer(bytes.subarray(0, headBytes)).catch(() => undefined);
  const mimetype = told?.mime.split(';')[0] ?? '';
  const kind = Object.hasOwn(kinds, mimetype) ? kinds[mimetype] : undefined;
  if (!kind) return { is: 'refused', why: 'kind' };
  try {
    const clean = await kind.make(bytes);
    return { is: 'clean', bytes: clean, mimetype: kind.mimetype ?? mimetype, ending: kind.ending };
  } catch (error) {
    return { is: 'refused', why: isTooMany(error) ? 'pixels' : 'broken' };
  }
}

/** Turned as its notes say before these are dropped; a picture that was only cut short is shown as far as it came. */
const picture = (bytes: Uint8Array): Sharp =>
  sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true, autoOrient: true }).timeout({
    seconds: longestSeconds,
  });

const isTooMany = (error: unknown): boolean => error instanceof Error && /pixel limit/i.test(error.message);
