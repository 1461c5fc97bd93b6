import type { Card, CardView } from '../cards.ts';
import type { Button, Message, Tone } from '../message.ts';
import { day, type Phrase, phrase, time, when } from '../phrase.ts';
import { caseRefOf, isOver, type KeptMessage } from './kept-message.ts';

/** The cards of a message for who reads it. No name of a beneficiary and no words: "Citesc" opens them, journaled. */
export const messageCards = {
  message: (id, view) => draw(id, view, noticeOf),
  'message-waiting': (id, view) => draw(id, view, waitingOf),
} satisfies Record<string, Card>;

type Head = (message: KeptMessage, view: CardView) => Promise<Phrase>;

async function draw(id: string, view: CardView, head: Head): Promise<Message | undefined> {
  const message = await view.store.messages.get(id);
  if (!message?.readerIds.includes(view.viewer.id) || view.viewer.status !== 'active') return undefined;
  const lines = isOver(message) ? await overOf(message, view) : [await head(message, view)];
  return {
    state: { tone: tones[message.state], word: phrase(`messages:word.${message.state}`) },
    lines,
    ...(view.isNewest ? { buttons: [messageButtons(message)] } : {}),
  };
}

const tones: Record<KeptMessage['state'], Tone> = { waiting: 'amber', read: 'blue', answered: 'green', closed: 'grey' };

/** Read it, answer it; an answer can follow an answer. */
export function messageButtons({ id, version }: KeptMessage): Button[] {
  const about = { subject: id, version, opensForm: true };
  return [
    { label: phrase('general:button.read'), action: 'message.read', ...about },
    { label: phrase('coordinator:button.reply'), action: 'message.answer', ...about },
  ];
}

async function noticeOf(message: KeptMessage, view: CardView): Promise<Phrase> {
  const caseRef = await caseRefOf(message, view);
  if (message.isFlagged) return phrase('coordinator:notice.flagged', { caseRef });
  if (message.account) return phrase('messages:notice.stranger', { placeCode: caseRef, day: day(message.answerDueAt) });
  if (message.origin === 'notUnderstood')
    return phrase('coordinator:notice.notUnderstood', { caseRef, when: when(message.answerDueAt) });
  return phrase('coordinator:notice.message', {
    caseRef,
    time: time(message.receivedAt),
    day: day(message.answerDueAt),
  });
}

const waitingOf: Head = async (message, view) =>
  phrase('messages:notice.waiting', { caseRef: await caseRefOf(message, view), when: when(message.receivedAt) });

async function overOf(message: KeptMessage, view: CardView): Promise<Phrase[]> {
  const head = phrase('messages:head', { caseRef: await caseRefOf(message, view) });
  const last = message.answers.at(-1);
  if (!last) return [head];
  const name = (await view.store.people.get(last.by))?.name ?? '—';
  return [head, phrase('messages:alreadyAnswered', { name, when: when(last.at) })];
}
