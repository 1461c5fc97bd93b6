import { z } from 'zod';
import { defineUseCase, unchanged } from '../use-case.ts';
import type { Office } from './office-store.ts';

/** What a start knows of the office from its configuration and its chats; said at each start, written only when it changed. */
export const introduceOffice = defineUseCase({
  name: 'introduce-office',
  input: z.object({
    name: z.string().optional(),
    phone: z.string().optional(),
    hours: z.string().optional(),
    controller: z.string().optional(),
    controllerContact: z.string().optional(),
    telegramBot: z.string().optional(),
    hasTelegram: z.boolean(),
    hasSlack: z.boolean(),
    hasPhoneAlarm: z.boolean(),
  }),
  subject: () => ({ id: 'office' }),

  async run(said, { store }) {
    const office = await store.office.get();
    const fields = Object.entries(said).filter(([field, value]) => office[field as keyof Office] !== value);
    if (fields.length === 0) return unchanged(undefined);
    await store.office.put({ ...office, ...Object.fromEntries(fields) });
    return {
      events: [
        { type: 'office.introduced', about: { kind: 'office', id: 'office' }, fields: fields.map(([field]) => field) },
      ],
      result: undefined,
    };
  },
});
