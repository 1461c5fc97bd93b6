import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { cleanFile } from './clean-file.ts';
import {
  archiveBomb,
  filmWithPlace,
  hidden,
  photoAndArchive,
  photoWithPlace,
  pictureOf,
  program,
} from './test/hostile-files.ts';

const holdsHidden = (bytes: Uint8Array) => Buffer.from(bytes).includes(hidden);
const square = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } });

describe('what is let in goes by its bytes', () => {
  test.each<[string, () => Promise<Buffer>, string, string]>([
    ['a JPEG', () => square.clone().jpeg().toBuffer(), 'image/jpeg', '.jpg'],
    ['a PNG', () => square.clone().png().toBuffer(), 'image/png', '.png'],
    ['a WebP', () => square.clone().webp().toBuffer(), 'image/webp', '.webp'],
    ['a GIF as its first picture', () => square.clone().gif().toBuffer(), 'image/png', '.png'],
    ['a PDF', async () => Buffer.from('%PDF-1.7\n'), 'application/pdf', '.pdf'],
    ['a voice', async () => ogg('OpusHead'), 'audio/ogg', '.ogg'],
    [
      'an MP3 with a long title page',
      async () => Buffer.from('ID3\x03\0\0\0\0\x7f\x7f', 'latin1'),
      'audio/mpeg',
      '.mp3',
    ],
    ['a film', async () => filmWithPlace(), 'video/mp4', '.mp4'],
  ])('%s', async (_name, make, mimetype, ending) => {
    expect(await cleanFile(await make())).toMatchObject({ is: 'clean', mimetype, ending });
  });

  test.each<[string, Buffer]>([
    ['a program', program()],
    ['a text', Buffer.from('hello')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing that may hold scripts', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['an archive that unfolds into 200 MB', archiveBomb(200 * 1024 * 1024)],
    ['nothing', Buffer.alloc(0)],
  ])('%s is refused, unopened (F22)', async (_name, bytes) => {
    const began = performance.now();
    expect(await cleanFile(bytes)).toEqual({ is: 'refused', why: 'kind' });
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('pictures are drawn anew', () => {
  it('without place, camera or owner, and the right way up (F22)', async () => {
    const photo = await photoWithPlace();
    expect(holdsHidden(photo)).toBe(true);
    const clean = await cleanFile(photo);
    if (clean.is === 'refused') throw new Error(clean.why);
    expect(holdsHidden(clean.bytes)).toBe(false);
    expect(await sharp(clean.bytes).metadata()).not.toHaveProperty('exif');
    expect(await sharp(clean.bytes).metadata()).toMatchObject({ width: 40, height: 60 });
  });

  it('one that is an archive, too, is only a picture after (F22)', async () => {
    const clean = await cleanFile(await photoAndArchive());
    if (clean.is === 'refused') throw new Error(clean.why);
    expect(Buffer.from(clean.bytes).includes('PK\x03\x04')).toBe(false);
    expect(holdsHidden(clean.bytes)).toBe(false);
  });

  it('40 million pixels are opened, more are not, however small the file (F22)', async () => {
    expect(await cleanFile(pictureOf(8000, 5000))).toMatchObject({ is: 'clean' });
    for (const [width, height] of [
      [8000, 5001],
      [50_000, 8000],
      [4_000_000_000, 2],
    ] as const)
      expect(await cleanFile(height * width < 1e9 ? pictureOf(width, height) : headOnly(width, height))).toMatchObject({
        is: 'refused',
      });
    expect(await cleanFile(pictureOf(8000, 5001))).toEqual({ is: 'refused', why: 'pixels' });
  }, 30_000);
  const headOnly = (width: number, height: number) => {
    const small = pictureOf(8, 8);
    small.writeUInt32BE(width, 16);
    small.writeUInt32BE(height, 20);
    return small;
  };

  it('whatever is done to their bytes: clean or refused, never an error, and nothing hidden comes along (F22)', async () => {
    const photo = await photoWithPlace();
    await fc.assert(
      fc.asyncProperty(fc.nat(photo.length - 1), fc.nat(255), fc.nat(photo.length), async (at, value, end) => {
        const bytes = Buffer.from(photo);
        bytes.writeUInt8(value, at);
        const clean = await cleanFile(bytes.subarray(0, Math.max(end, 200)));
        expect(clean.is === 'refused' || !holdsHidden(clean.bytes)).toBe(true);
      }),
      { numRuns: 60, seed: 7 },
    );
  }, 30_000);
});

describe('films lose their places and nothing else', () => {
  it('all boxes stay where they were (F22)', async () => {
    const film = filmWithPlace();
    const clean = await cleanFile(film);
    if (clean.is === 'refused') throw new Error(clean.why);
    expect(holdsHidden(film)).toBe(true);
    expect(holdsHidden(clean.bytes)).toBe(false);
    expect(clean.bytes.length).toBe(film.length);
    expect(Buffer.from(clean.bytes).includes('sound and picture')).toBe(true);
  });

  it('one whose boxes lie about their size is refused (F22)', async () => {
    const film = filmWithPlace();
    film.writeUInt32BE(0x7f_ff_ff_ff, film.indexOf('moov') - 4);
    expect(await cleanFile(film)).toEqual({ is: 'refused', why: 'broken' });
  });
});

/** The head of a sound file as voice messages have it. */
function ogg(codec: string): Buffer {
  const page = Buffer.alloc(60);
  page.write('OggS', 0, 'latin1');
  page.writeUInt8(2, 5);
  page.writeUInt8(1, 26);
  page.writeUInt8(19, 27);
  page.write(codec, 28, 'latin1');
  return page;
}
