import type { ErasureId, PersonId } from '../id.ts';

type About = { erasureId: ErasureId; personId: PersonId };

/** The way of an erasure: asked, answered, done. */
export type ErasureEvents = {
  'erasure.asked': About;
  'erasure.approved': About & { keys: number };
  'erasure.declined': About;
  /** The keys are destroyed. */
  'erasure.done': About;
  /** Done again after a restore, from the list outside the database. */
  'erasure.repeated': { personId: PersonId };
};
