import type { Connection } from 'mongoose';
import { z } from 'zod';
import { openCollection } from '../collection.ts';
import { PersonId } from '../id.ts';
import type { Seal } from '../seal.ts';
import { type Settings, settingsWith } from '../settings.ts';
import { Hold } from './hold.ts';

/** What an office says about itself in the database: last resort, the settings it has changed, and how it is reached. */
export const Office = z.object({
  id: z.literal('office'),
  version: z.number().int(),
  lastResort: z.array(PersonId),
  settings: z.record(z.string(), z.unknown()),
  name: z.string().optional(),
  phone: z.string().optional(),
  /** Rises when all buttons are voided: it stands in the MAC of each. */
  epoch: z.number().int().optional(),
  /** Opening hours in words. */
  hours: z.string().optional(),
  /** Who answers for the data of people, and how they are reached. */
  controller: z.string().optional(),
  controllerContact: z.string().optional(),
  /** The bot's user name, without @; links of invitations need it. */
  telegramBot: z.string().optional(),
  /** What is connected, as the last start found it. */
  hasTelegram: z.boolean().optional(),
  hasSlack: z.boolean().optional(),
  hasPhoneAlarm: z.boolean().optional(),
  /** Nothing is worked on while it is there. */
  hold: Hold.optional(),
  /** Why it is in hold, in the words of whoever put it there. */
  holdReason: z.string().optional(),
});
export type Office = z.infer<typeof Office>;

/** The one document of the office. Without a last resort the system is in its set-up state (`delivery.md` 5). */
export function officeStore(connection: Connection, seal: Seal) {
  const offices = openCollection<Office>(
    {
      name: 'office',
      type: Office,
      classes: {
        lastResort: 'open',
        settings: 'open',
        name: 'open',
        phone: 'open',
        epoch: 'open',
        hours: 'open',
        controller: 'open',
        controllerContact: 'open',
        telegramBot: 'open',
        hasTelegram: 'open',
        hasSlack: 'open',
        hasPhoneAlarm: 'open',
        hold: 'open',
        holdReason: 'personal',
      },
      keyOf: () => 'office',
    },
    connection,
    seal,
  );
  const get = async (): Promise<Office> =>
    (await offices.get('office')) ?? { id: 'office', version: -1, lastResort: [], settings: {} };
  return {
    ...offices,
    get,
    async put(office: Office): Promise<void> {
      if (office.version < 0) await offices.insert({ ...office, version: 0 });
      else await offices.save(office);
    },
    async settings(): Promise<Settings> {
      return settingsWith((await get()).settings);
    },
  };
}
