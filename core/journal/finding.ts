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

/** One thing that does not verify: which chain, which line of it, and the last instant at which all was still well. */
export type Finding = { fault: Fault; chain: string; number: number; since?: Date | undefined };
