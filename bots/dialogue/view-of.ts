import type { CardView } from '#core/cards.ts';
import type { Person } from '#core/people/person.ts';
import type { Turn } from './turn.ts';

/** A card as whoever asks sees it now, in the chat they ask from. */
export const viewOf = (turn: Turn, viewer: Person): CardView => ({
  ...turn,
  viewer,
  isNewest: true,
  channel: turn.incoming.channel,
});
