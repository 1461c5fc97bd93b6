import type { Card } from '../cards.ts';

export const messageCards = {} satisfies Record<string, Card>;
