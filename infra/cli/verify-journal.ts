import { told } from '#core/journal/finding.ts';
import { anchorPlaces } from '../journal/anchor.ts';
import { verifyJournal } from '../journal/verify.ts';
import { onOffice } from './office-command.ts';

/** So many lines are read at once; the memory does not grow with the journal. */
const sliceLines = 2000;

/** `npm run verify-journal`: walks all chains and all anchor files; says what does not verify, and ends with 1 if anything does not. */
await onOffice('verify-journal', async ({ config, connection, world }) => {
  const places = anchorPlaces(config.anchorFolders);
  let lines = 0;
  let count = 0;
  for await (const step of verifyJournal({ world, connection }, { places, sliceLines })) {
    lines += step.lines;
    for (const finding of step.findings) console.error(`  ${told(finding)}`);
    count += step.findings.length;
  }
  const chains = await world.store.journal.heads.estimatedDocumentCount();
  console.log(
    `\n${lines} lines and anchors in ${chains} chains were proved; anchors: ${config.anchorFolders.join(', ')}`,
  );
  if (count === 0) return console.log('The journal verifies.\n');
  console.error(
    `\nTHE JOURNAL DOES NOT VERIFY: ${count} findings. Do not restart or repair anything; keep the anchor files and the latest backup.\n`,
  );
  process.exitCode = 1;
});
