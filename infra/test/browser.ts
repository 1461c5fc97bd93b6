import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** Opens the browser of the browser tests, without a window. Close it in `afterAll`. */
export function openBrowser(): Promise<Browser> {
  const { path, env } = inject('browser');
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    env: { ...process.env, ...env },
  });
}
