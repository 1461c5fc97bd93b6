import type { Action } from '#core/actions.ts';
import { ErasureId, PersonId } from '#core/id.ts';
import { phrase } from '#core/phrase.ts';
import { answerErasure } from '#core/privacy/answer-erasure.ts';
import { askForErasure } from '#core/privacy/ask-for-erasure.ts';
import { erasureRef } from '#core/privacy/erasure-cards.ts';
import { chosen, form, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Handler, type Press, say, sayLines } from '../dialogue/turn.ts';
import { yes } from './sure.ts';

/** Asks a second person to approve that somebody is erased for good. */
export const askForErasureForm = form({
  name: 'ask-for-erasure',
  title: phrase('privacy:erase.title'),
  hasPlayback: true,
  fields: [
    {
      kind: 'words',
      key: 'reason',
      ask: phrase('privacy:erase.askReason'),
      label: phrase('privacy:erase.reason'),
      atMost: 1000,
    },
  ],
  async submit(turn, answers) {
    const personId = PersonId.parse(chosen(answers, 'personId'));
    const asked = await turn.execute(askForErasure, { personId, reason: spoken(answers, 'reason').words || '—' });
    if (asked.is === 'refused') return refusalSaid(turn, asked);
    return say({ lines: [phrase('privacy:erase.asked')], buttons: [[homeButton]] });
  },
});

const ask: Handler = async (turn, { subject }) => {
  const personId = (await turn.store.cases.get(subject))?.personId;
  return personId ? { open: { form: 'ask-for-erasure', answers: { personId } } } : sayLines(phrase('refusals:gone'));
};

const approve: Handler = async (turn, { subject, version, value }) => {
  const erasure = await turn.store.erasures.get(subject);
  if (!erasure) return sayLines(phrase('refusals:gone'));
  if (value !== yes)
    return say({
      lines: [phrase('privacy:erase.sure', { caseRef: await erasureRef(erasure, turn) })],
      buttons: [
        [
          {
            label: phrase('privacy:button.eraseYes'),
            action: 'erasure.approve',
            subject,
            version,
            value: yes,
            style: 'danger',
          },
          { label: phrase('general:button.no'), action: 'home' },
        ],
      ],
    });
  const approved = await turn.execute(answerErasure, { ...on(subject), approves: true });
  if (approved.is === 'refused') return refusalSaid(turn, approved);
  return { instead: { lines: [phrase('privacy:erase.youApproved')] } };
};

const decline: Handler = async (turn, { subject }) => {
  const declined = await turn.execute(answerErasure, { ...on(subject), approves: false });
  if (declined.is === 'refused') return refusalSaid(turn, declined);
  return say({ lines: [phrase('privacy:erase.youDeclined')] });
};

const on = (subject: Press['subject']) => ({ erasureId: ErasureId.parse(subject) });

export const erasureHandlers = {
  'erasure.ask': ask,
  'erasure.approve': approve,
  'erasure.decline': decline,
} satisfies Partial<Record<Action, Handler>>;
