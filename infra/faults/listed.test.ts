import { join } from 'node:path';
import { expect, it } from 'vitest';
import { proofFaultsIn } from '../checks/proofs.ts';
import { readSources } from '../checks/source.ts';

const root = join(import.meta.dirname, '..', '..');

it('each failure and each goal has a test that names it, or a reason why it is open', () => {
  expect(proofFaultsIn(root, readSources(root))).toEqual([]);
});
