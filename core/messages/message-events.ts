export type MessageEvents = {};
