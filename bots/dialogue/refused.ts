import type { Outcome } from '#core/execute.ts';
import { phrase } from '#core/phrase.ts';
import type { Answer, Turn } from './turn.ts';

/** A refusal said: whose decision it is, with one button that sends that person a prepared request (domain 4) [GUIDE]. */
export function refusalSaid(_turn: Turn, refused: Extract<Outcome<unknown>, { is: 'refused' }>): Answer {
  const ask = refused.decidedBy ? [[{ label: phrase('refusals:button.sendRequest'), action: 'request.send' as const, subject: refused.decidedBy }]] : [];
  return { say: [{ lines: [refused.phrase], buttons: [...ask, [{ label: phrase('general:button.home'), action: 'home' }]] }] };
}
