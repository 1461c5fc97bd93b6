import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeLog } from '../log.ts';
import { type Servers, startServers } from '../setup/servers.ts';
import { openBrowser } from '../test/browser.ts';
import { openCity, type RunningCity } from './city.ts';
import { startCityWeb } from './web.ts';

// The whole city on real parts: page, stand-ins, bots, MongoDB, Redis (`city.md` 10). Only the browser's visitor is played.

let browser: Browser;
let servers: Servers;
let city: RunningCity;
let web: Awaited<ReturnType<typeof startCityWeb>>;
let page: Page;
let faults: string[];

beforeAll(async () => {
  browser = await openBrowser();
  servers = await startServers({
    dataDir: `.data/browser-${process.pid}`,
    log: makeLog({ name: 'browser', level: 'silent' }),
    isForTests: true,
  });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await servers.stop();
});

beforeEach(async () => {
  city = await openCity({ servers, log: makeLog({ name: 'browser', level: 'silent' }), wake: 'bullmq' });
  web = await startCityWeb({ port: 0, city });
  page = await visit();
}, 60_000);
afterEach(async () => {
  await page.context().close();
  await web.close();
  await city.stop();
}, 60_000);

async function visit(): Promise<Page> {
  faults = [];
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, reducedMotion: 'reduce' });
  const opened = await context.newPage();
  opened.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  opened.on('pageerror', (error) => faults.push(error.message));
  opened.on('request', (request) => !request.url().startsWith(web.url) && faults.push(`foreign: ${request.url()}`));
  await opened.goto(web.url);
  await opened.getByRole('region', { name: /Оксана/ }).waitFor();
  return opened;
}

const showMe = () => page.getByRole('button', { name: 'Arătați-mi' });
const alerts = () => city.house().world.store.alerts.find({});
const isOver = async () => (await alerts())[0]?.state === 'taken';

async function untilOver(step: () => Promise<void>): Promise<void> {
  for (let turn = 0; turn < 60 && !(await isOver()); turn++) {
    await step();
    await page.waitForTimeout(500);
  }
}

async function expectOneOwner(): Promise<void> {
  const [alert] = await alerts();
  expect(alert?.state).toBe('taken');
  const owner = await city.house().world.store.people.must(alert?.ownerId ?? '');
  expect(owner.name).toBe('Andrei Stan');
  await expect
    .poll(() =>
      city
        .standIns()
        .telegram.user(5004)
        .messages()
        .map(({ text }) => text)
        .join('\n'),
    )
    .toContain('Andrei Stan');
  await expect.poll(() => JSON.stringify(city.standIns().slack.messages('U0IOANA'))).toContain('Andrei Stan');
}

test('the tour, by „Arătați-mi” alone, ends in one owner and the others told; no console error, no foreign request', async () => {
  await untilOver(() => showMe().click());
  await expectOneOwner();
  expect(faults).toEqual([]);
}, 120_000);

test('the tour, by the keyboard alone, ends the same', async () => {
  await untilOver(async () => {
    await showMe().focus();
    await page.keyboard.press('Enter');
  });
  await expectOneOwner();
  expect(faults).toEqual([]);
}, 120_000);

test('the messages shown are those the stand-ins recorded', async () => {
  const shown = async () =>
    (await page.locator('[data-ref]').evaluateAll((all) => all.map((one) => one.getAttribute('data-ref')))).filter(
      (ref) => ref?.startsWith('telegram:oksana:'),
    );
  const recorded = () =>
    city
      .standIns()
      .telegram.user(5001)
      .messages()
      .map(({ id }) => `telegram:oksana:${id}`);
  await expect.poll(shown).toEqual(recorded());
});

