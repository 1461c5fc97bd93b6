import type { Connection } from 'mongoose';
import type { ModuleName } from './modules.ts';

/**
 * One change of a module's shape. `up` and `down` may be ended at any moment and are then run again from their beginning, so they must
 * find what is done already. Expand first: what an older program writes must be readable afterwards; what nobody writes any more is
 * taken away by a later one.
 */
export type Migration = {
  readonly module: ModuleName;
  /** The schema number it leads to, one more than before. */
  readonly to: number;
  /** In a few words, for the operator. */
  readonly what: string;
  up(connection: Connection): Promise<void>;
  down(connection: Connection): Promise<void>;
};
