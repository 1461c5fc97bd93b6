import { presentFor } from '../people/contact.ts';
import { phrase } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import { addDays, nextQuietEnd, startOfDay } from '../time.ts';
import type { Feedback } from './feedback.ts';
import type { FeedbackEvents } from './feedback-events.ts';
import { authorOf } from './return-address.ts';

/**
 * A low score is told at once, others in a quiet card; the person hears back in a message that leads nowhere without its seal.
 * What follows from an anonymous one tells the day only: an instant would lead to the person who acted at that instant.
 */
export const feedbackReactions: Reactions<FeedbackEvents> = {
  'feedback.given': async ({ feedbackId, isLow }, deps) => {
    const feedback = await deps.store.feedback.must(feedbackId);
    return [forgetLater(feedbackId, deps), ...(await toStaff(feedback, isLow, deps))];
  },
  'feedback.added': async (event, deps) => {
    const { personId, said } = await deps.store.feedback.must(event.feedbackId);
    const files = personId ? [] : (said?.files ?? []);
    return [...(await changed(event, deps)), ...files.map((id) => fetchOfDay(id, deps))];
  },
  'feedback.answered': async (event, deps) => {
    const personId = await authorOf(await deps.store.feedback.must(event.feedbackId), deps);
    return [
      ...(await changed(event, deps)),
      { ...forgetLater(event.feedbackId, deps), isOfDay: true },
      ...(personId ? [answerFor(personId, event.feedbackId)] : []),
    ];
  },
  'feedback.read': () => [],
  'feedback.address-forgotten': () => [],
};

/** The timer of a voice is set anew: when it was set is when it was spoken. */
const fetchOfDay = (fileId: string, { now }: ReactionDeps): Reaction => ({
  do: 'timer',
  key: `file-${fileId}`,
  kind: 'fetch-file',
  subject: fileId,
  at: startOfDay(now),
  isOfDay: true,
});

const forgetLater = (feedbackId: string, { now, settings }: ReactionDeps): Extract<Reaction, { do: 'timer' }> => ({
  do: 'timer',
  key: `return-address-${feedbackId}`,
  kind: 'forget-return-address',
  subject: feedbackId,
  at: addDays(now, settings.feedback.returnAddressDays),
});

async function toStaff({ id, coordinatorId }: Feedback, isLow: boolean, deps: ReactionDeps): Promise<Reaction[]> {
  const coordinator = await presentFor(coordinatorId, deps);
  if (!coordinator) return [];
  const at = isLow ? deps.now : nextQuietEnd(deps.now, deps.settings.quietHours);
  return [
    { do: 'tell', to: coordinator.id, card: 'feedback-new', subject: id, lane: isLow ? 'waiting' : 'routine', at },
    { do: 'home', of: coordinator.id },
  ];
}

async function changed({ feedbackId }: { feedbackId: string }, deps: ReactionDeps): Promise<Reaction[]> {
  const coordinator = await presentFor((await deps.store.feedback.must(feedbackId)).coordinatorId, deps);
  return [
    { do: 'refresh', subject: feedbackId, isOfDay: true },
    ...(coordinator ? [{ do: 'home' as const, of: coordinator.id }] : []),
  ];
}

/** Not a card: a row of the outbox holds the subject of a card in clear, beside the person. */
const answerFor = (to: Feedback['coordinatorId'], feedbackId: string): Reaction => ({
  do: 'tell',
  to,
  lane: 'waiting',
  isOfDay: true,
  message: {
    lines: [phrase('feedback:notice.answer')],
    buttons: [[{ label: phrase('general:button.read'), action: 'feedback.read', subject: feedbackId }]],
  },
});
