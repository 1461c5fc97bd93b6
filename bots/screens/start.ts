import { phrase } from '#core/phrase.ts';
import { type Answer, sayLines, type Turn } from '../dialogue/turn.ts';

/** First contact. */
export async function begin(_turn: Turn, _code: string | undefined): Promise<Answer> {
  return sayLines(phrase('errors:notLinked'));
}
