import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { backupMac } from '../backup/mac.ts';
import { replayErasures } from '../backup/replay.ts';
import { type Checked, checkFiles, isEmpty, restore } from '../backup/restore.ts';
import { masterKeys } from '../encryption-key.ts';
import { isSomebodyWorking } from '../pulse.ts';
import { type DatabaseCommand, onDatabase, Unusable } from './office-command.ts';

const usage = `
  npm run restore -- --from FILE              into an empty database
  npm run restore -- --from FILE --replace    what is in the database now is thrown away; asked for once more

  --keys FILE   another key file than FILE.keys, for example a younger one
`;

/** `npm run restore`: brings a backup back and puts the office into hold. Nothing goes out before two administrators release it. */
await onDatabase('restore', async (command) => {
  const wishes = readWishes();
  const mac = backupMac(masterKeys(command.config));
  const files = await checkFiles(wishes.from, wishes.keys, mac);
  await refuseIfNeeded(command, wishes.replace);
  const startedAt = performance.now();
  const { connection, openWorld } = command;
  const counts = await restore({
    connection,
    files,
    mac,
    openWorld,
    replayErasures: replayErasures(command.config.anchorFolders),
  });
  tell(files, counts, performance.now() - startedAt);
});

function readWishes(): { from: string; keys?: string | undefined; replace: boolean } {
  const { from, keys, replace = false } = parsed();
  if (!from) throw new Unusable(usage);
  return { from: resolve(from), keys: keys && resolve(keys), replace };
}

function parsed() {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ options: { from: text, keys: text, replace: { type: 'boolean' } } }).values;
  } catch {
    throw new Unusable(usage);
  }
}

async function refuseIfNeeded({ connection }: DatabaseCommand, mayReplace: boolean): Promise<void> {
  if (await isSomebodyWorking(connection))
    throw new Unusable('Other processes work on this database. Stop them all, wait a quarter of a minute, then again.');
  if (await isEmpty(connection)) return;
  if (!mayReplace)
    throw new Unusable(
      'The database is not empty. With --replace what is in it is thrown away. Make a backup of it first if anything in it could be needed.',
    );
  const typed = await ask(`\nEverything in the database "${connection.name}" will be thrown away. Type its name: `);
  if (typed.trim() !== connection.name) throw new Unusable('That is not its name. Nothing was changed.');
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

function tell({ head }: Checked, counts: Record<string, number>, ms: number): void {
  const { documents = 0, unknown = 0, people = 0, invitations = 0, erased = 0 } = counts;
  const perTenThousand = documents > 0 ? (ms / documents) * 10 : 0;
  console.log(`
Restored: ${documents} documents in ${(ms / 1000).toFixed(1)} s (${perTenThousand.toFixed(2)} s for 10,000), as of ${head.madeAt.toISOString()}.

  The office is in HOLD. Nothing goes out and nothing is worked on; what people write is kept and they are told so, with 112.
  ${unknown} messages were on their way: nobody knows whether they went out.
  Buttons of ${people} people are void; ${invitations} unused invitations of staff are void.
  ${erased} erasures were repeated.

What happens next:
  1. Start the program. /ready stays red, people can write.
  2. npm run hold -- --status says what has to be looked at.
  3. Two administrators release it: npm run hold -- --release --as <admin>, once each.
  4. Then open alerts ring at once, people are answered, and staff is told since when entries are missing.
`);
}
