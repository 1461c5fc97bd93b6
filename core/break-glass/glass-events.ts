import type { GlassId, PersonId } from '../id.ts';
import type { UseCaseName } from '../permissions.ts';
import type { Verdict } from './broken-glass.ts';

/** What happens to an urgent access to a foreign case. */
export type GlassEvents = {
  /** `people`: who is told now and may review it. */
  'glass.broken': { glassId: GlassId; until: string; people: PersonId[] };
  /** A reviewer opened the reason: a reading line. */
  'glass.read': { glassId: GlassId };
  'glass.reviewed': { glassId: GlassId; verdict: Verdict };
  'glass.reminded': { glassId: GlassId; people: PersonId[] };
  /** Its hour is over: what it showed leaves the chat. */
  'glass.ended': { glassId: GlassId };
  /** Somebody of the office wanted to read what belongs to a foreign case, and was refused. */
  'case.denied': { asked: UseCaseName; by: PersonId };
};
