import type { Card } from '../cards.ts';

export const noteCards = {} satisfies Record<string, Card>;
