import { askHowItWent } from '#core/appointments/ask-how-it-went.ts';
import { remindAppointment } from '#core/appointments/remind-appointment.ts';
import { endBreakGlass } from '#core/break-glass/end-break-glass.ts';
import { remindBreakGlass } from '#core/break-glass/remind-break-glass.ts';
import type { TimerKind } from '#core/delivery/timer.ts';
import { judgeTest } from '#core/duty/judge-test.ts';
import { ringTest } from '#core/duty/ring-test.ts';
import { madeUpAt, ringsAt } from '#core/duty/test-ring.ts';
import { warnDutyGap } from '#core/duty/warn-duty-gap.ts';
import { execute, type Step } from '#core/execute.ts';
import { forgetReturnAddress } from '#core/feedback/forget-return-address.ts';
import {
  AlertId,
  AppointmentId,
  DutyId,
  FeedbackId,
  GlassId,
  InvitationId,
  MessageId,
  NoteId,
  PersonId,
} from '#core/id.ts';
import { expireInvitation } from '#core/invitations/expire-invitation.ts';
import { remindMessage } from '#core/messages/remind-message.ts';
import { remindNote } from '#core/notes/remind-note.ts';
import { system } from '#core/people/actor.ts';
import { sendProbe } from './probe.ts';
import { raiseAbandoned } from './raise-abandoned.ts';
import type { OnDue } from './timers.ts';

/** What each kind of timer does when it is due. */
export const onDue: Partial<Record<TimerKind, OnDue>> = {
  'raise-abandoned-alert': raiseAbandoned,
  'remind-note-due': async (step, { id, subject }) =>
    void (await execute(step, remindNote, {
      actor: system,
      input: id.startsWith('draft-')
        ? { draft: { run: id.slice('draft-'.length), personId: PersonId.parse(subject) } }
        : { alertId: AlertId.parse(subject) },
    })),
  'remind-note-returned': async (step, { subject }) =>
    void (await execute(step, remindNote, { actor: system, input: { noteId: NoteId.parse(subject) } })),
  'remind-message': async (step, { subject }) =>
    void (await execute(step, remindMessage, { actor: system, input: { messageId: MessageId.parse(subject) } })),
  'remind-appointment-day-before': async (step, { subject }) =>
    void (await execute(step, remindAppointment, {
      actor: system,
      input: { appointmentId: AppointmentId.parse(subject), reminder: 'dayBefore' },
    })),
  'remind-appointment-shortly': async (step, { subject }) =>
    void (await execute(step, remindAppointment, {
      actor: system,
      input: { appointmentId: AppointmentId.parse(subject), reminder: 'shortly' },
    })),
  'ask-how-it-went': async (step, { subject }) =>
    void (await execute(step, askHowItWent, { actor: system, input: { appointmentId: AppointmentId.parse(subject) } })),
  'forget-return-address': async (step, { subject }) =>
    void (await execute(step, forgetReturnAddress, {
      actor: system,
      input: { feedbackId: FeedbackId.parse(subject) },
    })),
  'expire-invitation': async (step, { subject }) =>
    void (await execute(step, expireInvitation, {
      actor: system,
      input: { invitationId: InvitationId.parse(subject) },
    })),
  probe: sendProbe,
  'ring-test': ringOrWait,
  'judge-test': async (step, { subject }) =>
    void (await execute(step, judgeTest, { actor: system, input: { ringId: DutyId.parse(subject) } })),
  'remind-break-glass': async (step, { subject }) =>
    void (await execute(step, remindBreakGlass, { actor: system, input: { glassId: GlassId.parse(subject) } })),
  'end-break-glass': async (step, { subject }) =>
    void (await execute(step, endBreakGlass, { actor: system, input: { glassId: GlassId.parse(subject) } })),
  'warn-duty-gap': async (step) => void (await execute(step, warnDutyGap, { actor: system, input: {} })),
};

/** A test of the line that an outage held up rings nobody at night, and is judged by no evening that is over. */
async function ringOrWait(step: Step): Promise<void> {
  const later = madeUpAt(step.deps.now, step.deps.settings);
  if (later) step.tray.reactions.push(ringsAt(later));
  else await execute(step, ringTest, { actor: system, input: {} });
}
