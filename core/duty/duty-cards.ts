import type { Card } from '../cards.ts';

export const dutyCards = {} satisfies Record<string, Card>;
