import type { Action } from '#core/actions.ts';
import { formHandlers } from '../dialogue/form-buttons.ts';
import type { Handler } from '../dialogue/turn.ts';
import { alertHandlers } from './alerts.ts';
import { appointmentHandlers } from './appointments.ts';
import { breakGlassHandlers } from './break-glass.ts';
import { caseHandlers } from './cases.ts';
import { contactHandlers } from './contact.ts';
import { digestHandlers } from './digest.ts';
import { dutyHandlers } from './duty.ts';
import { erasureHandlers } from './erasure.ts';
import { feedbackHandlers } from './feedback.ts';
import { helpHandlers } from './help.ts';
import { homeHandlers } from './home.ts';
import { languageHandlers } from './language.ts';
import { messageHandlers } from './messages.ts';
import { moreHandlers } from './more.ts';
import { noteHandlers } from './notes.ts';
import { peopleHandlers } from './people.ts';
import { planHandlers } from './plan.ts';
import { requestHandlers } from './requests.ts';
import { setupHandlers } from './setup.ts';
import { startHandlers } from './start.ts';
import { stopHandlers } from './stop.ts';
import { technicianHandlers } from './technician.ts';
import { textHandlers } from './texts.ts';

/** The answer to every action of a button; a missing one does not compile. */
export const handlers: Record<Action, Handler> = {
  ...formHandlers,
  ...homeHandlers,
  ...helpHandlers,
  ...alertHandlers,
  ...caseHandlers,
  ...breakGlassHandlers,
  ...noteHandlers,
  ...appointmentHandlers,
  ...feedbackHandlers,
  ...planHandlers,
  ...messageHandlers,
  ...requestHandlers,
  ...technicianHandlers,
  ...startHandlers,
  ...languageHandlers,
  ...stopHandlers,
  ...moreHandlers,
  ...peopleHandlers,
  ...erasureHandlers,
  ...contactHandlers,
  ...dutyHandlers,
  ...digestHandlers,
  ...setupHandlers,
  ...textHandlers,
};
