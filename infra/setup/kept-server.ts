import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { Child } from './child.ts';
import { freePort } from './ports.ts';

/** A database program that is started again when it falls over, until it is stopped. */
export type KeptServer = {
  readonly port: number;
  /** Ends it; it stays ended. Does nothing when it is ended already. */
  readonly stop: () => Promise<void>;
  /** Starts it again on the same port with the same data. */
  readonly start: () => Promise<void>;
};

type Wishes = {
  readonly name: string;
  /** Taken when it is free. */
  readonly wishedPort: number | undefined;
  readonly launch: (port: number) => Promise<Child>;
  readonly endBy: 'SIGTERM' | 'SIGKILL';
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
};

const restartsInARow = 5;
const calmMs = 60_000;

/** Starts a program on the wished port, or on any free one when that is taken, and keeps it running. */
export async function keepRunning({ name, wishedPort, launch, endBy, log }: Wishes): Promise<KeptServer> {
  const first = await launchOnFreePort({ launch, wishedPort });
  const port = first.port;
  let child = first.child;
  let isWanted = true;
  let falls: number[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const bringUp = async () => {
    if (!isWanted || !child.hasExited()) return;
    child = await launch(port);
    child.onExit(fell);
  };
  const fell = () => {
    if (!isWanted) return;
    falls = [...falls.filter((at) => performance.now() - at < calmMs), performance.now()];
    log.error({ program: name, falls: falls.length }, 'a database program ended by itself');
    if (falls.length > restartsInARow) return log.error({ program: name }, 'it falls again and again, given up');
    void inTurn(async () => {
      await sleep(250);
      await bringUp();
    }).catch((error: unknown) => log.error({ program: name, err: error }, 'it could not be started again'));
  };
  child.onExit(fell);

  return {
    port,
    stop() {
      isWanted = false;
      return inTurn(() => child.end(endBy));
    },
    start() {
      isWanted = true;
      return inTurn(bringUp);
    },
  };
}

/** Between finding a port free and listening on it somebody else may take it: three tries. */
async function launchOnFreePort({
  launch,
  wishedPort,
}: Pick<Wishes, 'launch' | 'wishedPort'>): Promise<{ child: Child; port: number }> {
  for (let triesLeft = 2; ; triesLeft--) {
    const port = await freePort(triesLeft === 2 ? wishedPort : undefined);
    try {
      return { child: await launch(port), port };
    } catch (error) {
      const isPortTaken = error instanceof Error && /in use/i.test(error.message);
      if (!isPortTaken || triesLeft === 0) throw error;
    }
  }
}
