import type { Connection } from 'mongoose';
import { lastBackup } from '../backup/backup.ts';
import { holdIn, holdInWords } from '../brake.ts';
import { ownNumbers, schemaFaults, schemaIn } from '../schema/modules.ts';
import { type Finding, judgeBackup, ok, wrong } from './doctor-findings.ts';

/** Whether work may go on: hold, schema numbers; and whether all could be brought back. */
export async function restoreFindings(connection: Connection, now: Date, isLive: boolean): Promise<Finding[]> {
  const hold = await holdIn(connection);
  const faults = schemaFaults(await schemaIn(connection), ownNumbers());
  return [
    hold
      ? wrong('hold', `the office is ${holdInWords(hold)}`, 'Call whoever is on duty about open alerts, then see to it')
      : ok('hold', 'none'),
    ...(faults.length === 0
      ? [ok('schema', 'the database has the shape this program knows')]
      : faults.map((fault) => wrong('schema', fault, 'Nothing is worked on before'))),
    judgeBackup(await lastBackup(connection), now, isLive),
  ];
}
