import { phrase } from '#core/phrase.ts';
import type { Incoming } from '../dialogue/incoming.ts';
import { type Answer, sayLines, type Turn } from '../dialogue/turn.ts';

/** A voice, photo or document outside a form. */
export async function filesWithoutForm(_turn: Turn, _incoming: Extract<Incoming, { kind: 'files' }>): Promise<Answer> {
  return sayLines(phrase('errors:unsupported'));
}
