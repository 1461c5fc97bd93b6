import type { Action } from '#core/actions.ts';
import { addToFeedback } from '#core/feedback/add-to-feedback.ts';
import { answerFeedback } from '#core/feedback/answer-feedback.ts';
import { type Feedback, isLow } from '#core/feedback/feedback.ts';
import { feedbackItem, feedbackOf } from '#core/feedback/feedback-section.ts';
import { giveFeedback } from '#core/feedback/give-feedback.ts';
import { readFeedback } from '#core/feedback/read-feedback.ts';
import { AppointmentId, FeedbackId } from '#core/id.ts';
import type { Message } from '#core/message.ts';
import { type Phrase, phrase, words } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { chosen, type FormAnswers, form, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, type Press, sayLines, type Turn } from '../dialogue/turn.ts';
import { viewOf } from '../dialogue/view-of.ts';

const scores = [1, 2, 3, 4, 5] as const;
type Score = (typeof scores)[number];

const feedbackIn = (answers: FormAnswers) => FeedbackId.parse(chosen(answers, 'feedbackId'));
const on = ({ subject }: Press) => FeedbackId.parse(subject);

/** One tap is enough; the sentence and the name come after it, each may be passed over. */
const face: Handler = async (turn, { subject, value }) => {
  const score = scores.find((one) => one === value);
  if (!score) return sayLines(phrase('errors:chooseButton'));
  const given = await turn.execute(giveFeedback, { appointmentId: AppointmentId.parse(subject), score });
  if (given.is === 'refused') return sayLines(given.phrase);
  if (!given.result) return { toast: phrase('general:toast.already') };
  return {
    instead: chosenFace(score),
    open: { form: 'feedback-sentence', answers: { feedbackId: given.result.id, score: String(score) } },
  };
};

const chosenFace = (score: Score): Message => ({
  lines: [phrase('feedback:notice.ask'), phrase('general:picked', { what: phrase(`feedback:button.face${score}`) })],
});

/** One optional sentence, written or spoken. */
export const feedbackSentenceForm = form({
  name: 'feedback-sentence',
  title: phrase('feedback:modal.sentence'),
  fields: [{ kind: 'words', key: 'said', ask: sentenceAsked, isOptional: true, mayHaveFiles: 'voice', atMost: 2000 }],
  async submit(turn, answers) {
    const added = await turn.execute(addToFeedback, { feedbackId: feedbackIn(answers), said: spoken(answers, 'said') });
    return added.is === 'refused' ? sayLines(phrase('feedback:tooLate')) : { say: [nameAsked(added.result)] };
  },
});

function sentenceAsked({ settings }: Turn, answers: FormAnswers): Phrase {
  return phrase(
    isLow({ score: Number(chosen(answers, 'score')) }, settings) ? 'feedback:sentenceBad' : 'feedback:sentence',
  );
}

/** Without an answer to this it stays without a name. */
function nameAsked({ id, said }: Feedback): Message {
  const voice = said && said.files.length > 0 ? [phrase('feedback:voiceKnown')] : [];
  return {
    lines: [phrase('feedback:showName'), ...voice],
    buttons: [
      [
        { label: phrase('feedback:button.withName'), action: 'feedback.name', subject: id, value: 1 },
        { label: phrase('feedback:button.withoutName'), action: 'feedback.name', subject: id, value: 0 },
      ],
    ],
  };
}

const name: Handler = async (turn, press) => {
  const added = await turn.execute(addToFeedback, { feedbackId: on(press), showName: press.value === 1 });
  if (added.is === 'refused') return sayLines(phrase('feedback:tooLate'));
  const picked = phrase('general:picked', {
    what: phrase(press.value === 1 ? 'feedback:button.withName' : 'feedback:button.withoutName'),
  });
  const how = press.value === 1 ? [] : [phrase('feedback:anonymous.how')];
  return {
    instead: { lines: [phrase('feedback:showName'), picked] },
    say: [isWishAsked(turn, added.result) ? wishAsked(added.result, how) : thanks(...how)],
  };
};

const thanks = (...more: Phrase[]): Message => ({
  lines: [phrase('feedback:thanks'), ...more],
  buttons: [[homeButton]],
});

/** Whoever wrote something, or was not content, is asked whether a human shall answer; the thanks come after it. */
const isWishAsked = ({ settings }: Turn, feedback: Feedback): boolean =>
  !feedback.wantsAnswer && !feedback.isAnswered && (feedback.said !== undefined || isLow(feedback, settings));

function wishAsked({ id }: Feedback, how: Phrase[]): Message {
  const about = { action: 'feedback.wantAnswer' as const, subject: id as string };
  return {
    lines: [...how, phrase('feedback:wantsAnswer')],
    buttons: [
      [
        { label: phrase('general:button.yes'), ...about, value: 1 },
        { label: phrase('general:button.no'), ...about, value: 0 },
      ],
    ],
  };
}

