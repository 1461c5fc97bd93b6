import { startOffice } from '#infra/start.ts';
import { run } from '#infra/start-process.ts';

/** The Telegram bot as a process of its own: receives and answers; `jobs/main` sends. Any number of them may run. */
await run('telegram', (config, log) =>
  startOffice(config, log, {
    parts: { receiving: true, delivery: false, timers: false },
    chats: ['telegram'],
    hasHealth: false,
  }),
);
