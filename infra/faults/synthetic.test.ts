import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOffice, type TestOffice } from '../test/office.ts';

const people = {
  watch: { name: 'Pază Telefon', phone: 7700 },
  desk: { name: 'Pază Birou', desk: 'U0PAZA' },
} as const;

let office: TestOffice<keyof typeof people>;
beforeAll(async () => {
  office = await openTestOffice({
    people,
    watchChats: [
      { channel: 'telegram', address: '7700' },
      { channel: 'slack', address: 'U0PAZA' },
    ],
  });
  await office.opens('watch');
});
afterAll(() => office.stop());

const probes = () => office.world.store.probes.find({});
const backs = async () => (await probes()).map(({ backAt }) => backAt?.getTime());

it('a synthetic alert goes the whole way through each bot each quarter of an hour, is silent, and is taken away again', async () => {
  await expect.poll(backs, { timeout: 15_000 }).toEqual([expect.any(Number), expect.any(Number)]);
  await office.settle();
  const posted = office.telegram.calls
    .posts()
    .filter(({ payload }) => String(payload.text).startsWith('Alertă sintetică'));
  expect(posted.map(({ payload }) => payload.disable_notification)).toEqual([true]);
  await expect.poll(() => office.sees('watch'), { timeout: 15_000 }).not.toContain('Alertă sintetică');
  await expect.poll(() => office.sees('desk'), { timeout: 15_000 }).not.toContain('Alertă sintetică');
  expect(await office.faults()).toEqual([]);

  const first = await backs();
  await office.forward(15);
  await expect
    .poll(async () => (await backs()).every((at, place) => (at ?? 0) > (first[place] ?? 0)), { timeout: 15_000 })
    .toBe(true);
  expect(await office.world.store.alerts.count({})).toBe(0);
  expect(await office.world.store.journal.about('probe')).toEqual([]);
}, 60_000);

it('a round trip older than 20 minutes is a fault, and withholds the heartbeat', async () => {
  await office.slack.faults.down();
  await office.forward(36);
  const faults = await office.faults();
  expect(faults.filter((fault) => fault.startsWith('the synthetic alert'))).toEqual([
    expect.stringMatching(/^the synthetic alert through slack has not come back for \d+ minutes$/),
  ]);
  await office.slack.faults.up();
}, 60_000);
