import type { Reactions } from '../reactions.ts';
import type { DeliveryEvents } from './delivery-events.ts';

/** The rows themselves go out again: nothing else follows. */
export const deliveryReactions: Reactions<DeliveryEvents> = {
  'digest.unfolded': () => [],
};
