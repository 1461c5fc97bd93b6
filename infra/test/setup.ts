import { afterAll } from 'vitest';

// Tests are in the office's zone and never read the machine's own settings; a promise nobody waited for fails the file.
process.env.TZ = 'Europe/Bucharest';

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

afterAll(() => {
  if (unhandled.length > 0) throw unhandled[0];
});
