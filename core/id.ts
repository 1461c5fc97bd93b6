import { z } from 'zod';

/** Ids are 24 hexadecimal characters (12 bytes, so that two fit into a Telegram button) and branded by what they name. */
const id = <B extends string>() =>
  z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .brand<B>();

export const PersonId = id<'Person'>();
export const CaseId = id<'Case'>();
export const AlertId = id<'Alert'>();
export const NoteId = id<'Note'>();
export const AppointmentId = id<'Appointment'>();
export const MessageId = id<'Message'>();
export const FeedbackId = id<'Feedback'>();
export const InvitationId = id<'Invitation'>();
export const DutyId = id<'Duty'>();
export const RequestId = id<'Request'>();
export const FileId = id<'File'>();
export const ErasureId = id<'Erasure'>();
export const GlassId = id<'Glass'>();

export type PersonId = z.infer<typeof PersonId>;
export type CaseId = z.infer<typeof CaseId>;
export type AlertId = z.infer<typeof AlertId>;
export type NoteId = z.infer<typeof NoteId>;
export type AppointmentId = z.infer<typeof AppointmentId>;
export type MessageId = z.infer<typeof MessageId>;
export type FeedbackId = z.infer<typeof FeedbackId>;
export type InvitationId = z.infer<typeof InvitationId>;
export type DutyId = z.infer<typeof DutyId>;
export type RequestId = z.infer<typeof RequestId>;
export type FileId = z.infer<typeof FileId>;
export type ErasureId = z.infer<typeof ErasureId>;
export type GlassId = z.infer<typeof GlassId>;

/** Makes a fresh id of the kind that is asked for. Seeded in tests. */
export type NewId = <I extends string>() => I;
