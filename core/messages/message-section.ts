import { abilityOf, filterFor } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { day, phrase, when } from '../phrase.ts';
import { caseRefOf, type KeptMessage } from './kept-message.ts';
import { messageButtons } from './message-cards.ts';

/** Messages without an answer: for which case, since when, until when. No words. */
export async function messageSection(view: CardView): Promise<Section | undefined> {
  const { role } = view.viewer;
  if (role !== 'coordinator' && role !== 'supervisor') return undefined;
  const filter = filterFor(abilityOf(await askerFor(view.viewer, view)), 'list-messages');
  const messages = await view.store.messages.open(filter);
  const items: SectionItem[] = [];
  for (const message of messages.slice(0, 10)) items.push(await item(message, view));
  return { title: phrase('home:section.messages'), count: messages.length, empty: phrase('messages:none'), items };
}

async function item(message: KeptMessage, view: CardView): Promise<SectionItem> {
  const { receivedAt, answerDueAt, state } = message;
  const isLate = answerDueAt <= view.now;
  return {
    lines: [
      phrase('messages:row', { caseRef: await caseRefOf(message, view), when: when(receivedAt) }),
      phrase(isLate ? 'messages:dueWas' : 'messages:dueBy', { day: day(answerDueAt) }),
    ],
    tone: isLate ? 'red' : state === 'read' ? 'blue' : 'amber',
    buttons: messageButtons(message),
  };
}
