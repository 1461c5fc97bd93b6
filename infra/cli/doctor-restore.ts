import type { Connection } from 'mongoose';
import type { Store } from '#core/store.ts';
import type { World } from '#core/world.ts';
import { lastBackup } from '../backup/backup.ts';
import { holdIn, holdInWords } from '../brake.ts';
import { anchorPlaces } from '../journal/anchor.ts';
import { anchoredAt, chainsBehind } from '../journal/behind.ts';
import { ownNumbers, schemaFaults, schemaIn } from '../schema/modules.ts';
import { type Finding, judgeAnchor, judgeBackup, ok, wrong } from './doctor-findings.ts';

/** Whether work may go on: hold, schema numbers; and whether all could be brought back. */
export async function restoreFindings(
  connection: Connection,
  store: Store,
  now: Date,
  isLive: boolean,
): Promise<Finding[]> {
  const hold = await holdIn(connection);
  const reason = hold && (await store.office.get()).holdReason;
  const faults = schemaFaults(await schemaIn(connection), ownNumbers()).map(({ says }) => says);
  return [
    hold
      ? wrong(
          'hold',
          `the office is ${holdInWords(hold, reason)}`,
          'Call whoever is on duty about open alerts, then see to it',
        )
      : ok('hold', 'none'),
    ...(faults.length === 0
      ? [ok('schema', 'the database has the shape this program knows')]
      : faults.map((fault) => wrong('schema', fault, 'Nothing is worked on before'))),
    judgeBackup(await lastBackup(connection), now, isLive),
  ];
}

/** Whether the heads of the journal are written outside the database, and whether the database is as far as they are. */
export async function anchorFindings(
  world: Pick<World, 'store' | 'seal'>,
  { folders, now, isRunning }: { folders: readonly string[]; now: Date; isRunning: boolean },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const place of anchorPlaces(folders)) {
    const behind = await chainsBehind({ world }, place);
    findings.push(
      behind > 0
        ? wrong(
            place.name,
            `${behind} chains of the journal end before their anchor`,
            'npm run verify-journal says which',
          )
        : judgeAnchor(place.name, await anchoredAt(place.folder), now, isRunning),
    );
  }
  return findings;
}
