import type { TestProject } from 'vitest/node';
import { type BrowserProgram, findBrowser } from './find-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    browser: BrowserProgram;
  }
}

/** Makes the browser ready once for all browser tests. */
export default async function findTestBrowser(project: TestProject): Promise<void> {
  project.provide('browser', await findBrowser());
}
