import { z } from 'zod';
import { AlertId, CaseId, FileId, PersonId } from '../id.ts';
import type { Level, Settings } from '../settings.ts';
import { addMinutes } from '../time.ts';

/** The three dangers, the most pressing first [GUIDE]. */
export const levels = ['life', 'abuse', 'urgent'] as const satisfies readonly Level[];

/** Rings of the climb, narrow to wide (`delivery.md` 5). */
export const rings = ['coordinator', 'duty', 'supervisor', 'all'] as const;
export type Ring = (typeof rings)[number];

/** What was seen or heard, verbatim; opinion is not asked in an alert [GUIDE]. */
export const Observation = z.object({
  by: PersonId.optional(),
  at: z.date(),
  words: z.string(),
  files: z.array(FileId),
});

const fields = z.object({
  id: AlertId,
  version: z.number().int(),
  /** For example A-147: what notifications may show. */
  number: z.string(),
  level: z.enum(levels),
  /** `report`: staff saw it. `help`: the person's own danger word or button. `callMe`: asks to be called. */
  origin: z.enum(['report', 'help', 'callMe']),
  caseId: CaseId.optional(),
  /** Whom it concerns, when on file. */
  personId: PersonId.optional(),
  coordinatorId: PersonId.optional(),
  placeCode: z.string(),
  raisedBy: PersonId.optional(),
  /** The account of a stranger who asked for help, so that the answer finds them. */
  strangerAccount: z
    .object({
      channel: z.enum(['telegram', 'slack']),
      key: z.string(),
      address: z.string(),
      language: z.enum(['uk', 'ro', 'en']),
    })
    .optional(),
  raisedAt: z.date(),
  observed: z.array(Observation),
  state: z.enum(['open', 'taken', 'asked', 'closed']),
  ownerId: PersonId.optional(),
  takenAt: z.date().optional(),
  /** Decisions and steps the owner noted, in order. */
  steps: z.array(z.object({ by: PersonId, at: z.date(), words: z.string() })),
  handOverTo: PersonId.optional(),
  /** How far the climb is: index of the last step done, and the instant from which the ladder counts. */
  step: z.number().int(),
  ring: z.enum(rings),
  climbFrom: z.date(),
  /** When the next thing happens by itself; an alert that is not closed always has one. */
  nextStepAt: z.date().optional(),
  toldIds: z.array(PersonId),
  told: z.array(z.object({ personId: PersonId, at: z.date(), ring: z.enum(rings) })),
  hasPhoneAlarm: z.boolean(),
  closedAt: z.date().optional(),
});

/** An urgent alert. The store refuses one that is not closed and has no next step: it would go silent. */
export const Alert = fields.refine(
  (alert) => alert.state === 'closed' || alert.nextStepAt !== undefined,
  'an alert that is not closed needs nextStepAt',
);
export type Alert = z.infer<typeof fields>;

type Rung = { ring: Ring; afterMinutes: number };

/** The steps of the climb for a level: which ring, how many minutes after raising [GUIDE]. The last one repeats. */
export function ladder(level: Level, settings: Settings): Rung[] {
  const { dutyMinutes, supervisorMinutes, ringMinutes } = settings.escalation[level];
  const rungs: Rung[] = [
    { ring: 'coordinator', afterMinutes: 0 },
    { ring: 'duty', afterMinutes: dutyMinutes },
    { ring: 'supervisor', afterMinutes: supervisorMinutes },
    { ring: 'all', afterMinutes: ringMinutes },
  ];
  return ringMinutes > supervisorMinutes ? rungs : rungs.filter(({ ring }) => ring !== 'supervisor');
}

/** Ring of step `step` (0 = first), and minutes from the start of the climb at which it is due. */
export function rung(level: Level, step: number, settings: Settings): Rung {
  const rungs = ladder(level, settings);
  const last = rungs[rungs.length - 1] as Rung;
  const repeats = Math.max(0, step - rungs.length + 1);
  return (
    rungs[step] ?? {
      ring: last.ring,
      afterMinutes: last.afterMinutes + repeats * settings.escalation[level].repeatMinutes,
    }
  );
}

/** From when on the outside phone alarm is called; never for "other urgent" (`delivery.md` 5). */
export function phoneAlarmAt(
  { level, raisedAt }: Pick<Alert, 'level' | 'raisedAt'>,
  settings: Settings,
): Date | undefined {
  const after = settings.escalation[level].phoneAlarmMinutes;
  return after === null ? undefined : addMinutes(raisedAt, after);
}
