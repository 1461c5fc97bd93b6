import { execute, inStep } from '#core/execute.ts';
import { type Accepting, acceptFinding } from '#core/journal/accept-finding.ts';
import type { Judged } from '#core/journal/accepted.ts';
import { type Finding, isOfHead } from '#core/journal/finding.ts';
import type { Actor } from '#core/use-case.ts';
import type { World } from '#core/world.ts';

/**
 * One signature under each of these findings; what was found at one place is signed together. A head has no number of its own, as it moves with the
 * work: its place is 0.
 */
export async function acceptFindings(
  world: World,
  findings: readonly Finding[],
  because: Judged['because'],
  actor: Actor,
): Promise<{ place: string; became: Accepting }[]> {
  const done: { place: string; became: Accepting }[] = [];
  for (const [place, together] of Map.groupBy(findings, placeOf)) {
    const [{ chain, number, fault }] = together as [Finding];
    const lineMarks = [...new Set(together.map(({ mark }) => mark))].sort();
    const at = isOfHead(fault) ? { number: 0, marks: ['head'] } : { number, marks: lineMarks };
    const input = { chain, ...at, because, isOfHead: isOfHead(fault) };
    const key = `accept-finding:${world.newId<string>()}`;
    const outcome = await inStep(world, key, (step) => execute(step, acceptFinding, { actor, input }));
    if (outcome.is === 'refused') throw new Error(`a signature was refused: ${outcome.phrase.key}`);
    done.push({ place, became: outcome.result });
  }
  return done;
}

const placeOf = ({ chain, number, fault }: Finding): string => placeInWords(chain, isOfHead(fault) ? 0 : number);

/** A place of the journal for an operator. */
export const placeInWords = (chain: string, number: number): string =>
  number === 0 ? `${chain}, its head` : `${chain}, number ${number}`;
