import { MessageId } from '#core/id.ts';
import type { Message } from '#core/message.ts';
import { answerMessage } from '#core/messages/answer-message.ts';
import { closeMessage } from '#core/messages/close-message.ts';
import { isOver, type KeptMessage, type Part } from '#core/messages/kept-message.ts';
import { readMessage } from '#core/messages/read-message.ts';
import { reachable } from '#core/people/person.ts';
import { type Param, type Phrase, phrase, when, words } from '#core/phrase.ts';
import { chosen, form, type Spoken, spoken } from '../dialogue/form.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, type Press, say, type Turn } from '../dialogue/turn.ts';
import { phoneSaid } from './phone-said.ts';

/** An answer with words, voice or photo; it goes to the chat of who wrote. */
export const answerMessageForm = form({
  name: 'answer-message',
  title: phrase('slack:modal.answer'),
  fields: [{ kind: 'words', key: 'answer', ask: phrase('messages:askAnswer'), mayHaveFiles: true, atMost: 10_000 }],
  async submit(turn, answers) {
    const answered = await turn.execute(answerMessage, {
      messageId: MessageId.parse(chosen(answers, 'messageId')),
      ...spoken(answers, 'answer'),
    });
    return answered.is === 'refused'
      ? refusalSaid(turn, answered)
      : say({ lines: [await arrival(answered.result, turn)] });
  },
});

/** Somebody who cannot be reached here has to be called. */
async function arrival({ personId }: KeptMessage, { store }: Turn): Promise<Phrase> {
  const person = personId && (await store.people.get(personId));
  if (!person || reachable(person).length > 0) return phrase('messages:answered');
  return person.phone ? phrase('messages:notReached', { phone: phoneSaid(person.phone) }) : phrase('messages:noPhone');
}

const on = ({ subject }: Press) => ({ messageId: MessageId.parse(subject) });

const read: Handler = async (turn, press) => {
  const opened = await turn.execute(readMessage, on(press));
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  return { show: { title: phrase('slack:modal.message'), message: await storyOf(opened.result, turn) } };
};

/** Who wrote, all that was written, what was answered. Only ever shown after its reading line. */
async function storyOf(message: KeptMessage, turn: Turn): Promise<Message> {
  return {
    lines: [await writerOf(message, turn), ...message.parts.flatMap(partLines), ...(await answerLines(message, turn))],
    files: [...message.parts, ...message.answers].flatMap(({ files }) => files),
    buttons: buttonsOf(message),
    isProtected: true,
  };
}

async function writerOf({ personId }: KeptMessage, { store }: Turn): Promise<Phrase> {
  const person = personId && (await store.people.get(personId));
  if (!person) return phrase('messages:fromStranger');
  return phrase('messages:fromPerson', { name: person.name, phone: phoneSaid(person.phone) });
}

const partLines = ({ at, former, ...part }: Part): Phrase[] => [
  phrase('messages:card', { when: when(at), text: textOf(part) }),
  ...former.map((before) => phrase('messages:former', { text: words(before.words) })),
];

/** The words and how many files; a voice alone has no words. */
function textOf({ words: said, files }: Spoken): Param {
  if (files.length === 0) return words(said);
  return said
    ? phrase('general:wordsAndFiles', { text: words(said), count: files.length })
    : phrase('general:filesOnly', { count: files.length });
}

async function answerLines({ answers }: KeptMessage, { store }: Turn): Promise<Phrase[]> {
  const rows: Phrase[] = [];
  for (const { by, at, ...answer } of answers)
    rows.push(
      phrase('messages:answeredRow', {
        name: (await store.people.get(by))?.name ?? '—',
        when: when(at),
        text: textOf(answer),
      }),
    );
  return rows;
}

function buttonsOf(message: KeptMessage): NonNullable<Message['buttons']> {
  const about = { subject: message.id, version: message.version };
  const close = isOver(message)
    ? []
    : [{ label: phrase('messages:button.markRead'), action: 'message.close' as const, ...about }];
  return [
    [
      {
        label: phrase('coordinator:button.reply'),
        action: 'message.answer',
        ...about,
        style: 'primary',
        opensForm: true,
      },
      ...close,
    ],
  ];
}

const answer: Handler = async (_turn, { subject }): Promise<Answer> => ({
  open: { form: 'answer-message', answers: { messageId: subject } },
});

const close: Handler = async (turn, press) => {
  const closed = await turn.execute(closeMessage, on(press));
  return closed.is === 'refused'
    ? refusalSaid(turn, closed)
    : { toast: phrase('general:noted'), ...say({ lines: [phrase('messages:markedRead')] }) };
};

export const answerHandlers = {
  'message.read': read,
  'message.answer': answer,
  'message.close': close,
};
