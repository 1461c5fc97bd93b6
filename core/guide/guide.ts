import guide from './guide.json' with { type: 'json' };

/** A sensitive situation: what the technician does, what the coordinator does, what is never done. Romanian, as the guide has it. */
export type Situation = { id: string; title: string; technician: string[]; coordinator: string[]; never: string[] };

/** The checklist to look at on the spot before deciding [GUIDE annex 3]. */
export const situations: readonly Situation[] = guide.situations;
