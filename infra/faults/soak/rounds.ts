import { type Chance, chanceOf } from '../rig/seed.ts';
import type { OwnServers } from '../rig/servers.ts';
import { anyFaults } from '../scenarios/any-faults.ts';
import { cutReplies, unknownCommits } from '../scenarios/cut-lines.ts';
import { dangers, stepDowns, troubles } from '../scenarios/danger.ts';
import { flood } from '../scenarios/flood.ts';
import { hostJumps } from '../scenarios/host-clock.ts';
import { killedAfterAccept } from '../scenarios/kill.ts';
import { manyKills } from '../scenarios/many-kills.ts';
import { plantedEverywhere } from '../scenarios/planted.ts';
import { awayRedis, flushedTimers, fullRedis, lostSecond } from '../scenarios/redis.ts';
import { poisoned, shuffledUpdates } from '../scenarios/same-again.ts';
import { addVerdict, type Tally } from './tally.ts';

type Round = (servers: OwnServers, chance: Chance, tally: Tally) => Promise<void>;

/** The scenarios of `npm run faults` in portions that fit a minute, so that a short soak meets all of them. */
export const rounds: Record<string, Round> = {
  async 'any faults'(servers, chance, tally) {
    addVerdict(tally, await anyFaults(servers, chance));
    tally.seeds += 1;
  },
  async 'dangers, nothing wrong'(servers, _, tally) {
    const { saw, ...verdict } = await dangers(servers, 30);
    addVerdict(tally, verdict);
    tally.quiet.push(...saw);
  },
  async flood(servers, _, tally) {
    const { saw, told, ...verdict } = await flood(servers, { inDanger: 15, words: 300, dangerEvery: 10, seconds: 12 });
    if (told !== saw.length) throw new Error(`of ${saw.length} dangers ${told} are in an alert`);
    addVerdict(tally, verdict);
    tally.flooded.push(...saw);
    tally.floods += 1;
  },
  async 'many kills'(servers, chance, tally) {
    const run = await manyKills(servers, chance, 200, 4);
    addVerdict(tally, run);
    tally.items += run.items;
    tally.kills += run.kills;
  },
  async 'dangers, a step-down'(servers, _, tally) {
    const { saw, ...verdict } = await dangers(servers, 20, { trouble: troubles.stepDown });
    addVerdict(tally, verdict);
    tally.troubled.push(...saw);
    tally.stepDowns += 1;
  },
  async 'cut replies'(servers, _, tally) {
    addVerdict(tally, await cutReplies(servers, 100));
    tally.cutReplies += 100;
  },
  async 'dangers, Redis off'(servers, _, tally) {
    const { saw, ...verdict } = await dangers(servers, 30, { trouble: troubles.redisOff, perSecond: 3 });
    addVerdict(tally, verdict);
    tally.troubled.push(...saw);
  },
  async 'timers through FLUSHALL'(servers, _, tally) {
    const { fired, doubled, worstMs } = await flushedTimers(servers, 300);
    if (fired !== 300 || doubled !== 0 || worstMs > 60_000)
      throw new Error(`of 300 timers ${fired} fired, ${doubled} twice, the last after ${worstMs} ms`);
    tally.timers += fired;
    tally.timersWorstMs = Math.max(tally.timersWorstMs, worstMs);
  },
  async 'Redis away'(servers, _, tally) {
    const { afterMs } = await awayRedis(servers, 20_000);
    if (afterMs > 3000) throw new Error(`work went on ${afterMs} ms after Redis was back`);
    tally.redisAway += 1;
    tally.redisBackWorstMs = Math.max(tally.redisBackWorstMs, afterMs);
  },
  async 'step-downs'(servers, _, tally) {
    addVerdict(tally, await stepDowns(servers, 100, 2));
    tally.stepDowns += 2;
  },
  'killed after accept': async (servers, _, tally) => addVerdict(tally, await killedAfterAccept(servers)),
  'a full Redis': async (servers) => {
    const worst = await fullRedis(servers, 5);
    if (worst > 5000) throw new Error(`a danger took ${worst} ms`);
  },
  'a lost second of Redis': async (servers, _, tally) => addVerdict(tally, await lostSecond(servers, 20)),
  'unknown commits': async (servers, _, tally) => addVerdict(tally, await unknownCommits(servers, 10)),
  poison: async (servers, chance, tally) => addVerdict(tally, await poisoned(servers, chance, 200)),
  shuffled: (servers, chance) => shuffledUpdates(servers, chance, 200),
  async 'a host that jumps'(servers, _, tally) {
    tally.lateness.push(...(await hostJumps(servers)));
  },
  async canaries(servers) {
    const { leaks } = await plantedEverywhere(servers);
    if (leaks.length > 0) throw new Error(leaks.map(({ where, canary }) => `${canary} in ${where}`).join(', '));
  },
};

/** Runs rounds in turn with seeds that follow from the first, until the time is over. */
export async function soak(
  servers: OwnServers,
  tally: Tally,
  { until, firstSeed, say }: { until: number; firstSeed: number; say: (line: string) => void },
): Promise<void> {
  const names = Object.keys(rounds);
  for (let count = 0; performance.now() < until; count++) {
    /** Every second one is a random schedule: their number is what finds the rare. */
    const name = count % 2 ? 'any faults' : (names[(count / 2) % names.length] ?? '');
    const seed = firstSeed + count;
    const began = performance.now();
    const fault = await (rounds[name] as Round)(servers, chanceOf(seed), tally).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    tally.scenarios += 1;
    if (fault) tally.violations.push({ name, seed, says: fault });
    say(
      `${fault ? 'FAIL' : 'pass'}  ${name}, seed ${seed} (${((performance.now() - began) / 1000).toFixed(1)} s)${fault ? `\n      ${fault}` : ''}`,
    );
  }
}
