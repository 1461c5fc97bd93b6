import type { Action } from '#core/actions.ts';
import { formHandlers } from '../dialogue/answer-form.ts';
import type { Handler } from '../dialogue/turn.ts';
import { alertHandlers } from './alerts.ts';
import { helpHandlers } from './help.ts';
import { homeHandlers } from './home.ts';

/** The answer to every action of a button. */
export const handlers = {
  ...formHandlers,
  ...homeHandlers,
  ...helpHandlers,
  ...alertHandlers,
} as unknown as Record<Action, Handler>;
