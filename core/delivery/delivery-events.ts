/** What a person decides about messages to them. */
export type DeliveryEvents = {
  /** What a digest stood for goes out after all. */
  'digest.unfolded': { digestId: string; count: number };
};
