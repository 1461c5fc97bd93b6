import type { Connection } from 'mongoose';
import { openCollection } from '../collection.ts';
import type { Seal } from '../seal.ts';
import { Probe } from './probe.ts';

/** The synthetic alerts, one document for each bot. */
export const probeStore = (connection: Connection, seal: Seal) =>
  openCollection<Probe>(
    {
      name: 'probes',
      type: Probe,
      classes: { address: 'personal', since: 'open', begunAt: 'open', rowId: 'open', backAt: 'open' },
      keyOf: () => 'office',
    },
    connection,
    seal,
  );
