import { parseArgs } from 'node:util';
import { acceptedIn, causes, type Judged, notAccepted } from '#core/journal/accepted.ts';
import { type Finding, told } from '#core/journal/finding.ts';
import type { World } from '#core/world.ts';
import { acceptFindings, placeInWords } from '../journal/accept.ts';
import { anchorPlaces } from '../journal/anchor.ts';
import { keepFindings } from '../journal/findings.ts';
import type { BeforeChain } from '../journal/prove-anchors.ts';
import { verifyJournal } from '../journal/verify.ts';
import { administratorNamed, administratorUsage } from './administrator.ts';
import { type OfficeCommand, onOffice, Unusable } from './office-command.ts';

const usage = `
  npm run verify-journal                                proves all chains and all anchor files
  npm run verify-journal -- --accept <chain>[#<number>] --because <cause> --as <admin>
                                                        one signature under what was found there and looked into; a second one of
                                                        another administrator accepts it: /ready is green, and it is still told here

  <cause>  ${causes.join(', ')}
${administratorUsage}
`;

const inWords = {
  signed: 'signed; it is accepted with the signature of another administrator',
  'signed before': 'this administrator has signed before; another one has to',
  accepted: 'accepted',
  'accepted before': 'accepted before',
};

/** So many lines are read at once; the memory does not grow with the journal. */
const sliceLines = 2000;

/** `npm run verify-journal`: walks all chains and all anchor files; says what does not verify, and ends with 1 if anything does not that nobody has accepted. */
await onOffice('verify-journal', async (command) => {
  const { accept, because, as } = wishes();
  if (accept) await signFor(command, accept, because, as);
  const { findings, lines, before } = await walk(command);
  const { journal } = command.world.store;
  const accepted = await acceptedIn(journal);
  const open = notAccepted(findings, accepted);
  if (accept) await keepFindings(command.connection, open, true);

  for (const finding of open) console.error(`  ${told(finding)}`);
  for (const one of accepted) console.log(`  ${acceptedInWords(one)}`);
  if (before) console.log(`  ${beforeInWords(before)}`);
  const chains = await journal.heads.estimatedDocumentCount();
  console.log(
    `\n${lines} lines and anchors in ${chains} chains were proved; anchors: ${command.config.anchorFolders.join(', ')}`,
  );
  if (open.length === 0)
    return console.log(
      accepted.length > 0 ? 'The journal verifies, but for what was accepted.\n' : 'The journal verifies.\n',
    );
  console.error(
    `\nTHE JOURNAL DOES NOT VERIFY: ${open.length} findings. Do not restart or repair anything; keep the anchor files and the latest backup.\n`,
  );
  process.exitCode = 1;
});

type Wishes = { accept: string | undefined; because: Judged['because']; as: string };

function wishes(): Wishes {
  try {
    const options = { accept: { type: 'string' }, because: { type: 'string' }, as: { type: 'string' } } as const;
    const { accept, as = '', because: said } = parseArgs({ options }).values;
    const because = causes.find((one) => one === said);
    if (accept && (!because || !as)) throw new Unusable(usage);
    return { accept, because: because ?? 'bug', as };
  } catch {
    throw new Unusable(usage);
  }
}

async function walk({ world, connection, config }: OfficeCommand) {
  const places = anchorPlaces(config.anchorFolders);
  const findings: Finding[] = [];
  let lines = 0;
  let before: BeforeChain | undefined;
  for await (const step of verifyJournal({ world, connection }, { places, sliceLines })) {
    lines += step.lines;
    findings.push(...step.findings);
    if (step.before?.lines) before = step.before;
  }
  return { findings, lines, before };
}

/** What was found at this place, as it is now; without a number all that was found in this chain. */
async function signFor(command: OfficeCommand, accept: string, because: Judged['because'], as: string): Promise<void> {
  const actor = await administratorNamed(command.world, as);
  const [chain, number] = accept.split('#');
  const { findings } = await walk(command);
  const open = await stillOpen(findings, command.world);
  const here = open.filter((one) => one.chain === chain && (number === undefined || one.number === Number(number)));
  if (here.length === 0) throw new Unusable(`Nothing was found in ${accept} that waits to be accepted.`);
  for (const { place, became } of await acceptFindings(command.world, here, because, actor))
    console.log(`  ${place}: ${inWords[became]}`);
}

async function stillOpen(findings: Finding[], { store }: World): Promise<Finding[]> {
  return notAccepted(findings, await acceptedIn(store.journal));
}

function acceptedInWords({ chain, number, because, at }: Judged & { at: Date }): string {
  return `${placeInWords(chain, number)}: accepted by two administrators on ${day(at)} (${because})`;
}

function beforeInWords({ lines, begunAt }: BeforeChain): string {
  const noted = begunAt ? `; noted on ${day(begunAt)}` : '';
  return `${lines} lines are from before the chain, which begins with line ${lines + 1} of the journal${noted}`;
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
