import { realClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { masterKeys } from '../encryption-key.ts';
import { makeLog } from '../log.ts';
import { connectMongo } from '../mongo.ts';
import { randomIds } from '../new-id.ts';
import { openSeal } from '../seal.ts';
import { telegramChat } from '../start-chats.ts';
import { openHouse } from '../start-house.ts';

/** A worker of the smoke tests: the Telegram bot with its outbox. With `KILL=after-commit` it ends by SIGKILL between the commit of an answer and its wake-up. */
const config = readConfig();
const log = makeLog({ name: 'worker', level: config.logLevel });
const { telegram, mongodbUri } = config;
if (!telegram || !mongodbUri) throw new Error('the worker needs TELEGRAM_BOT_TOKEN and MONGODB_URI');

const connection = await connectMongo(mongodbUri);
await openHouse({
  connection,
  seal: await openSeal(connection, masterKeys(config)),
  clock: realClock(),
  newId: randomIds(),
  redisUrl: undefined,
  prefix: '{worker}',
  sweepMs: 100,
  log,
  isAlone: true,
  chats: async (world) => [await telegramChat(world, telegram, log)],
  onCommit: ({ outbox = [] }) => {
    if (process.argv.includes('kill-after-commit') && outbox.length > 0) process.kill(process.pid, 'SIGKILL');
  },
});
console.log('ready');
