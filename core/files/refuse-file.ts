import { z } from 'zod';
import { FileId } from '../id.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { fileFaults } from './kept-file.ts';

/** A file that somebody sent is not kept; the words it came with are. Who sent it is told why, once for what came together (`isTold`). */
export const refuseFile = defineUseCase({
  name: 'refuse-file',
  input: z.object({ fileId: FileId, why: z.enum(fileFaults), isTold: z.boolean() }),
  subject: () => ({ id: 'office' }),

  async run({ fileId, why, isTold }, { store }) {
    const file = await store.files.get(fileId);
    if (!file) throw new Refusal(phrase('refusals:gone'));
    if (file.state !== 'known') return unchanged(undefined);
    await store.files.save({ ...file, state: 'refused', why });
    return {
      events: [{ type: 'file.refused', about: { kind: 'file', id: fileId }, fileId, why, isTold }],
      result: undefined,
    };
  },
});
