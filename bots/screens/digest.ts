import type { Action } from '#core/actions.ts';
import { unfoldDigest } from '#core/delivery/unfold-digest.ts';
import { phrase } from '#core/phrase.ts';
import { type Handler, sayLines } from '../dialogue/turn.ts';

/** "Show all": what the digest stands for comes after all, one by one. */
const show: Handler = async (turn, { subject }) => {
  const shown = await turn.execute(unfoldDigest, { digestId: subject });
  return sayLines(phrase(shown.is === 'done' && shown.result > 0 ? 'digest:shown' : 'digest:shownAlready'));
};

export const digestHandlers = {
  'digest.show': show,
} satisfies Partial<Record<Action, Handler>>;
