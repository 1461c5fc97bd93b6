import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { cityPerson } from '../rehearsal/people.ts';
import { picture } from '../rehearsal/telegram/started.ts';
import { isFixedLine } from '../test/raw.ts';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown({ hasLimits: true });
});
afterAll(() => town.stop());
afterEach(async () => {
  await town.forward(5);
  town.unexpected();
});

const heard = () =>
  town
    .heard('oksana')
    .filter((text) => !isFixedLine(text))
    .map((text) => text.replaceAll('\u00a0', ' '));
const lines = (count: number) => Array.from({ length: count }, (_, at) => `Рядок думки номер ${at + 1}`);

it('twenty-seven lines in a row: three are answered each, the others by one answer that counts them all [experience 1]', async () => {
  for (const line of lines(27)) town.phone('oksana').says(line);
  await town.settle();
  expect(heard()).toHaveLength(3);
  await town.forward(0.5);
  const answers = heard();
  expect(answers).toEqual([expect.stringContaining('Усі Ваші повідомлення збережено: 27.')]);
  expect(answers[0]).toContain('Це прочитає людина. Найпізніше:');
  const [kept] = await town.world.store.messages.find({});
  expect(kept?.parts).toHaveLength(27);
});

it('a technician who sends twelve lines is asked three times at most, and once more about all of them', async () => {
  town.heard('mihai');
  for (const line of lines(12)) town.phone('mihai').says(line);
  await town.settle();
  expect(town.heard('mihai').filter((text) => !isFixedLine(text)).length).toBeLessThanOrEqual(3);
  await town.forward(0.5);
  expect(town.heard('mihai')).toEqual([expect.stringContaining('Am adăugat')]);
});

it('somebody who goes on writing is answered within a quarter of a minute, again and again', async () => {
  for (const line of lines(3)) town.phone('oksana').says(line);
  await town.settle();
  heard();
  let answers = 0;
  for (let seconds = 0; seconds < 30; seconds += 2) {
    town.phone('oksana').says(`Ще рядок на секунді ${seconds}`);
    await town.settle();
    await town.forward(2 / 60);
    answers += heard().length;
  }
  expect(answers).toBeGreaterThanOrEqual(1);
  expect(answers).toBeLessThanOrEqual(3);
});

it('danger in the middle of many lines is answered at once, with 112', async () => {
  for (const line of lines(10)) town.phone('oksana').says(line);
  town.phone('oksana').says('Чоловік мене б’є, допоможіть');
  await town.settle();
  expect(heard().filter((text) => text.includes('112'))).not.toEqual([]);
});

it('an album that comes during an open alert is answered once, and all its pictures join the alert', async () => {
  await town.says('oksana', 'Чоловік мене б’є, допоможіть');
  heard();
  town.phone('oksana').sendsAlbum([{ bytes: picture }, { bytes: picture }, { bytes: picture }]);
  await town.settle();
  expect(heard()).toHaveLength(1);
  const [alert] = await town.world.store.alerts.openOfPerson(await idOf('oksana'));
  expect(alert?.observed.flatMap(({ files }) => files).length).toBeGreaterThanOrEqual(3);
});

it('🔁 tapped twice asks once', async () => {
  await town.says('oksana', '📅 Мої зустрічі');
  heard();
  await town.taps('oksana', '🔁');
  await town.taps('oksana', '🔁');
  expect(heard()).toHaveLength(1);
});

async function idOf(id: 'oksana') {
  const account = String(cityPerson(id).account);
  const person = await town.world.store.people.withAccount('telegram', account);
  if (!person) throw new Error(`${id} is not on file`);
  return person.id;
}
