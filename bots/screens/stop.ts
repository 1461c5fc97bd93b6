import type { Action } from '#core/actions.ts';
import { resumeWriting } from '#core/people/resume-writing.ts';
import { stopWriting } from '#core/people/stop-writing.ts';
import { phrase } from '#core/phrase.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, say, type Turn } from '../dialogue/turn.ts';

/** What the button says by its number. */
const means = { stop: 0, notMe: 1, notMeYes: 2 } as const;

/** "Stop": not for me, or not any more. Both are done at once, without a why. */
const ask: Handler = async () =>
  say({
    lines: [phrase('stop:ask'), phrase('stop:explain')],
    buttons: [
      [{ label: phrase('stop:wide.stop'), action: 'stop.yes', value: means.stop }],
      [{ label: phrase('stop:wide.wrongPerson'), action: 'stop.yes', value: means.notMe }],
      [homeButton],
    ],
  });

const yes: Handler = async (turn, { value }) => {
  if (value === means.notMe)
    return { instead: { lines: [phrase('stop:wrongPerson.ask')], buttons: [[yesItIsNot, no]] } };
  if (value === means.notMeYes) return unlink(turn);
  return stop(turn);
};

const yesItIsNot = { label: phrase('general:button.yes'), action: 'stop.yes' as const, value: means.notMeYes };
const no = { label: phrase('general:button.no'), action: 'unchanged' as const };

/** Nothing unasked any more; somebody not on file is remembered with the talk. */
async function stop(turn: Turn): Promise<Answer> {
  turn.conversation.hasStopped = true;
  const done: Answer = {
    instead: {
      lines: [phrase('stop:done')],
      buttons: [[{ label: phrase('stop:button.resume'), action: 'stop.resume' }]],
    },
  };
  if (!turn.person) return done;
  const stopped = await turn.execute(stopWriting, { personId: turn.person.id, why: 'stop', account: turn.account });
  return stopped.is === 'refused' ? refusalSaid(turn, stopped) : done;
}

/** The account is unlinked, the talk forgets whose it was. */
async function unlink(turn: Turn): Promise<Answer> {
  if (!turn.person) return stop(turn);
  const unlinked = await turn.execute(stopWriting, {
    personId: turn.person.id,
    why: 'wrongPerson',
    account: turn.account,
  });
  if (unlinked.is === 'refused') return refusalSaid(turn, unlinked);
  forget(turn);
  return { instead: { lines: [phrase('stop:wrongPerson.done')] } };
}

function forget(turn: Turn): void {
  const { personId: _, ...account } = turn.account;
  turn.account = { ...account, epoch: 0 };
  turn.conversation.drafts = [];
  turn.conversation.hasStopped = true;
  delete turn.conversation.personId;
  delete turn.conversation.form;
}

const resume: Handler = async (turn) => {
  turn.conversation.hasStopped = false;
  const resumed = turn.person && (await turn.execute(resumeWriting, { personId: turn.person.id }));
  if (resumed?.is === 'refused') return refusalSaid(turn, resumed);
  return { instead: { lines: [phrase('stop:resumed')] } };
};

export const stopHandlers = {
  'stop.ask': ask,
  'stop.yes': yes,
  'stop.resume': resume,
} satisfies Partial<Record<Action, Handler>>;
