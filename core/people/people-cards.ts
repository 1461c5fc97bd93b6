import type { Card } from '../cards.ts';
import { invitationCards } from '../invitations/invitation-cards.ts';

export const peopleCards = { ...invitationCards } satisfies Record<string, Card>;