const wantAnswer: Handler = async (turn, press) => {
  const added = await turn.execute(addToFeedback, { feedbackId: on(press), wantsAnswer: press.value === 1 });
  if (added.is === 'refused') return sayLines(phrase('feedback:tooLate'));
  return { instead: thanks(...(press.value === 1 ? [phrase('feedback:answerComing')] : [])) };
};

const sentence: Handler = async (_turn, { subject }) => ({
  open: { form: 'feedback-sentence', answers: { feedbackId: subject } },
});

const skip: Handler = async (turn, press) => {
  const feedback = await turn.store.feedback.get(on(press));
  return feedback ? { say: [nameAsked(feedback)] } : sayLines(phrase('refusals:gone'));
};

/** Staff open the words, the person opens the answer; both after a reading line. */
const read: Handler = async (turn, press) => {
  const opened = await turn.execute(readFeedback, { feedbackId: on(press) });
  const isTeam = turn.person !== undefined && isStaff(turn.person.role);
  if (opened.is === 'refused') return isTeam ? refusalSaid(turn, opened) : sayLines(phrase('refusals:gone'));
  const message = isTeam ? await story(turn, opened.result) : answerCard(opened.result);
  return { show: { title: phrase('feedback:modal.answer'), message } };
};

async function story({ store }: Turn, feedback: Feedback): Promise<Message> {
  const { placeCode: place, score, month, said, personId, wantsAnswer, isAnswered, answer } = feedback;
  const person = personId && (await store.people.get(personId));
  return {
    lines: [
      phrase('feedback:staff.row', { place, score, month }),
      person ? phrase('feedback:staff.named', { name: person.name }) : phrase('feedback:staff.anonymous'),
      ...(said ? [phrase('feedback:staff.said', { text: words(said.words || '🎙') })] : []),
      ...(wantsAnswer && !isAnswered ? [phrase('feedback:staff.wantsAnswer')] : []),
      ...(answer
        ? [
            phrase('write:answer', {
              name: (await store.people.get(answer.by))?.name ?? '—',
              text: words(answer.words),
            }),
          ]
        : []),
    ],
    ...(said ? { files: said.files } : {}),
    ...(isAnswered
      ? {}
      : {
          buttons: [
            [
              {
                label: phrase('coordinator:button.reply'),
                action: 'feedback.answer' as const,
                subject: feedback.id,
                opensForm: true,
              },
            ],
          ],
        }),
    isProtected: true,
  };
}

function answerCard({ said, score, answer }: Feedback): Message {
  if (!answer) return { lines: [phrase('feedback:noAnswerYet')] };
  const own = said?.words || (said ? '🎙' : undefined);
  const text = own ? words(own) : phrase(`feedback:button.face${score as Score}`);
  return { lines: [phrase('feedback:answer', { text, answer: words(answer.words) })], isProtected: true };
}

const answer: Handler = async (_turn, press): Promise<Answer> => ({
  open: { form: 'answer-feedback', answers: { feedbackId: on(press) } },
});

/** One or two sentences; the person hears back, named or not. */
export const answerFeedbackForm = form({
  name: 'answer-feedback',
  title: phrase('feedback:modal.answer'),
  fields: [{ kind: 'words', key: 'answer', ask: phrase('feedback:staff.askAnswer'), atMost: 3000 }],
  async submit(turn, answers) {
    const answered = await turn.execute(answerFeedback, {
      feedbackId: feedbackIn(answers),
      words: spoken(answers, 'answer').words,
    });
    return answered.is === 'refused' ? refusalSaid(turn, answered) : sayLines(phrase('feedback:staff.answered'));
  },
});

const list: Handler = async (turn) => {
  if (!turn.person || !isStaff(turn.person.role)) return sayLines(phrase('work:notHere'));
  const view = viewOf(turn, turn.person);
  const all = await turn.store.feedback.visible(await feedbackOf(view));
  const items = all.slice(0, 10).map((one) => feedbackItem(one, turn));
  return {
    say: [
      {
        lines: [phrase('feedback:wide.all')],
        sections: [
          { title: phrase('home:section.feedback'), count: all.length, empty: phrase('feedback:staff.none'), items },
        ],
        buttons: [[homeButton]],
      },
    ],
  };
};

export const feedbackHandlers = {
  'feedback.face': face,
  'feedback.sentence': sentence,
  'feedback.skip': skip,
  'feedback.name': name,
  'feedback.wantAnswer': wantAnswer,
  'feedback.read': read,
  'feedback.answer': answer,
  'feedback.list': list,
} satisfies Partial<Record<Action, Handler>>;
