import { abilityOf, may } from '../ability.ts';
import { stands } from '../appointments/appointment.ts';
import type { Card, CardView } from '../cards.ts';
import type { Button, Message } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { phrase } from '../phrase.ts';
import { type Feedback, isLow } from './feedback.ts';

/** Five faces for the person; place and score for the coordinator. The words open by "Citesc" only. */
export const feedbackCards = {
  'feedback-ask': askCard,
  'feedback-new': async (id, view) => {
    const feedback = await view.store.feedback.get(id);
    return feedback && (await mayAnswer(feedback, view)) ? feedbackCard(feedback, view) : undefined;
  },
} satisfies Record<string, Card>;

const faces = ['😞', '🙁', '😐', '🙂', '😀'];

async function askCard(appointmentId: string, { store, viewer, isNewest }: CardView): Promise<Message | undefined> {
  const appointment = await store.appointments.get(appointmentId);
  if (appointment?.personId !== viewer.id || (appointment.state !== 'came' && !stands(appointment))) return undefined;
  if (appointment.hasFeedback) return { lines: [phrase('feedback:notice.ask'), phrase('feedback:faceKept')] };
  const row = faces.map(
    (face, index): Button => ({
      label: phrase('general:plain', { text: face }),
      action: 'feedback.face',
      subject: appointmentId,
      value: index + 1,
    }),
  );
  return { lines: [phrase('feedback:notice.ask'), phrase('feedback:scale')], ...(isNewest ? { buttons: [row] } : {}) };
}

const mayAnswer = async (feedback: Feedback, view: CardView): Promise<boolean> =>
  may(abilityOf(await askerFor(view.viewer, view)), 'answer-feedback', feedback);

/** Place and score first, whether somebody waits; never who, never what was said. */
export function feedbackCard(
  feedback: Feedback,
  { settings, isNewest }: Pick<CardView, 'settings' | 'isNewest'>,
): Message {
  const { score, placeCode: place, wantsAnswer, isAnswered } = feedback;
  const low = isLow(feedback, settings);
  const head = low
    ? [phrase('feedback:notice.low', { place }), phrase('feedback:staff.card', { score })]
    : [phrase('coordinator:notice.feedback', { place, score })];
  const state = isAnswered
    ? [phrase('feedback:staff.answered')]
    : wantsAnswer
      ? [phrase('feedback:staff.wantsAnswer')]
      : [];
  return { lines: [...head, ...state], ...(isNewest ? { buttons: [feedbackButtons(feedback)] } : {}), isSilent: !low };
}

/** "Citesc", and "Răspund" while nobody has. */
export function feedbackButtons({ id, version, isAnswered }: Feedback): Button[] {
  const about = { subject: id as string, version, opensForm: true };
  const read: Button = { label: phrase('general:button.read'), action: 'feedback.read', ...about };
  return isAnswered
    ? [read]
    : [read, { label: phrase('coordinator:button.reply'), action: 'feedback.answer', ...about }];
}
