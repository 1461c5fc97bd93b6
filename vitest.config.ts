import { defineConfig } from 'vitest/config';

const everywhere = {
  globalSetup: ['infra/test/global-setup.ts'],
  setupFiles: ['infra/test/setup.ts'],
  pool: 'forks' as const,
  hookTimeout: 30_000,
};
const exclude = ['**/node_modules/**', '.data/**', '.cache/**'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...everywhere, name: 'rules', include: ['**/*.test.ts'], exclude, testTimeout: 15_000 } },
      {
        test: {
          ...everywhere,
          globalSetup: [...everywhere.globalSetup, 'infra/test/browser-setup.ts'],
          name: 'browser',
          include: ['**/*.browser.ts'],
          exclude,
          testTimeout: 60_000,
        },
      },
    ],
  },
});
