import type { Form, FormName } from '../dialogue/form.ts';
import { addToAlertForm, closeAlertForm, decideAlertForm, handOverAlertForm, raiseAlertForm } from './alert-forms.ts';
import {
  askForAppointmentForm,
  bookAppointmentForm,
  confirmBookingForm,
  moveAppointmentForm,
  offerTimesForm,
} from './appointment-forms.ts';
import { askToMoveForm } from './appointments.ts';
import { breakGlassForm } from './break-glass.ts';
import { findCaseForm } from './cases.ts';
import { setAbsenceForm, setDutyForm, setLastResortForm } from './duty-forms.ts';
import { checkYearForm, enterCodeForm } from './enter.ts';
import { askForErasureForm } from './erasure.ts';
import { answerFeedbackForm, feedbackSentenceForm } from './feedback.ts';
import { callMeForm, tellHelpersForm } from './help.ts';
import { answerMessageForm } from './message-answers.ts';
import { writeMessageForm } from './messages.ts';
import { correctNoteForm, returnNoteForm, validateNoteForm, visitReportForm } from './note-forms.ts';
import { assignTechnicianForm, inviteStaffForm, nameCoordinatorForm, openPersonForm } from './people-forms.ts';
import { addToRequestForm, declineRequestForm } from './requests.ts';
import { askSupportForm } from './support.ts';

/** Every form by its name; a missing one does not compile. */
export const forms: Record<FormName, Form> = {
  'raise-alert': raiseAlertForm,
  'add-to-alert': addToAlertForm,
  'decide-alert': decideAlertForm,
  'hand-over-alert': handOverAlertForm,
  'close-alert': closeAlertForm,
  'call-me': callMeForm,
  'tell-helpers': tellHelpersForm,
  'visit-report': visitReportForm,
  'correct-note': correctNoteForm,
  'return-note': returnNoteForm,
  'validate-note': validateNoteForm,
  'write-message': writeMessageForm,
  'answer-message': answerMessageForm,
  'add-to-request': addToRequestForm,
  'decline-request': declineRequestForm,
  'book-appointment': bookAppointmentForm,
  'confirm-booking': confirmBookingForm,
  'move-appointment': moveAppointmentForm,
  'offer-times': offerTimesForm,
  'ask-for-appointment': askForAppointmentForm,
  'ask-to-move': askToMoveForm,
  'feedback-sentence': feedbackSentenceForm,
  'answer-feedback': answerFeedbackForm,
  'find-case': findCaseForm,
  'break-glass': breakGlassForm,
  'enter-code': enterCodeForm,
  'check-year': checkYearForm,
  'ask-support': askSupportForm,
  'invite-staff': inviteStaffForm,
  'open-person': openPersonForm,
  'name-coordinator': nameCoordinatorForm,
  'assign-technician': assignTechnicianForm,
  'ask-for-erasure': askForErasureForm,
  'set-duty': setDutyForm,
  'set-absence': setAbsenceForm,
  'set-last-resort': setLastResortForm,
};
