import type { Hold } from './hold.ts';

/** What happens to the office as a whole. */
export type OfficeEvents = {
  /** A start found another name, phone, or chat than the last one. */
  'office.introduced': { fields: string[] };
  /** Nothing is worked on from now on, until two people release it. */
  'office.held': { why: Hold['why'] };
  /** What had to be done before a release has been done. */
  'office.prepared': { counts: Record<string, number> };
  'office.holdSigned': object;
  'office.released': { why: Hold['why']; counts: Record<string, number>; lostSince?: string };
  /** A new epoch of the office: older buttons do nothing. */
  'office.buttonsVoided': object;
};
