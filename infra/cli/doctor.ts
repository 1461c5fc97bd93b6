import { openStore } from '#core/store.ts';
import { type Config, readConfig } from '../config.ts';
import { ConfigFault } from '../config-fault.ts';
import { masterKeys } from '../encryption-key.ts';
import { makeLog } from '../log.ts';
import { MissingMaster } from '../master-keys.ts';
import { connectMongo } from '../mongo.ts';
import { isSomebodyWorking } from '../pulse.ts';
import { BrokenSeal, openSeal } from '../seal.ts';
import { runningServers } from '../setup/running.ts';
import { startServers } from '../setup/servers.ts';
import { chatFindings } from './doctor-chats.ts';
import { lateFindings, mongoFindings, redisFindings } from './doctor-databases.ts';
import { exitCodeOf, type Finding, lineOf, look, ok, wrong } from './doctor-findings.ts';
import { officeFindings, probeFindings } from './doctor-office.ts';
import { anchorFindings, restoreFindings } from './doctor-restore.ts';

/** `npm run doctor`: one line for each thing an office stands on; beside a running start or alone. Fails only when something is wrong. */
const findings: Finding[] = [];
const tell = (...found: Finding[]) => {
  findings.push(...found);
  for (const one of found) console.log(lineOf(one));
};
const config = configOrFaults();
if (config) await examine(config);
const count = (is: Finding['is']) => findings.filter((one) => one.is === is).length;
console.log(`\n${count('ok')} ok, ${count('look')} to look at, ${count('wrong')} wrong`);
process.exitCode = exitCodeOf(findings);

function configOrFaults(): Config | undefined {
  try {
    const read = readConfig();
    tell(
      ok(
        'settings',
        read.mode === 'city' ? 'can be used; no token, so "npm start" opens the rehearsal city' : 'can be used',
      ),
    );
    tell(...read.warnings.map((warning) => look('settings', warning.replace(/\.$/, ''), 'See .env.example')));
    return read;
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    tell(...error.faults.map((fault) => wrong('settings', fault, 'See .env.example')));
    return undefined;
  }
}

async function examine(read: Config): Promise<void> {
  tell(...(await chatFindings(read)));
  const servers = await serversFor(read).catch(() => undefined);
  if (!servers)
    return tell(
      wrong(
        'databases',
        'the embedded servers do not start',
        'See mongod.log in the data folder; a full disk and a taken folder are the usual reasons',
      ),
    );
  try {
    tell(...(await redisFindings(servers.redisUrl)));
    tell(...(await examineDatabase(read, servers.mongodbUri)));
  } finally {
    await servers.stop();
  }
}

/** The servers of a running `npm start`, those from outside, or the embedded ones for this moment. */
async function serversFor({ dataDir, mongodbUri, redisUrl }: Config) {
  const running = runningServers(dataDir);
  const [mongo, redis] = [mongodbUri ?? running?.mongodbUri, redisUrl ?? running?.redisUrl];
  if (mongo && redis) return { mongodbUri: mongo, redisUrl: redis, stop: async () => {} };
  console.log('       Nothing runs in this folder: its databases are started for this examination only.');
  return startServers({ dataDir, log: makeLog({ name: 'doctor', level: 'silent' }), mongodbUri, redisUrl });
}

async function examineDatabase(read: Config, uri: string): Promise<Finding[]> {
  const connection = await connectMongo(uri, read.mongodbUri ? undefined : 'punte').catch(() => undefined);
  if (!connection) return [wrong('MongoDB', 'does not answer', 'Start it, or correct MONGODB_URI')];
  try {
    const seal = await openSeal(connection, masterKeys(read));
    const store = openStore(connection, seal);
    const now = new Date();
    const isRunning = await isSomebodyWorking(connection);
    const bots = [...(read.telegram ? ['telegram' as const] : []), ...(read.slack ? ['slack' as const] : [])];
    return [
      ...(await mongoFindings(connection, store)),
      isRunning
        ? ok('processes', 'somebody sends and escalates now')
        : look('processes', 'nobody sends or escalates now', 'Start the program'),
      ...(await lateFindings(store, now, isRunning)),
      ...(await restoreFindings(connection, store, now, read.mode === 'live')),
      ...(read.mode === 'city' ? [] : await officeFindings(store, now, bots)),
      ...(await probeFindings(store, now, bots, read.watchChats)),
      ...(read.mode === 'city'
        ? []
        : await anchorFindings({ store, seal }, { folders: read.anchorFolders, now, isRunning })),
    ];
  } catch (error) {
    if (error instanceof BrokenSeal || error instanceof MissingMaster)
      return [wrong('encryption key', 'does not open what is stored', 'Set the key this database was begun with')];
    return [
      wrong(
        'MongoDB',
        `could not be examined (${error instanceof Error ? error.name : 'unknown'})`,
        'See the log of the database',
      ),
    ];
  } finally {
    await connection.close();
  }
}
