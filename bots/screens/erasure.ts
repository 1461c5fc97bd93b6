import type { Action } from '#core/actions.ts';
import { ErasureId } from '#core/id.ts';
import { phrase } from '#core/phrase.ts';
import { answerErasure } from '#core/privacy/answer-erasure.ts';
import { askForErasure } from '#core/privacy/ask-for-erasure.ts';
import { erasureRef } from '#core/privacy/erasure-cards.ts';
import { form, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Handler, type Press, say, sayLines } from '../dialogue/turn.ts';
import { caseNumbered } from './case-numbered.ts';
import { yes } from './sure.ts';

/** Asks a second person to approve that somebody is erased for good: by the number of their case, which the case itself knows. */
export const askForErasureForm = form({
  name: 'ask-for-erasure',
  title: phrase('privacy:erase.title'),
  hasPlayback: true,
  staysOpen: true,
  fields: [
    {
      kind: 'words',
      key: 'number',
      ask: phrase('glass:askNumber'),
      label: phrase('notes:label.case'),
      isShort: true,
      atMost: 20,
    },
    {
      kind: 'words',
      key: 'reason',
      ask: phrase('privacy:erase.askReason'),
      label: phrase('privacy:erase.reason'),
      atMost: 1000,
    },
  ],
  async submit(turn, answers) {
    const { number: _, ...others } = answers;
    const caseRef = spoken(answers, 'number').words;
    const one = await caseNumbered(turn, caseRef);
    if (!one)
      return { open: { form: 'ask-for-erasure', answers: others, why: phrase('glass:noSuchCase', { caseRef }) } };
    const reason = spoken(answers, 'reason').words || '—';
    const asked = await turn.execute(askForErasure, { personId: one.personId, reason });
    if (asked.is === 'refused') return refusalSaid(turn, asked);
    return say({ lines: [phrase('privacy:erase.asked')], buttons: [[homeButton]] });
  },
});

/** From a case; from the menu of an administrator, who opens none, its number is asked. */
const ask: Handler = async (turn, { subject }) => {
  if (!subject) return { open: { form: 'ask-for-erasure' } };
  const words = (await turn.store.cases.get(subject))?.number;
  if (!words) return sayLines(phrase('refusals:gone'));
  return { open: { form: 'ask-for-erasure', answers: { number: { words, files: [] } } } };
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
          { label: phrase('general:button.no'), action: 'unchanged' },
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
