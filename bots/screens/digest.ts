import type { Action } from '#core/actions.ts';
import { unfold } from '#core/delivery/unfold.ts';
import { phrase } from '#core/phrase.ts';
import { type Handler, sayLines } from '../dialogue/turn.ts';

/** "Show all": what the digest stands for comes after all, one by one. */
const show: Handler = async (turn, { subject }) => {
  if (!turn.person) return sayLines(phrase('digest:shownAlready'));
  const count = await unfold(subject, turn.person.id, turn);
  return sayLines(phrase(count > 0 ? 'digest:shown' : 'digest:shownAlready'));
};

export const digestHandlers = {
  'digest.show': show,
} satisfies Partial<Record<Action, Handler>>;
