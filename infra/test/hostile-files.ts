import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** What the hidden parts of these files carry: found in what was kept, it was not cleaned. */
export const hidden = 'KANARIE-PLACE-47.1585N';

/** A photo as a phone makes it: turned, with place, camera and owner. */
export const photoWithPlace = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#4060a0' } })
    .withExif({
      IFD0: { Copyright: hidden, Model: hidden, Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 9/1 30/1', GPSLongitudeRef: 'E', GPSLongitude: '27/1 35/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** A small picture file of this many pixels: it unfolds into one bit each. */
export const pictureOf = (width: number, height: number): Buffer => {
  const rows = Buffer.alloc(height * (Math.ceil(width / 8) + 1));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(1, 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

function chunk(type: string, bytes: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), bytes]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(bytes.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** An archive whose one entry unfolds into this many bytes, and is called a document of an office program. */
export function archiveBomb(bytes: number): Buffer {
  const name = Buffer.from('[Content_Types].xml');
  const packed = deflateRawSync(Buffer.alloc(bytes), { level: 9 });
  const head = Buffer.alloc(30);
  head.write('PK\x03\x04', 0, 'latin1');
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(bytes, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name, packed]);
}

/** A program of Windows, as far as its head tells. */
export const program = (): Buffer => {
  const bytes = Buffer.alloc(512);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0', 0x80, 'latin1');
  return bytes;
};

/** A photo that is an archive, too: viewers see the one, unpackers the other. */
export const photoAndArchive = async (): Promise<Buffer> =>
  Buffer.concat([await photoWithPlace(), Buffer.from(`PK\x03\x04${hidden}`, 'latin1')]);

/** A film with a place in its notes, as phones write it. */
export function filmWithPlace(): Buffer {
  const place = box('udta', box('\xa9xyz', Buffer.from(`\0\x12\x15\xc7+${hidden}/`, 'latin1')));
  const film = box('moov', Buffer.concat([box('mvhd', Buffer.alloc(100)), place, box('trak', place)]));
  const head = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1'));
  return Buffer.concat([head, film, box('mdat', Buffer.from('sound and picture'))]);
}

function box(type: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 8);
  return Buffer.concat([size, Buffer.from(type, 'latin1'), body]);
}
