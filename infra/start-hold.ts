import type { Connection } from 'mongoose';
import type { World } from '#core/world.ts';
import { sweep } from '#jobs/sweep.ts';
import { holdAndPrepare } from './backup/hold-and-prepare.ts';
import { replayErasures } from './backup/replay.ts';
import { type Brake, openBrake } from './brake.ts';
import { anchorPlaces } from './journal/anchor.ts';
import { chainsBehind } from './journal/behind.ts';
import type { Log } from './log.ts';

type Holding = { world: World; connection: Connection; log: Log; anchorFolders: readonly string[] };

const minuteMs = 60_000;

/**
 * The brake of a process. Before anything begins, and each minute, it is seen whether the database is older than its anchors outside: then the office is
 * in hold, as after a restore.
 */
export async function openHold(holding: Holding): Promise<Brake> {
  const { connection, log } = holding;
  const failed = (error: unknown) => log.error({ err: error }, 'the anchors could not be compared');
  await holdIfBehind(holding).catch(failed);
  const brake = await openBrake({
    connection,
    onChange: (why) => (why.length > 0 ? log.error({ why }, 'no work is done') : log.info('work is done again')),
    onError: (error) => log.warn({ err: error }, 'it could not be seen whether work may go on'),
  });
  let isFirst = true;
  const watch = sweep(
    async () => {
      if (!isFirst) await holdIfBehind(holding);
      isFirst = false;
    },
    minuteMs,
    failed,
  );
  return {
    ...brake,
    stop() {
      brake.stop();
      void watch.stop();
    },
  };
}

/** Somebody set the database back by other means than `npm run restore`, or cut its journal: the same follows. */
async function holdIfBehind({ world, connection, log, anchorFolders }: Holding): Promise<void> {
  const { hold } = await world.store.office.get();
  if (hold?.isPrepared || hold?.why === 'restored') return;
  if (!hold && !(await isBehind({ world, anchorFolders }))) return;
  const lostSince = (await world.store.journal.latest(1))[0]?.at;
  const rollback = { why: 'journalBehind' as const, lostSince };
  const counts = await holdAndPrepare(connection, world, rollback, replayErasures(anchorFolders));
  log.error({ counts }, 'the journal lies behind its anchor outside the database: the office is in hold');
}

async function isBehind({ world, anchorFolders }: Pick<Holding, 'world' | 'anchorFolders'>): Promise<boolean> {
  for (const place of anchorPlaces(anchorFolders)) if ((await chainsBehind({ world }, place)) > 0) return true;
  return false;
}
