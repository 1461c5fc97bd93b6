import type { Form, FormName } from '../dialogue/form.ts';
import { addToAlertForm, closeAlertForm, decideAlertForm, handOverAlertForm, raiseAlertForm } from './alerts.ts';
import { callMeForm } from './help.ts';

/** Every form by its name. */
export const forms = {
  'raise-alert': raiseAlertForm,
  'add-to-alert': addToAlertForm,
  'decide-alert': decideAlertForm,
  'hand-over-alert': handOverAlertForm,
  'close-alert': closeAlertForm,
  'call-me': callMeForm,
} as Record<FormName, Form>;
