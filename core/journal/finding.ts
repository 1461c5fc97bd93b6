/** What can be wrong with a chain. */
export type Fault =
  | 'no chain'
  | 'altered'
  | 'moved'
  | 'missing'
  | 'repeated'
  | 'cut'
  | 'head missing'
  | 'head forged'
  | 'head behind'
  | 'anchor altered'
  | 'anchors cut'
  | 'not as anchored';

/**
 * One thing that does not verify: which chain, which line of it, and the last instant at which all was still well. `mark`: what lies there now (a
 * digest of the line, or how far the gap goes), so that another change at the same place is another finding.
 */
export type Finding = { fault: Fault; chain: string; number: number; mark: string; since?: Date | undefined };

/** Where the lines are named that stand in no chain. */
export const noChain = 'no-chain';

/** The head of a chain changes with each line: nothing of it can be left as it was found. */
export const isOfHead = (fault: Fault): boolean => fault.startsWith('head ');

/** From the number of the finding on nothing is there up to this one. */
export const gapUntil = (number: number): string => `gap ${number}`;

/** What is said of each fault; where something is missing, the number of the finding is the first that is not there. */
const words: Record<Fault, string> = {
  'no chain': 'a line stands in no chain: it was not written by the program, and not there when the chain began',
  altered: 'the line was altered',
  moved: 'the line does not follow the one before it',
  missing: 'the line is missing',
  repeated: 'the number is there twice',
  cut: 'the end of the chain is missing from this line on',
  'head missing': 'the head of the chain is missing',
  'head forged': 'the head of the chain was altered',
  'head behind': 'the head of the chain was set back before this line',
  'anchor altered': 'the anchor file was altered in this record',
  'anchors cut': 'the end of the anchor file is missing from this record on',
  'not as anchored': 'the line is not the one that the anchor file knows',
};

/** A finding in words for an operator: ids and numbers only. */
export function told({ fault, chain, number, since }: Finding): string {
  return `${chain}, number ${number}: ${words[fault]}${since ? `; all was well until ${since.toISOString()}` : ''}`;
}
