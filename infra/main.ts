import { encryptionKey, readConfig, ConfigFault } from './config.ts';
import { realClock } from './clock.ts';
import { makeLog } from './log.ts';
import { connectMongo } from './mongo.ts';
import { randomIds } from './new-id.ts';
import { openCity } from './rehearsal/city.ts';
import { startCityWeb } from './rehearsal/web.ts';
import { makeSeal } from './seal.ts';
import { AlreadyRunning } from './setup/running.ts';
import { startServers } from './setup/servers.ts';
import { slackChat, telegramChat } from './start-chats.ts';
import { openHouse } from './start-house.ts';
import { startHealth } from './health.ts';

/** Everything in one process: the rehearsal city when no token is set, else a small office. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = makeLog({ name: 'punte', level: config.logLevel });
  for (const warning of config.warnings) console.warn(`\n  !  ${warning}\n`);
  const servers = await startServers({ dataDir: config.dataDir, log, mongodbUri: config.mongodbUri, redisUrl: config.redisUrl });
  const stop = config.mode === 'city' ? await rehearse() : await serve();
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void stop().then(() => servers.stop()).finally(() => process.exit(0));
    });
  }

  async function rehearse() {
    const city = await openCity({ servers, log: makeLog({ name: 'city', level: config.logLevel === 'info' ? 'warn' : config.logLevel }), wake: config.wake, alarmUrl: config.alarmUrl });
    const web = await startCityWeb({ port: config.cityPort, city });
    console.log(`\n  Punte · Місток: the rehearsal city is open at ${web.url}\n  Nobody real is in it. With tokens in the environment the same program serves an office (README).\n`);
    return async () => {
      await web.close();
      await city.stop();
    };
  }

  async function serve() {
    const connection = await connectMongo(servers.mongodbUri, config.mongodbUri ? undefined : 'punte');
    const house = await openHouse({
      connection,
      seal: makeSeal(encryptionKey(config)),
      clock: realClock(),
      newId: randomIds(),
      redisUrl: config.wake === 'bullmq' ? servers.redisUrl : undefined,
      prefix: '{punte}',
      sweepMs: 500,
      log,
      alarmUrl: config.alarmUrl,
      office: config.office,
      chats: async (world) => [...(config.telegram ? [await telegramChat(world, config.telegram, log)] : []), ...(config.slack ? [await slackChat(world, config.slack, log)] : [])],
    });
    const health = await startHealth(house, config.healthPort, config.heartbeatUrl, log);
    console.log('\n  Punte · Місток serves. The first administrator: npm run invite -- --role admin\n');
    return async () => {
      await health.close();
      await house.stop();
      await connection.close();
    };
  }
}

/** Faults an operator can mend are said in their own words; anything else shows where it broke. */
main().catch((error: unknown) => {
  const isPlain = error instanceof ConfigFault || error instanceof AlreadyRunning || (error instanceof Error && ['WrongToken', 'MissingIndex', 'ServersFault', 'PortTaken'].includes(error.name));
  console.error(isPlain ? `\n${(error as Error).message}\n` : error);
  process.exit(1);
});
