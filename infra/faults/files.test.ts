import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeptFile } from '#core/files/kept-file.ts';
import { filesOf } from '#jobs/load-files.ts';
import { connectMongo } from '../mongo.ts';
import { archiveBomb, hidden, photoAndArchive, photoWithPlace, pictureOf, program } from '../test/hostile-files.ts';
import { testPlace } from '../test/place.ts';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

const megabyte = 1024 * 1024;
const oksana = () => town.phone('oksana');
const newest = async (): Promise<KeptFile> => {
  const [file] = await town.world.store.files.find({}, { sort: { receivedAt: -1, _id: -1 }, limit: 1 });
  if (!file) throw new Error('no file');
  return file;
};

/** Sends a document with words; gives what Oksana hears. */
async function send(bytes: Buffer, fileName: string, words: string, more: { declaredSize?: number } = {}) {
  await town.forward(6);
  town.heard('oksana');
  oksana().sendsDocument({ bytes, fileName, caption: words, ...more });
  await allSeenTo();
  return town.heard('oksana').map((text) => text.replaceAll('\u00a0', ' '));
}
/** Until each file that came is kept or refused, and what follows has been said. */
async function allSeenTo(): Promise<void> {
  await town.settle();
  await expect.poll(() => town.world.store.files.count({ state: 'known' }), { timeout: 15_000 }).toBe(0);
  await town.settle();
}
const isKept = async (words: string) =>
  (await town.world.store.messages.find({})).some(({ parts }) => parts.some((part) => part.words === words));

describe('a file that may not be kept never takes its words along', () => {
  it('21 MB declared: said at once, the words are kept (F22)', async () => {
    const words = 'Ось довідка про доходи за весь рік';
    const heard = await send(Buffer.from('%PDF-1.7'), 'dovidka.pdf', words, { declaredSize: 21 * megabyte });
    expect(heard.join('\n')).toContain('20 МБ');
    expect(await isKept(words)).toBe(true);
  });

  it('21 MB that were declared as a thousand bytes: reading stops at 20 (F22)', async () => {
    const words = 'Скан договору оренди квартири';
    const film = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(21 * megabyte)]);
    const heard = await send(film, 'dohovir.pdf', words, { declaredSize: 1000 });
    expect(await newest()).toMatchObject({ state: 'refused', why: 'tooBig' });
    expect(heard.filter((text) => text.includes('20 МБ'))).toHaveLength(1);
    expect(await isKept(words)).toBe(true);
  });

  it.each<[string, () => Promise<Buffer>, string, KeptFile['why'], string]>([
    ['a program called .jpg', async () => program(), 'foto.jpg', 'kind', 'не відкриваємо'],
    [
      'an archive that unfolds into 200 MB',
      async () => archiveBomb(200 * megabyte),
      'foto.png',
      'kind',
      'не відкриваємо',
    ],
    [
      'a picture that unfolds into 400 million pixels',
      async () => pictureOf(50_000, 8000),
      'foto.png',
      'pixels',
      'завелике',
    ],
    [
      'half a picture of nothing',
      async () => pictureOf(8, 8).subarray(0, 30),
      'foto.png',
      'broken',
      'не відкривається',
    ],
  ])('%s: refused, told once and kindly, nothing of it kept (F22)', async (name, make, fileName, why, said) => {
    const words = `Фото з житла: ${name}`;
    const heard = await send(await make(), fileName, words);
    const file = await newest();
    expect(file).toMatchObject({ state: 'refused', why, parts: 0 });
    expect(await town.world.store.fileParts.find({ fileId: file.id })).toEqual([]);
    expect(heard.filter((text) => text.includes(said))).toEqual([expect.stringContaining('разом із ним, збережено')]);
    expect(await isKept(words)).toBe(true);
    expect(heard.join('\n')).not.toMatch(/kind|pixels|broken|error/i);
  });

  it('ten programs in one go: told once (F22)', async () => {
    await town.forward(60);
    town.heard('oksana');
    for (let n = 0; n < 10; n++) oksana().sendsDocument({ bytes: program(), fileName: `${n}.jpg` });
    await allSeenTo();
    expect(town.heard('oksana').filter((text) => text.includes('не відкриваємо'))).toHaveLength(1);
    const files = await town.world.store.files.find({ state: 'refused', why: 'kind' });
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  it('who reads the words is told that a file is missing, and why (F22)', async () => {
    await send(program(), 'foto.jpg', 'Прошу подивитися на фото');
    town.heard('ioana');
    await town.taps('ioana', 'Citesc').catch(() => town.taps('ioana', 'Deschid'));
    await town.settle();
    const seen = [...town.heard('ioana'), JSON.stringify(town.desk('ioana').state().modals.at(-1)?.view ?? {})].join(
      '\n',
    );
    expect(seen).toContain('nu s-a păstrat: nu este fotografie, sunet, film sau PDF');
  });
});

describe('what is kept is clean and sealed', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['a photo with its place', photoWithPlace],
    ['a photo that is an archive, too', photoAndArchive],
  ])('%s: nothing hidden in what staff get, nothing readable in the database (F22)', async (_name, make) => {
    await town.forward(60);
    await send(await make(), 'acasa.jpg.exe', 'Фото підвалу');
    const file = await newest();
    expect(file).toMatchObject({ state: 'kept', mimetype: 'image/jpeg', name: 'acasa.jpg' });
    const [loaded] = await filesOf([file.id], town.world.store);
    const bytes = Buffer.from(loaded?.bytes ?? []);
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from('ffd8ff', 'hex'));
    expect(bytes.includes(hidden)).toBe(false);
    const connection = await connectMongo(testPlace().mongodbUri);
    const raw = await connection.collection('fileParts').find({ fileId: file.id }).toArray();
    await connection.close();
    expect(raw).toHaveLength(1);
    expect(JSON.stringify(raw)).not.toContain(bytes.toString('base64').slice(0, 40));
  });
});
