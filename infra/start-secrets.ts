import { sweep } from '#jobs/sweep.ts';
import { type Config, readConfig } from './config.ts';
import type { Log } from './log.ts';

export type Watched<T> = {
  /** The part of the settings that holds the secrets. */
  of: (config: Config) => T | undefined;
  /** Brings new ones into use; throws when they are not good: the old ones stay, and it is tried again. */
  take: (secrets: T) => Promise<void>;
};

const everyMs = 2000;

/** Looks every two seconds whether a secret file holds something new (`npm run rekey`), so that a running process takes it without a restart. */
export function watchSecrets<T>(watched: Watched<T>, first: Config, log: Log): { stop(): Promise<void> } {
  let known = JSON.stringify(watched.of(first));
  const look = async (): Promise<void> => {
    const now = watched.of(readConfig());
    const text = JSON.stringify(now);
    if (!now || text === known) return;
    await watched.take(now);
    known = text;
    log.info('new secrets of a chat are in use');
  };
  return sweep(look, everyMs, (error) =>
    log.warn({ err: error }, 'new secrets of a chat are not good; the old ones stay'),
  );
}
