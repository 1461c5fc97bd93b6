import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { masterKeys } from '../encryption-key.ts';
import { isSomebodyWorking } from '../pulse.ts';
import { renewOldForm, rewrapKeys, rotateIndexKeys } from '../rotate-keys.ts';
import { onOffice, Unusable } from './office-command.ts';

const usage = `
  npm run rotate-keys               all keys of the database are wrapped by ENCRYPTION_KEY; afterwards ENCRYPTION_KEY_OLD is not needed
  npm run rotate-keys -- --index    new keys for what is found by sealed values (names, accounts); takes some minutes more

  Both may run while everybody works, and may be ended and begun again. With several processes: first give the new key to all of them
  as ENCRYPTION_KEY_OLD, then exchange the two everywhere, then run this, then take the older one away.
`;

/** A process learns within this time what was changed in the keys; while nobody works there is nobody to wait for. */
const everywhereMs = 60_000;

/** `npm run rotate-keys`: exchanges keys while the office works. */
await onOffice('rotate-keys', async ({ config, connection, world }) => {
  const isIndex = wishes();
  const masters = masterKeys(config);
  const [{ id }] = masters;
  const wrapped = await rewrapKeys(connection, masters);
  const renewed = await renewOldForm(connection, world.store);
  console.log(`\n${wrapped} keys were wrapped anew by ${id}, ${renewed} rows brought into today's form.`);
  console.log('Nothing needs an older ENCRYPTION_KEY any more. Keep it as long as backups that were made with it.\n');
  if (!isIndex) return;
  const everywhere = async () => {
    if (await isSomebodyWorking(connection)) await sleep(everywhereMs);
  };
  const found = await rotateIndexKeys(connection, masters, world.store, everywhere);
  console.log(`${found} rows are found by new digests; the older ones are gone.\n`);
});

function wishes(): boolean {
  try {
    return parseArgs({ options: { index: { type: 'boolean', default: false } } }).values.index;
  } catch {
    throw new Unusable(usage);
  }
}
