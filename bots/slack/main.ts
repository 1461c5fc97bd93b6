import { startOffice } from '#infra/start.ts';
import { run } from '#infra/start-process.ts';

/** The Slack app as a process of its own: receives and answers; `jobs/main` sends. Any number of them may run. */
await run('slack', (config, log) =>
  startOffice(config, log, {
    parts: { receiving: true, delivery: false, timers: false },
    chats: ['slack'],
    hasHealth: false,
  }),
);
