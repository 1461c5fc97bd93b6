export type DutyEvents = {};
