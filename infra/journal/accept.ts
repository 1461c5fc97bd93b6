import { execute, inStep } from '#core/execute.ts';
import { type Accepting, acceptFinding } from '#core/journal/accept-finding.ts';
import type { Judged } from '#core/journal/accepted.ts';
import { type Finding, isOfHead } from '#core/journal/finding.ts';
import type { Actor } from '#core/use-case.ts';
import type { World } from '#core/world.ts';

/** One signature under each of these findings; what was found at one place is signed together. */
export async function acceptFindings(
  world: World,
  findings: readonly Finding[],
  because: Judged['because'],
  actor: Actor,
): Promise<{ place: string; became: Accepting }[]> {
  const done: { place: string; became: Accepting }[] = [];
  for (const [place, together] of Map.groupBy(findings, ({ chain, number }) => `${chain}, number ${number}`)) {
    const [{ chain, number }] = together as [Finding];
    const marks = [...new Set(together.map(({ mark }) => mark))].sort();
    const input = { chain, number, marks, because, isOfHead: together.some(({ fault }) => isOfHead(fault)) };
    const key = `accept-finding:${world.newId<string>()}`;
    const outcome = await inStep(world, key, (step) => execute(step, acceptFinding, { actor, input }));
    if (outcome.is === 'refused') throw new Error(`a signature was refused: ${outcome.phrase.key}`);
    done.push({ place, became: outcome.result });
  }
  return done;
}
