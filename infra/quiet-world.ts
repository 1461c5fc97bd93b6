import type { Connection } from 'mongoose';
import { openStore } from '#core/store.ts';
import type { Clock, World } from '#core/world.ts';
import type { MasterKeys } from './master-keys.ts';
import { transactionOf } from './mongo.ts';
import { randomIds } from './new-id.ts';
import { openSeal } from './seal.ts';

/** The stores of a database and the one door to them, for a command or a test. It wakes nobody; the sweeps find what it left. */
export async function quietWorld(connection: Connection, clock: Clock, masters: MasterKeys): Promise<World> {
  const seal = await openSeal(connection, masters);
  const store = openStore(connection, seal);
  return {
    clock,
    newId: randomIds(),
    settings: () => store.office.settings(),
    store,
    seal,
    inTransaction: transactionOf(connection),
    wake: () => {},
  };
}
