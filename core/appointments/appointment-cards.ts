import type { Card } from '../cards.ts';

export const appointmentCards = {} satisfies Record<string, Card>;
