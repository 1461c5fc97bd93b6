import type { AlertEvents } from './alerts/alert-events.ts';
import type { AppointmentEvents } from './appointments/appointment-events.ts';
import type { GlassEvents } from './break-glass/glass-events.ts';
import type { CaseEvents } from './cases/case-events.ts';
import type { DeliveryEvents } from './delivery/delivery-events.ts';
import type { DutyEvents } from './duty/duty-events.ts';
import type { FeedbackEvents } from './feedback/feedback-events.ts';
import type { FileEvents } from './files/file-events.ts';
import type { JournalEvents } from './journal/journal-events.ts';
import type { MessageEvents } from './messages/message-events.ts';
import type { NoteEvents } from './notes/note-events.ts';
import type { PeopleEvents } from './people/people-events.ts';
import type { ErasureEvents } from './privacy/erasure-events.ts';
import type { RequestEvents } from './requests/request-events.ts';

/** Every event of the house by its type. Data are ids, numbers and codes: never a name, never anybody's words. */
export type Events = PeopleEvents &
  DutyEvents &
  AlertEvents &
  CaseEvents &
  NoteEvents &
  AppointmentEvents &
  FeedbackEvents &
  FileEvents &
  MessageEvents &
  RequestEvents &
  ErasureEvents &
  GlassEvents &
  JournalEvents &
  DeliveryEvents;
export type EventType = keyof Events;

/**
 * What every event carries beside its data: the subject it is about, and the case in whose journal it stands.
 * `isAnonymous`: the journal line says neither who did it nor from which step it comes.
 */
export type About = {
  about: { kind: string; id: string };
  caseId?: string | undefined;
  isAnonymous?: boolean | undefined;
};

export type EventOf<T extends EventType> = { type: T } & About & Events[T];
export type DomainEvent = { [T in EventType]: EventOf<T> }[EventType];
