import type { Card } from '../cards.ts';

export const feedbackCards = {} satisfies Record<string, Card>;
