import type { Reactions } from '../reactions.ts';
import type { FeedbackEvents } from './feedback-events.ts';

export const feedbackReactions: Reactions<FeedbackEvents> = {};
