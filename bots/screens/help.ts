import type { Action } from '#core/actions.ts';
import { addToAlert } from '#core/alerts/add-to-alert.ts';
import { askForHelp } from '#core/alerts/ask-for-help.ts';
import { AlertId } from '#core/id.ts';
import { findDanger, levelOf } from '#core/language/danger.ts';
import { helplinesFor } from '#core/language/helplines.ts';
import type { Message } from '#core/message.ts';
import { type Phrase, phrase, time, words } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { chosen, form } from '../dialogue/form.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Handler, Turn } from '../dialogue/turn.ts';

type Categories = Parameters<typeof levelOf>[0];

/** Danger words of a beneficiary or of somebody not on file. Staff raise an alert themselves: their words are reports. */
export function dangerIn(turn: Turn, text: string): Categories | undefined {
  if (turn.person && isStaff(turn.person.role)) return undefined;
  const hits = findDanger(text);
  return hits.length > 0 ? hits.map(({ category }) => category) : undefined;
}

/** 112 first, then what fits the matter, then numbers; the alert is raised in the same step, before any question. */
export async function help(turn: Turn, categories: Categories, text: string): Promise<Answer> {
  const raised = await raise(turn, levelOf(categories), 'help', text);
  const matters = [...new Set(categories)].filter((category) => category !== 'help');
  const card: Message = {
    lines: [
      phrase('emergency:call112'),
      ...matters.map((category) => phrase(`emergency:matter.${category}`)),
      ...numbers(turn, categories[0] ?? 'help'),
      ...told(turn, raised),
    ],
    buttons: [[{ label: phrase('general:button.callMe'), action: 'help.callMe' }]],
  };
  return { say: [card], lane: 'danger' };
}

/** 🆘: 112, the helplines, then "call me". */
const helpScreen: Handler = async (turn) => ({
  lane: 'danger',
  say: [
    {
      lines: [
        phrase('emergency:call112'),
        phrase('emergency:free112'),
        phrase('emergency:sayTo112'),
        ...numbers(turn, 'help'),
        phrase('emergency:beforeTelling'),
      ],
      buttons: [
        [{ label: phrase('general:button.callMe'), action: 'help.callMe', style: 'danger' }],
        [{ label: phrase('emergency:wide.tellMore'), action: 'help.more' }],
        [{ label: phrase('general:button.home'), action: 'home' }],
      ],
    },
  ],
});

/** "Call me": the alert is raised at once; the number is asked after it. */
const callMe: Handler = async (turn) => {
  const raised = await raise(turn, 'urgent', 'callMe', '');
  if (raised.is === 'refused') return refusalSaid(turn, raised);
  const answer: Answer = { say: [{ lines: [phrase('emergency:call112'), ...told(turn, raised)] }] };
  return { ...answer, open: { form: 'call-me', answers: { alertId: raised.result.id } } };
};

/** Asks on which number; skipped, the one on file is used. */
export const callMeForm = form({
  name: 'call-me',
  title: phrase('emergency:callMe.title'),
  fields: [{ kind: 'phone', key: 'phone', ask: phrase('emergency:callMe.askNumber'), isOptional: true }],
  async submit(turn, answers) {
    const phone = chosen(answers, 'phone');
    if (!phone) return { say: [{ lines: [phrase('general:noted')] }] };
    const added = await turn.execute(addToAlert, {
      alertId: AlertId.parse(chosen(answers, 'alertId')),
      observed: { words: phone, files: [] },
    });
    return added.is === 'refused'
      ? refusalSaid(turn, added)
      : { say: [{ lines: [phrase('emergency:callMe.kept', { phone: words(phone) })] }] };
  },
});

const raise = (turn: Turn, level: 'life' | 'abuse' | 'urgent', origin: 'help' | 'callMe', text: string) =>
  turn.execute(askForHelp, {
    ...(turn.person
      ? { personId: turn.person.id }
      : {
          account: {
            channel: turn.account.channel,
            key: turn.account.key,
            address: turn.account.address,
            language: turn.language,
          },
        }),
    level,
    origin,
    observed: { words: text, files: [] },
  });

/** Somebody on file gets a card that changes; a stranger is told here. */
function told(turn: Turn, raised: { is: string }): Phrase[] {
  return turn.person || raised.is === 'refused' ? [] : [phrase('emergency:told', { time: time(turn.now) })];
}

function numbers(turn: Turn, category: Categories[number]): Phrase[] {
  const lines = helplinesFor(category)
    .filter(({ number }) => number !== '112')
    .slice(0, 3);
  if (lines.length === 0) return [];
  return [
    phrase('emergency:helplines'),
    ...lines.map(({ number, name }) => phrase('emergency:helpline.line', { number, name: name[turn.language] })),
  ];
}

export const helpHandlers = {
  help: helpScreen,
  'help.callMe': callMe,
  'help.more': async () => ({ open: { form: 'write-message' as const } }),
} satisfies Partial<Record<Action, Handler>>;
