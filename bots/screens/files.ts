import { phrase } from '#core/phrase.ts';
import type { Incoming } from '../dialogue/incoming.ts';
import { type Answer, sayLines, type Turn } from '../dialogue/turn.ts';
import { lateFiles } from './notes.ts';

/** A voice, photo or document outside a form: a late one still finds its note. */
export async function filesWithoutForm(turn: Turn, incoming: Extract<Incoming, { kind: 'files' }>): Promise<Answer> {
  const added = await lateFiles(turn, incoming);
  return added ?? sayLines(phrase('errors:unsupported'));
}
