import { z } from 'zod';
import { PersonId } from '../id.ts';
import { languages } from '../phrase.ts';
import { channels } from '../roles.ts';
import type { Level } from '../settings.ts';
import type { Store } from '../store.ts';
import { defineUseCase } from '../use-case.ts';
import { type Alert, levels } from './alert.ts';
import { addTo, openAlert } from './open-alert.ts';
import { Observed } from './raise-alert.ts';

/**
 * A person in danger, or who wants to be called: raises an alert on themselves, on file or not. Another word while one is open adds to it,
 * but what is graver gets an alert of its own level (`delivery.md` 5).
 */
export const askForHelp = defineUseCase({
  name: 'ask-for-help',
  input: z.object({
    personId: PersonId.optional(),
    level: z.enum(levels),
    origin: z.enum(['help', 'callMe']),
    observed: Observed,
    account: z
      .object({ channel: z.enum(channels), key: z.string(), address: z.string(), language: z.enum(languages) })
      .optional(),
  }),

  async subject({ personId }, { store }) {
    if (!personId) return { id: undefined, role: 'stranger' };
    return store.people.get(personId);
  },

  async run({ personId, level, origin, observed, account }, deps) {
    const { store } = deps;
    const person = personId ? await store.people.must(personId) : undefined;
    const known = person ? await store.cases.ofPerson(person.id) : undefined;
    const open = joins(level, await openOf(person?.id, account, store));
    if (open) return addTo(open, observed, deps);

    return openAlert(
      {
        level,
        origin,
        caseId: known?.id,
        personId: person?.id,
        coordinatorId: known?.coordinatorId ?? person?.coordinatorId,
        placeCode: known?.placeCode ?? person?.placeCode ?? '—',
        ...(person ? {} : { strangerAccount: account }),
        observed,
      },
      deps,
    );
  },
});

async function openOf(
  personId: PersonId | undefined,
  account: Pick<NonNullable<Alert['strangerAccount']>, 'channel' | 'key'> | undefined,
  { alerts }: Store,
): Promise<Alert[]> {
  if (personId) return alerts.openOfPerson(personId);
  return account ? alerts.openOfStranger(account) : [];
}

/** The open alert that these words join: of the same level, or of a graver one. */
const joins = (level: Level, open: Alert[]): Alert | undefined =>
  open.find((alert) => alert.level === level) ??
  open.find((alert) => levels.indexOf(alert.level) < levels.indexOf(level));
