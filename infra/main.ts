import type { Config } from './config.ts';
import { makeLog } from './log.ts';
import { openCity } from './rehearsal/city.ts';
import { wakingCity } from './rehearsal/waking.ts';
import { startCityWeb } from './rehearsal/web.ts';
import { startServers } from './setup/servers.ts';
import { startOffice } from './start.ts';
import { run } from './start-process.ts';

/** Everything in one process: the rehearsal city when no token is set, else a small office. */
await run('punte', async (config, log) => {
  if (config.mode === 'city') return rehearse(config);
  const office = await startOffice(config, log);
  console.log('\n  Punte · Місток serves. The first administrator: npm run invite -- --role admin\n');
  return office;
});

async function rehearse(config: Config): Promise<{ stop(): Promise<void> }> {
  const log = makeLog({ name: 'city', level: config.logLevel === 'info' ? 'fatal' : config.logLevel });
  const waking = wakingCity();
  const web = await startCityWeb({ port: config.cityPort, city: waking.city });
  const servers = await startServers({
    dataDir: config.dataDir,
    log,
    mongodbUri: config.mongodbUri,
    redisUrl: config.redisUrl,
  });
  waking.isDone('database', 'redis');
  const city = await openCity({ servers, log, wake: config.wake, alarmUrl: config.alarmUrl });
  waking.isDone('people', 'telegram', 'slack');
  waking.handOver(city);
  console.log(
    `\n  Punte · Місток: the rehearsal city is open at ${web.url}\n  Nobody real is in it. With tokens in the environment the same program serves an office (README).\n`,
  );
  return {
    async stop() {
      await web.close();
      await city.stop();
      await servers.stop();
    },
  };
}
