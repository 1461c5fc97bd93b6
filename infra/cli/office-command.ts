import type { Connection } from 'mongoose';
import type { World } from '#core/world.ts';
import { databaseClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { masterKeys } from '../encryption-key.ts';
import { makeLog } from '../log.ts';
import { connectMongo, timeOf } from '../mongo.ts';
import { quietWorld } from '../quiet-world.ts';
import { prepareDatabase } from '../schema/prepare.ts';
import { runningServers } from '../setup/running.ts';
import { startServers } from '../setup/servers.ts';
import { sentenceOf } from '../start-process.ts';

/** What an operator can mend, in words. */
export class Unusable extends Error {}

/** What a command of an operator works on: the database of the office, and the one door to it. It wakes nobody; the sweeps find what it left. */
export type OfficeCommand = { config: Config; connection: Connection; world: World };

/** The same before the seal is opened, which writes the first keys into an empty database. */
export type DatabaseCommand = Omit<OfficeCommand, 'world'> & { openWorld(): Promise<World> };

/** Runs a command on the office: its database in the shape this program knows, its stores, its seal. A fault is said in a sentence. */
export const onOffice = (name: string, work: (command: OfficeCommand) => Promise<void>): Promise<void> =>
  onDatabase(name, async ({ config, connection, openWorld }) => {
    const world = await openWorld();
    await prepareDatabase({ connection, store: world.store, isAlone: false });
    await work({ config, connection, world });
  });

/** Runs a command on the database of the office: from outside, of a running `npm start`, or the embedded one for this moment. */
export async function onDatabase(name: string, work: (command: DatabaseCommand) => Promise<void>): Promise<void> {
  try {
    const config = readConfig();
    const { uri, end } = await databaseOf(config, name);
    try {
      const connection = await connectMongo(uri, config.mongodbUri ? undefined : 'punte');
      try {
        await withClock(config, connection, work);
      } finally {
        await connection.close();
      }
    } finally {
      await end();
    }
  } catch (error) {
    const sentence = error instanceof Unusable ? error.message : sentenceOf(error);
    console.error(sentence ? `\n${sentence}\n` : error);
    process.exitCode = 1;
  }
}

async function withClock(
  config: Config,
  connection: Connection,
  work: (command: DatabaseCommand) => Promise<void>,
): Promise<void> {
  const clock = await databaseClock(() => timeOf(connection));
  const openWorld = () => quietWorld(connection, clock, masterKeys(config));
  await work({ config, connection, openWorld }).finally(() => clock.stop());
}

async function databaseOf(config: Config, name: string): Promise<{ uri: string; end: () => Promise<void> }> {
  const known = config.mongodbUri ?? runningServers(config.dataDir)?.mongodbUri;
  if (known) return { uri: known, end: async () => {} };
  const servers = await startServers({ dataDir: config.dataDir, log: makeLog({ name, level: 'error' }) });
  return { uri: servers.mongodbUri, end: servers.stop };
}
