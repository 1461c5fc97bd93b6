import { z } from 'zod';
import { defineUseCase } from '../use-case.ts';

/** Every button in every chat is void from now on: a token leaked, or a phone with many chats is gone. Each press then shows how things stand. */
export const voidButtons = defineUseCase({
  name: 'void-buttons',
  input: z.object({}),
  subject: () => ({ id: 'office' }),

  async run(_input, { store }) {
    const office = await store.office.get();
    await store.office.put({ ...office, epoch: (office.epoch ?? 0) + 1 });
    return { events: [{ type: 'office.buttonsVoided', about: { kind: 'office', id: 'office' } }], result: undefined };
  },
});
