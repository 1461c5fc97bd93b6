import type { Action } from '#core/actions.ts';
import { addToAlert } from '#core/alerts/add-to-alert.ts';
import { askForHelp } from '#core/alerts/ask-for-help.ts';
import { AlertId } from '#core/id.ts';
import { findDanger, levelOf } from '#core/language/danger.ts';
import { helplinesFor } from '#core/language/helplines.ts';
import type { Button, Message } from '#core/message.ts';
import { isOpenNow } from '#core/messages/kept-message.ts';
import { type Phrase, phrase, time } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { chosen, form, type Spoken, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Handler, Turn } from '../dialogue/turn.ts';
import { openAlertOf } from './open-alert.ts';
import { phoneSaid } from './phone-said.ts';

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
    buttons: waysOn,
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
      buttons: waysOn,
    },
  ],
});
const waysOn: Button[][] = [
  [{ label: phrase('general:button.callMe'), action: 'help.callMe', style: 'danger' }],
  [{ label: phrase('emergency:wide.tellMore'), action: 'help.more', opensForm: true }],
  [homeButton],
];

/** "Call me": the alert is raised at once, or joins the open one; the number is asked after it. By night no hour is promised. */
const callMe: Handler = async (turn) => {
  const raised = await raise(turn, 'urgent', 'callMe', '📞');
  if (raised.is === 'refused') return refusalSaid(turn, raised);
  return { ...toldAlone(turn, raised), open: { form: 'call-me', answers: { alertId: raised.result.id } } };
};

/** Nothing where the card of a new alert says it anyway. */
function toldAlone(turn: Turn, raised: Raised): Answer {
  const lines = told(turn, raised);
  return lines.length > 0 ? { say: [{ lines: [phrase('emergency:call112'), ...lines] }] } : {};
}

/** Asks on which number; skipped, the one on file is used. */
export const callMeForm = form({
  name: 'call-me',
  title: phrase('emergency:callMe.title'),
  fields: [
    {
      kind: 'phone',
      key: 'phone',
      ask: phrase('emergency:callMe.askNumber'),
      above: ({ now, settings }) => (isOpenNow(now, settings) ? [] : [phrase('emergency:callMe.night')]),
      isOptional: true,
    },
  ],
  async submit(turn, answers) {
    const phone = chosen(answers, 'phone');
    if (!phone) return { say: [{ lines: [withoutNumber(turn)], buttons: [[homeButton]] }] };
    const added = await turn.execute(addToAlert, {
      alertId: AlertId.parse(chosen(answers, 'alertId')),
      observed: { words: phone, files: [] },
    });
    return added.is === 'refused'
      ? refusalSaid(turn, added)
      : { say: [{ lines: [phrase('emergency:callMe.kept', { phone: phoneSaid(phone) })], buttons: [[homeButton]] }] };
  },
});

/** Passed over: the number on file is called; without one a human writes here. */
const withoutNumber = ({ person }: Turn): Phrase =>
  person?.phone
    ? phrase('emergency:callMe.kept', { phone: phoneSaid(person.phone) })
    : phrase('emergency:callMe.noNumber');

/** "What happened", asked in danger: the words join the alert or raise one; they never wait as a message would. */
export const tellHelpersForm = form({
  name: 'tell-helpers',
  title: phrase('emergency:wide.tellMore'),
  fields: [
    {
      kind: 'words',
      key: 'observed',
      above: () => [phrase('emergency:call112')],
      ask: phrase('emergency:askWhat'),
      mayHaveFiles: true,
    },
  ],
  isSentAtOnce: true,
  async submit(turn, answers) {
    const observed = spoken(answers, 'observed');
    const open = await openAlertOf(turn);
    const raised = open
      ? await turn.execute(addToAlert, { alertId: open.id, observed })
      : await raise(turn, 'urgent', 'help', observed.words, observed.files);
    return raised.is === 'refused' ? refusalSaid(turn, raised) : { ...toldAlone(turn, raised), lane: 'danger' };
  },
});

const raise = (
  turn: Turn,
  level: 'life' | 'abuse' | 'urgent',
  origin: 'help' | 'callMe',
  text: string,
  files: Spoken['files'] = [],
) =>
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
    observed: { words: text, files },
  });

type Raised = Awaited<ReturnType<typeof raise>>;

/** Somebody on file gets a card of a new alert, which changes; a stranger is told here, and everybody what joined an open alert. */
function told(turn: Turn, raised: Raised): Phrase[] {
  if (raised.is === 'refused') return [];
  if (raised.result.observed.length > 1) return [phrase('emergency:added', { time: time(turn.now) })];
  return turn.person ? [] : [phrase('emergency:told', { time: time(turn.now) })];
}

function numbers(turn: Turn, category: Categories[number]): Phrase[] {
  const lines = helplinesFor(category)
    .filter(({ id, number }) => number !== '112' && !(category === 'suicide' && isForChildren(id) && isGrownUp(turn)))
    .slice(0, 3);
  if (lines.length === 0) return [];
  return [
    phrase('emergency:helplines'),
    ...lines.map(({ number, name }) => phrase('emergency:helpline.line', { number, name: name[turn.language] })),
  ];
}

const isForChildren = (id: string): boolean => ['child-helpline-116111', 'deprehub-teens'].includes(id);

/** By the year on file only; of whoever is not known, both lines are shown. */
const isGrownUp = ({ person, now }: Turn): boolean =>
  person?.birthYear !== undefined && now.getFullYear() - person.birthYear > 18;

export const helpHandlers = {
  help: helpScreen,
  'help.callMe': callMe,
  'help.more': async () => ({ open: { form: 'tell-helpers' as const } }),
} satisfies Partial<Record<Action, Handler>>;
