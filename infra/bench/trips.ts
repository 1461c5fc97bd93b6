import { setTimeout as sleep } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';

/** One command on its way to MongoDB: its name and the collection it is about. */
export type Trip = { command: string; on: string };

export type Trips = {
  /** All commands that `work` set in motion: from its begin until nothing was sent for 150 ms. */
  of(work: () => Promise<unknown>): Promise<Trip[]>;
};

const quietMs = 150;

/** Counts the commands of a client that was opened with `monitorCommands`. */
export function watchTrips(client: MongoClient): Trips {
  let seen: Trip[] = [];
  let lastAt = 0;
  client.on('commandStarted', ({ commandName, command }) => {
    lastAt = performance.now();
    if (commandName === 'endSessions') return;
    seen.push({ command: commandName, on: typeof command[commandName] === 'string' ? command[commandName] : '' });
  });
  const rest = async () => {
    while (performance.now() - lastAt < quietMs) await sleep(20);
  };
  return {
    async of(work) {
      await rest();
      seen = [];
      await work();
      lastAt = performance.now();
      await rest();
      return [...seen];
    },
  };
}

/** `mailbox insert, mailbox find, … commit`. */
export const listed = (trips: readonly Trip[]): string =>
  trips.map(({ command, on }) => [on, words[command] ?? command].filter(Boolean).join(' ')).join(', ');

const words: Record<string, string> = {
  findAndModify: 'change',
  update: 'save',
  commitTransaction: 'commit',
  abortTransaction: 'abort',
  aggregate: 'count',
};

/** Where the step ends: its commit, inclusive. */
export const untilCommit = (trips: readonly Trip[]): Trip[] =>
  trips.slice(0, trips.findIndex(({ command }) => command === 'commitTransaction') + 1);

/**
 * From the mailbox insert until the first row is `sent`: the second change of the outbox. The look for the next item of the lane goes beside the
 * sending, after the commit; it is the beginning of that one, and none of this step's.
 */
export function untilSent(trips: readonly Trip[]): Trip[] {
  const committed = untilCommit(trips).length;
  const settled = trips
    .map((trip, place) => ({ ...trip, place }))
    .filter(({ command, on }) => on === 'outbox' && command === 'findAndModify');
  return trips
    .slice(0, (settled[1]?.place ?? trips.length - 1) + 1)
    .filter(({ command, on }, place) => place < committed || on !== 'mailbox' || command !== 'findAndModify');
}
