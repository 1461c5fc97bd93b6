import type { Card } from '../cards.ts';

export const peopleCards = {} satisfies Record<string, Card>;
