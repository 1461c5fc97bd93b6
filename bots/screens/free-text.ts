import { phrase } from '#core/phrase.ts';
import type { Incoming } from '../dialogue/incoming.ts';
import { type Answer, sayLines, type Turn } from '../dialogue/turn.ts';

/** A text that is no button, no danger, no answer. */
export async function freeText(_turn: Turn, _incoming: Extract<Incoming, { kind: 'text' }>): Promise<Answer> {
  return sayLines(phrase('errors:missOne'));
}
