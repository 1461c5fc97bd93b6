import type { Action } from '#core/actions.ts';
import type { OpenForm } from '#core/conversations/conversation-store.ts';
import { type Situation, situations } from '#core/guide/guide.ts';
import type { Button, Message, Section } from '#core/message.ts';
import { draftDue } from '#core/notes/draft-due.ts';
import { caseRef, continueButton } from '#core/notes/note-cards.ts';
import { returnedNotes, sheetsDue } from '#core/notes/note-section.ts';
import { date, lines, phrase, when, words } from '#core/phrase.ts';
import { homeButton } from '../dialogue/home-button.ts';
import type { Handler, Turn } from '../dialogue/turn.ts';
import { viewOf } from '../dialogue/view-of.ts';
import { notLinked } from './doors.ts';

/** The working day: sheets with their term, notes that came back, what was begun and not sent. Only what is really there. */
const today: Handler = async (turn) => {
  const { person } = turn;
  if (!person) return notLinked();
  const view = viewOf(turn, person);
  const sections = [await sheetsDue(view), await returnedNotes(view), await drafts(turn)].filter(
    (section) => section !== undefined && section.count > 0,
  ) as Section[];
  const isQuiet = sections.length === 0;
  return {
    say: [
      {
        lines: [
          phrase('home:technician.title', { date: date(turn.now) }),
          ...(isQuiet ? [phrase('work:nothing')] : []),
        ],
        ...(isQuiet ? {} : { sections }),
        buttons: ways(),
      },
    ],
  };
};

const ways = (): Button[][] => [
  [
    { label: phrase('home:button.newNote'), action: 'note.new', opensForm: true },
    { label: phrase('home:button.cases'), action: 'case.list' },
  ],
];

async function drafts(turn: Turn): Promise<Section> {
  const { form, drafts: aside } = turn.conversation;
  const items: Section['items'] = [];
  for (const draft of form ? [form, ...aside] : aside) {
    const item = await draftItem(draft, turn);
    if (item) items.push(item);
  }
  return { title: phrase('notes:section.drafts'), count: items.length, items };
}

async function draftItem(draft: OpenForm, turn: Turn): Promise<Section['items'][number] | undefined> {
  const due = draftDue(draft, turn);
  if (!due) return undefined;
  return {
    lines: [phrase('notes:rowDue', { caseRef: await caseRef(due.caseId, turn), when: when(due.dueAt) })],
    tone: 'amber',
    buttons: [continueButton(due.run)],
  };
}

/** The checklist of sensitive situations, to look at on the spot: `value` 0 lists them, n opens the n-th [GUIDE annex 3]. */
const guide: Handler = async (_turn, { value }) => {
  const situation = situations[value - 1];
  return { say: [situation ? situationCard(situation) : guideList()] };
};

const guideList = (): Message => ({
  lines: [phrase('work:guide.title'), phrase('work:guide.source')],
  buttons: [
    ...situations.map(({ title }, at): Button[] => [
      { label: phrase('general:plain', { text: words(title) }), action: 'guide', value: at + 1 },
    ]),
    [homeButton],
  ],
});

function situationCard({ id, title, technician, coordinator, never }: Situation): Message {
  const bulleted = (texts: string[]) => lines(['', ...texts.map((text) => `• ${text}`)]);
  const alert: Button[] = [{ label: phrase('home:button.alert'), action: 'alert.new', opensForm: true }];
  return {
    lines: [
      phrase('general:plain', { text: words(title) }),
      phrase('work:guide.card', {
        technician: bulleted(technician),
        coordinator: bulleted(coordinator),
        never: bulleted(never),
      }),
    ],
    buttons: [
      ...(id === 'abuse' ? [alert] : []),
      [{ label: phrase('home:button.guide'), action: 'guide' }, homeButton],
    ],
  };
}

/** There are no tasks in the chat yet: it says so, and who sets them meanwhile. No number that would be made up. */
const tasks: Handler = async ({ person, store }) => {
  const coordinator = person?.coordinatorId ? await store.people.get(person.coordinatorId) : undefined;
  return {
    say: [
      {
        lines: [coordinator ? phrase('work:tasks.later', { name: coordinator.name }) : phrase('work:notHere')],
        buttons: [[homeButton]],
      },
    ],
  };
};

export const technicianHandlers = { today, guide, tasks } satisfies Partial<Record<Action, Handler>>;
