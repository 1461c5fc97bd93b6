import type { Form, FormName } from '../dialogue/form.ts';
import { addToAlertForm, closeAlertForm, decideAlertForm, handOverAlertForm, raiseAlertForm } from './alerts.ts';
import { setAbsenceForm, setDutyForm, setLastResortForm } from './duty-forms.ts';
import { checkYearForm, enterCodeForm } from './enter.ts';
import { findCaseForm } from './cases.ts';
import { callMeForm } from './help.ts';
import { correctNoteForm, returnNoteForm, validateNoteForm, visitReportForm } from './notes.ts';
import { assignTechnicianForm, inviteStaffForm, nameCoordinatorForm, openPersonForm } from './people-forms.ts';
import { askSupportForm } from './support.ts';

/** Every form by its name. */
export const forms = {
  'raise-alert': raiseAlertForm,
  'add-to-alert': addToAlertForm,
  'decide-alert': decideAlertForm,
  'hand-over-alert': handOverAlertForm,
  'close-alert': closeAlertForm,
  'call-me': callMeForm,
  'visit-report': visitReportForm,
  'correct-note': correctNoteForm,
  'return-note': returnNoteForm,
  'validate-note': validateNoteForm,
  'find-case': findCaseForm,
  'enter-code': enterCodeForm,
  'check-year': checkYearForm,
  'ask-support': askSupportForm,
  'invite-staff': inviteStaffForm,
  'open-person': openPersonForm,
  'name-coordinator': nameCoordinatorForm,
  'assign-technician': assignTechnicianForm,
  'set-duty': setDutyForm,
  'set-absence': setAbsenceForm,
  'set-last-resort': setLastResortForm,
} as Record<FormName, Form>;
