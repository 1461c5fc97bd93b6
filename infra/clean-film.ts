/** Boxes of an MP4 or QuickTime film that hold other boxes, on the way to what tells of places. */
const holders = new Set(['moov', 'trak', 'mdia']);
/** Notes beside the film: where and with what it was made. A player does without them. */
const notes = new Set(['udta', 'meta', 'uuid']);
const mostDepth = 4;

/** The film with its notes (place, camera, author) wiped. Nothing moves, so that it plays as before; a film whose boxes cannot be followed throws. */
export function withoutPlaces(bytes: Uint8Array): Uint8Array {
  const film = Buffer.from(bytes);
  wipe(film, 0, film.length, 0);
  return film;
}

function wipe(film: Buffer, from: number, to: number, depth: number): void {
  for (let at = from; at + 8 <= to; ) {
    const { size, head } = boxAt(film, at, to);
    const type = film.toString('latin1', at + 4, at + 8);
    if (notes.has(type)) {
      film.write('free', at + 4, 'latin1');
      film.fill(0, at + head, at + size);
    } else if (holders.has(type) && depth < mostDepth) wipe(film, at + head, at + size, depth + 1);
    at += size;
  }
}

/** Size 0: to the end, as sound and picture of a film that was cut short; 1: the true size stands in the eight bytes after the type. */
function boxAt(film: Buffer, at: number, to: number): { size: number; head: number } {
  const told = film.readUInt32BE(at);
  const head = told === 1 ? 16 : 8;
  if (at + head > to) throw new Error('a box of the film is cut off');
  const isCutShort = told > to - at && film.toString('latin1', at + 4, at + 8) === 'mdat';
  const size = told === 0 || isCutShort ? to - at : told === 1 ? Number(film.readBigUInt64BE(at + 8)) : told;
  if (size < head || at + size > to) throw new Error('a box of the film is longer than what holds it');
  return { size, head };
}
