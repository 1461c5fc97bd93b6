import { defineConfig } from 'vitest/config';

const everywhere = {
  globalSetup: ['infra/test/global-setup.ts'],
  setupFiles: ['infra/test/setup.ts'],
  pool: 'forks' as const,
  hookTimeout: 30_000,
};
const smoke = 'infra/smoke/*.test.ts';
const faults = 'infra/faults/*.test.ts';
const exclude = ['**/node_modules/**', '.data/**', '.cache/**'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...everywhere,
          name: 'rules',
          include: ['**/*.test.ts'],
          exclude: [...exclude, smoke, faults],
          testTimeout: 15_000,
        },
      },
      // The smoke tests run twice: nobody woken, the sweep does it all; and woken by BullMQ. Only latency may differ.
      { test: { ...everywhere, name: 'smoke', include: [smoke], exclude, testTimeout: 30_000, env: { WAKE: 'none' } } },
      {
        test: {
          ...everywhere,
          name: 'smoke-woken',
          include: [smoke],
          exclude,
          testTimeout: 30_000,
          env: { WAKE: 'bullmq' },
        },
      },
      // The fault rig: failures of `delivery.md` 9, with the stand-ins over real HTTP.
      {
        test: { ...everywhere, name: 'faults', include: [faults], exclude, testTimeout: 60_000, env: { WAKE: 'none' } },
      },
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
