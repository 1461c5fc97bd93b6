import { toBuffer } from 'qrcode';
import type { LoadedFile } from '#core/delivery/sending.ts';

/** A link as a picture to be scanned: an invitation shown on the screen of whoever gives it. */
export async function qrPicture(link: string): Promise<LoadedFile> {
  const bytes = await toBuffer(link, { errorCorrectionLevel: 'M', margin: 3, width: 480 });
  return { kind: 'photo', bytes, name: 'punte-mistok.png', mimetype: 'image/png' };
}
