export type FeedbackEvents = {};
