import { MongoClient } from 'mongodb';
import type { DestinationStream } from 'pino';
import { leaksInMongo } from '../faults/rig/canary.ts';
import { type Log, makeLog } from '../log.ts';

/** A log that is kept in memory at its most talkative, so that it can be searched; `LOG_LEVEL` shows it instead. */
export function heardLog(name: string): { log: Log; lines: string[] } {
  const level = process.env.LOG_LEVEL;
  if (level) return { log: makeLog({ name, level }), lines: [] };
  const lines: string[] = [];
  const to: DestinationStream = { write: (line) => void lines.push(line) };
  return { log: makeLog({ name, level: 'trace', to }), lines };
}

/** Throws when one of these values stands in clear in the database or in the log (S2). */
export async function refuseLeaks(mongodbUri: string, lines: string[], values: string[]): Promise<void> {
  const client = new MongoClient(mongodbUri);
  try {
    const found = await leaksInMongo(client, new URL(mongodbUri).pathname.slice(1), values);
    const logged = values.filter((value) => lines.some((line) => line.includes(value)));
    const leaks = [
      ...found.map(({ where, canary, around }) => `${where}: ${canary} in ${around}`),
      ...logged.map((one) => `log: ${one}`),
    ];
    if (leaks.length > 0) throw new Error(`in clear:\n  ${leaks.slice(0, 10).join('\n  ')}`);
  } finally {
    await client.close();
  }
}
