import type { Connection } from 'mongoose';
import { openCollection } from '../collection.ts';
import type { Seal } from '../seal.ts';
import { TestRing } from './test-ring.ts';

/** The weekly tests of the line. */
export function testRingStore(connection: Connection, seal: Seal) {
  const rings = openCollection<TestRing>(
    {
      name: 'testRings',
      type: TestRing,
      classes: { rungAt: 'open', askedIds: 'open', heardIds: 'open', isJudged: 'open' },
      indexes: [{ fields: { isJudged: 1, rungAt: -1 } }],
    },
    connection,
    seal,
  );
  return { ...rings, latestJudged: () => rings.first({ isJudged: true }, { sort: { rungAt: -1 } }) };
}