test('Redis off: the alert still climbs; both back: none lost, none doubled', async () => {
  await city.trouble('redisOff', true);
  city.standIns().telegram.user(5001).says('допоможіть');
  await expect.poll(async () => (await alerts()).length, { timeout: 10_000 }).toBe(1);
  await expect
    .poll(
      () =>
        city
          .standIns()
          .slack.messages('U0IOANA')
          .filter(({ isBot }) => isBot).length,
      { timeout: 10_000 },
    )
    .toBeGreaterThan(0);
  await city.clock.forward(5);
  await expect
    .poll(
      () =>
        city
          .standIns()
          .slack.messages('U0ANDREI')
          .filter(({ isBot }) => isBot).length,
      { timeout: 10_000 },
    )
    .toBe(1);
  await city.trouble('redisOff', false);
  await city.settle();
  expect(await alerts()).toHaveLength(1);
  expect(
    city
      .standIns()
      .slack.messages('U0ANDREI')
      .filter(({ isBot }) => isBot),
  ).toHaveLength(1);
}, 90_000);

test('without network a word waits with a clock, then has two ticks, and is acted on once', async () => {
  await city.phone.network('oksana', false);
  await city.phone.says('oksana', 'коли мій прийом?');
  const tick = () =>
    city
      .standIns()
      .telegram.user(5001)
      .state()
      .messages.findLast(({ from }) => from === 'person')?.tick;
  expect(tick()).toBe('waiting');
  await city.phone.network('oksana', true);
  await expect.poll(tick, { timeout: 10_000 }).toBe('stored');
  await city.settle();
  expect(
    city
      .standIns()
      .telegram.user(5001)
      .messages()
      .filter(({ text }) => text === 'коли мій прийом?'),
  ).toHaveLength(1);
}, 60_000);

test('half-typed text survives what happens in town, and a second browser shows the same', async () => {
  const line = page.getByRole('region', { name: /Elena/ }).getByRole('textbox');
  await line.fill('nu pot ve');
  await city.clock.forward(15);
  await city.settle();
  await page.waitForTimeout(500);
  expect(await line.inputValue()).toBe('nu pot ve');
  const second = await visit();
  const words = (one: Page) =>
    one
      .getByRole('region', { name: /Оксана/ })
      .getByRole('log')
      .textContent();
  await expect.poll(async () => (await words(second)) === (await words(page))).toBe(true);
  await second.context().close();
}, 60_000);

test('a voice from a phone can be heard in the workspace, and on the phone', async () => {
  const phone = page.getByRole('region', { name: /Оксана/ });
  await phone.getByRole('button', { name: '💬 Написати нам' }).click();
  await phone.getByText('Напишіть або скажіть голосом').waitFor();
  await city.phone.voice('oksana');
  await phone.getByText('Повідомлення надіслано').waitFor();
  const desk = page.getByRole('region', { name: /Ioana/ });
  await desk.getByRole('button', { name: /Punte/ }).first().click();
  await desk.getByRole('button', { name: '👁 Citesc' }).click();
  await page.getByRole('button', { name: 'Închid fereastra' }).last().click();
  expect(await heard(desk.locator('audio'))).toMatchObject({ type: 'audio/ogg', begins: 'OggS', isPlaying: true });
  await phone.locator('button.sound').click();
  await expect.poll(() => phone.locator('audio').evaluate((sound: Sound) => sound.currentTime)).toBeGreaterThan(0);
  expect(faults).toEqual([]);
}, 90_000);

/** A player of the page, as far as it is asked here. */
type Sound = {
  src: string;
  currentTime: number;
  error: { message: string } | null;
  ontimeupdate: () => unknown;
  onerror: () => unknown;
  play(): Promise<void>;
};

/** What the player fetches, and whether its time runs. */
const heard = (player: Locator) =>
  player.evaluate(async (sound: Sound) => {
    const answer = await fetch(sound.src);
    const begins = new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 4));
    const runs = new Promise((resolve) => {
      sound.ontimeupdate = () => sound.currentTime > 0 && resolve(true);
      sound.onerror = () => resolve(sound.error?.message);
    });
    await sound.play();
    return { type: answer.headers.get('content-type'), begins, isPlaying: await runs };
  });
