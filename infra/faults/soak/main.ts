import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ownServers } from '../rig/servers.ts';
import { soak } from './rounds.ts';
import { emptyTally, passedLimits, tableOf } from './tally.ts';

/** `npm run soak -- --minutes 30 [--seed 7]`: the scenarios of the fault rig with random seeds, for so long. Ends with 1 if anything was violated. */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const firstSeed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(firstSeed)) {
  console.error('Say for how long: npm run soak -- --minutes 30');
  process.exit(2);
}
const servers = await ownServers();
const tally = emptyTally();
try {
  await soak(servers, tally, { until: performance.now() + minutes * 60_000, firstSeed, say: console.log });
} finally {
  await servers.stop();
}
console.log(`\n${tableOf(tally)}\n`);
console.log(
  `${tally.scenarios} scenarios from seed ${firstSeed}, ${tally.posts} posts, ${tally.violations.length} violations`,
);
for (const { name, seed, says } of tally.violations) console.log(`  ${name}, seed ${seed}: ${says.split('\n')[0]}`);
const limits = passedLimits(tally);
for (const limit of limits) console.log(`  passed a limit: ${limit}`);
process.exit(tally.violations.length + limits.length > 0 ? 1 : 0);
