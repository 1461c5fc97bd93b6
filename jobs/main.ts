import { startOffice } from '#infra/start.ts';
import { run } from '#infra/start-process.ts';

/** Timers and the outbox as a process of their own, for both chats. Any number of them may run; leases share the work. */
await run('jobs', (config, log) =>
  startOffice(config, log, { parts: { receiving: false, delivery: true, timers: true } }),
);
