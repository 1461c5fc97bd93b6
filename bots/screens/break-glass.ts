import { abilityOf } from '#core/ability.ts';
import type { Action } from '#core/actions.ts';
import { breakGlass } from '#core/break-glass/break-glass.ts';
import type { Verdict } from '#core/break-glass/broken-glass.ts';
import { glassButtons } from '#core/break-glass/glass-cards.ts';
import { readBreakGlass } from '#core/break-glass/read-break-glass.ts';
import { reviewBreakGlass } from '#core/break-glass/review-break-glass.ts';
import { GlassId } from '#core/id.ts';
import { askerFor } from '#core/people/actor.ts';
import { type Phrase, phrase, time, when, words } from '#core/phrase.ts';
import { type FormAnswers, form, spoken } from '../dialogue/form.ts';
import { caseNumberOf, refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, say, type Turn } from '../dialogue/turn.ts';
import { showCaseCard } from './case-card.ts';
import { caseNumbered } from './case-numbered.ts';

/** A foreign case that cannot wait: which one, and why. From a refusal the number is known. */
const ask: Handler = async (_turn, press) => {
  const number = caseNumberOf(press);
  return { open: { form: 'break-glass', answers: number ? { number: { words: number, files: [] } } : {} } };
};

/** The reason in a sentence; then the case opens, and the supervisor has heard of it. */
export const breakGlassForm = form({
  name: 'break-glass',
  title: phrase('glass:button.break'),
  submitLabel: phrase('glass:button.open'),
  staysOpen: true,
  fields: [
    { kind: 'words', key: 'number', ask: phrase('glass:askNumber'), isShort: true, atMost: 20 },
    {
      kind: 'words',
      key: 'reason',
      ask: ({ settings }) =>
        phrase('glass:askReason', { minutes: phrase('general:minutes', { count: settings.breakGlass.minutes }) }),
      atMost: 1000,
    },
  ],
  async submit(turn, answers) {
    const { number, reason, ...others } = answers;
    const caseRef = spoken(answers, 'number').words;
    const one = await caseNumbered(turn, caseRef);
    if (!one) return again({ ...others, ...(reason ? { reason } : {}) }, phrase('glass:noSuchCase', { caseRef }));
    const broken = await turn.execute(breakGlass, { caseId: one.id, reason: spoken(answers, 'reason').words });
    if (broken.is === 'refused')
      return broken.phrase.key === 'glass:needsReason'
        ? again({ ...others, ...(number ? { number } : {}) }, broken.phrase)
        : refusalSaid(turn, broken);
    await takeRights(turn);
    const said = phrase('glass:opened', { caseRef: one.number, time: time(broken.result.until) });
    return withWords(await showCaseCard(turn, one.id), said);
  },
});

/** Asked once more, with what was right kept. */
const again = (answers: FormAnswers, why: Phrase): Answer => ({ open: { form: 'break-glass', answers, why } });

/** The rights were reckoned before the step opened the case. */
async function takeRights(turn: Turn): Promise<void> {
  const person = turn.person && (await turn.store.people.must(turn.person.id));
  if (!person) return;
  turn.person = person;
  turn.actor = await askerFor(person, turn);
  turn.ability = abilityOf(turn.actor);
}

/** What was opened and for how long stands above the card. */
function withWords(card: Answer, said: ReturnType<typeof phrase>): Answer {
  if (!card.show) return card;
  const { title, message } = card.show;
  return { ...card, show: { title, message: { ...message, lines: [said, ...message.lines] } } };
}

const on = ({ subject }: { subject: string }) => ({ glassId: GlassId.parse(subject) });

/** Why somebody opened a foreign case, after its reading line. */
const read: Handler = async (turn, press) => {
  const opened = await turn.execute(readBreakGlass, on(press));
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  const glass = opened.result;
  const name = (await turn.store.people.get(glass.askedBy))?.name ?? '—';
  return {
    show: {
      title: phrase('glass:button.break'),
      message: {
        lines: [
          phrase('messages:from', { name }),
          phrase('messages:card', { when: when(glass.openedAt), text: words(glass.reason) }),
        ],
        buttons: [glassButtons(glass).filter((button) => !('action' in button && button.action === 'glass.read'))],
        isProtected: true,
      },
    },
  };
};

const review =
  (verdict: Verdict): Handler =>
  async (turn, press) => {
    const reviewed = await turn.execute(reviewBreakGlass, { ...on(press), verdict });
    if (reviewed.is === 'refused') return say({ lines: [reviewed.phrase] });
    return { toast: phrase('general:noted'), say: [{ lines: [phrase('general:noted')] }] };
  };

export const breakGlassHandlers = {
  'glass.break': ask,
  'glass.read': read,
  'glass.justified': review('justified'),
  'glass.discuss': review('toDiscuss'),
} satisfies Partial<Record<Action, Handler>>;
