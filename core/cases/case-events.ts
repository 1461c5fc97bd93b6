export type CaseEvents = {
  /** Somebody opened the card of a case: a reading line [GUIDE]. */
  'case.read': { stage: string };
};
