import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('the browser shows both alphabets', async () => {
  const page = await browser.newPage();
  await page.setContent('<h1>Punte · Місток</h1>');
  expect(await page.textContent('h1')).toBe('Punte · Місток');
  expect((await page.locator('h1').boundingBox())?.height).toBeGreaterThan(10);
});
