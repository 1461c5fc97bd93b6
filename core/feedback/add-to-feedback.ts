import { z } from 'zod';
import { FeedbackId, type FileId, type PersonId } from '../id.ts';
import { startOfDay } from '../time.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { aboutFeedback, type Feedback, Said } from './feedback.ts';
import { feedbackSubject } from './return-address.ts';

/** The sentence, whether the name may be shown, whether a human shall answer: each as the person says it, all of them optional. */
export const addToFeedback = defineUseCase({
  name: 'add-to-feedback',
  input: z.object({
    feedbackId: FeedbackId,
    said: Said.optional(),
    showName: z.boolean().optional(),
    wantsAnswer: z.boolean().optional(),
  }),
  subject: ({ feedbackId }, deps) => feedbackSubject(feedbackId, deps),

  async run({ feedbackId, said, showName, wantsAnswer }, { store, actor }): Promise<Done<Feedback>> {
    const { personId, ...feedback } = await store.feedback.must(feedbackId);
    const author = showName === undefined ? personId : showName ? (actor.id as PersonId) : undefined;
    const hasWords = said !== undefined && (said.words.trim() !== '' || said.files.length > 0);
    if (!hasWords && author === personId && wantsAnswer === undefined)
      return unchanged({ ...feedback, ...(personId ? { personId } : {}) });

    if (hasWords) await takeSenderOff(said.files, store);
    const added = await store.feedback.save({
      ...feedback,
      ...(author ? { personId: author } : {}),
      ...(hasWords ? { said } : {}),
      wantsAnswer: wantsAnswer ?? feedback.wantsAnswer,
    });
    return { events: [{ type: 'feedback.added', ...aboutFeedback(added) }], result: added };
  },
});

/** A voice or a photo of an opinion says neither from whom it came nor when. */
async function takeSenderOff(files: FileId[], store: Deps['store']): Promise<void> {
  for (const id of files) {
    const file = await store.files.get(id);
    if (!file?.from) continue;
    const { from: _, ...rest } = file;
    await store.files.save({ ...rest, receivedAt: startOfDay(rest.receivedAt) });
  }
}
