export type NoteEvents = {};
