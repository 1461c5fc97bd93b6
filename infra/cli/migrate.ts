import { migrateDown, migrateUp } from '../schema/migrate.ts';
import { ownNumbers, schemaFaults, schemaIn } from '../schema/modules.ts';
import { buildAll } from '../schema/prepare.ts';
import { onDatabase, Unusable } from './office-command.ts';

const usage = `
  npm run migrate -- status   which schema numbers the database has, and which this program knows
  npm run migrate -- up       does what is missing and builds the indexes; programs that know less stop by themselves
  npm run migrate -- down     takes back the newest migration; programs that know it stop by themselves
`;

/** `npm run migrate`: brings the shape of the database up to this program, or one step back. Make a backup first. */
await onDatabase('migrate', async ({ connection, openWorld }) => {
  const onStep = (words: string) => console.log(`  ${words}`);
  switch (process.argv[2]) {
    case 'status':
      return status();
    case 'up': {
      const done = await migrateUp({ connection, onStep });
      await buildAll((await openWorld()).store);
      console.log(`\n${done} migrations done; all indexes are there.\n`);
      return;
    }
    case 'down': {
      const back = await migrateDown({ connection, onStep });
      console.log(
        back ? `\n"${back.module}" is back in schema ${back.to - 1}.\n` : '\nThere is nothing to take back.\n',
      );
      return;
    }
    default:
      throw new Unusable(usage);
  }

  async function status(): Promise<void> {
    const own = ownNumbers();
    const there = await schemaIn(connection);
    const others = Object.entries(there.numbers).filter(([name, number]) => number !== 1 || own[name] !== 1);
    console.log('\nEvery module is in schema 1, but for:');
    for (const [name, number] of others) console.log(`  ${name}: ${number}, this program knows ${own[name] ?? 0}`);
    const faults = schemaFaults(there, own).map(({ says }) => says);
    console.log(faults.length === 0 ? '\nThey fit.\n' : `\n${faults.join('\n')}\n`);
  }
});
