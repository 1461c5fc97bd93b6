import { abilityOf, filterFor } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { phrase } from '../phrase.ts';
import { type Feedback, isLow } from './feedback.ts';
import { feedbackButtons } from './feedback-cards.ts';

/** Opinions that wait for a human: a low score, or the wish for an answer, nobody has answered yet. */
export async function feedbackSection(view: CardView): Promise<Section | undefined> {
  if (view.viewer.role !== 'coordinator') return undefined;
  const waiting = await view.store.feedback.waiting(await feedbackOf(view), view.settings.feedback.lowScore);
  if (waiting.length === 0) return undefined;
  return {
    title: phrase('home:section.feedback'),
    count: waiting.length,
    items: waiting.slice(0, 5).map((feedback) => feedbackItem(feedback, view)),
    open: { label: phrase('feedback:wide.all'), action: 'feedback.list' },
  };
}

/** Which opinions this person may see. */
export const feedbackOf = async (view: CardView) =>
  filterFor(abilityOf(await askerFor(view.viewer, view)), 'list-feedback');

/** One opinion in a list: place, score, whether somebody waits. */
export function feedbackItem(feedback: Feedback, { settings }: Pick<CardView, 'settings'>): SectionItem {
  const { placeCode: place, score, wantsAnswer, isAnswered } = feedback;
  const waits = wantsAnswer && !isAnswered ? [phrase('feedback:staff.wantsAnswer')] : [];
  return {
    lines: [phrase('feedback:staff.row', { place, score, month: feedback.month }), ...waits],
    tone: isLow(feedback, settings) && !isAnswered ? 'amber' : 'grey',
    buttons: feedbackButtons(feedback),
  };
}
