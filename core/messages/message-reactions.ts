import type { PersonId } from '../id.ts';
import type { Message } from '../message.ts';
import { phrase, words } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import { nextQuietEnd } from '../time.ts';
import { firstReminderOf, type KeptMessage, nextReminderOf } from './kept-message.ts';
import type { MessageEvents } from './message-events.ts';

/** Readers hear that words wait, who wrote gets the answer where they wrote, and what waits too long asks again. */
export const messageReactions: Reactions<MessageEvents> = {
  'message.kept': async ({ messageId, people }, deps) => {
    const message = await deps.store.messages.must(messageId);
    return [
      ...people.map((to) => notice(to, message, deps)),
      timer(message, firstReminderOf(message.answerDueAt, deps.settings)),
      ...homes(message),
    ];
  },
  'message.added': changed,
  'message.edited': async ({ messageId, isReplaced }, deps) => {
    const message = await deps.store.messages.must(messageId);
    const again = isReplaced
      ? []
      : [
          ...message.readerIds.map((to) => notice(to, message, deps)),
          timer(message, nextReminderOf(deps.now, deps.settings)),
        ];
    return [...again, { do: 'refresh', subject: messageId }, ...homes(message)];
  },
  'message.read': changed,
  'message.answered': async (event, deps) => {
    const message = await deps.store.messages.must(event.messageId);
    return [
      ...(await changed(event, deps)),
      cancelled(message),
      ...toSender(message, await answerOf(message, event.answer, deps)),
    ];
  },
  'message.closed': async (event, deps) => {
    const message = await deps.store.messages.must(event.messageId);
    return [
      ...(await changed(event, deps)),
      cancelled(message),
      ...toSender(message, { lines: [phrase('write:read')] }),
    ];
  },
  'message.reminded': async ({ messageId, people }, deps) => {
    const message = await deps.store.messages.must(messageId);
    const told = people.map(
      (to): Reaction => ({ do: 'tell', to, card: 'message-waiting', subject: messageId, lane: 'waiting' }),
    );
    return [...told, timer(message, nextReminderOf(deps.now, deps.settings)), ...homes(message)];
  },
};

/** It waits until the quiet hours are over, unless it has to be read today. */
const notice = (to: PersonId, { id, isFlagged }: KeptMessage, { now, settings }: ReactionDeps): Reaction => ({
  do: 'tell',
  to,
  card: 'message',
  subject: id,
  lane: 'waiting',
  at: isFlagged ? now : nextQuietEnd(now, settings.quietHours),
});

const keyOf = ({ id }: KeptMessage) => `message-${id}`;
const timer = (message: KeptMessage, at: Date): Reaction => ({
  do: 'timer',
  key: keyOf(message),
  kind: 'remind-message',
  subject: message.id,
  at,
});
const cancelled = (message: KeptMessage): Reaction => ({ do: 'cancel', key: keyOf(message) });
const homes = ({ readerIds }: KeptMessage): Reaction[] => readerIds.map((of) => ({ do: 'home', of }));

/** Copies of the card and the homes that list it show the state as it is now. */
async function changed({ messageId }: { messageId: string }, { store }: ReactionDeps): Promise<Reaction[]> {
  return [{ do: 'refresh', subject: messageId }, ...homes(await store.messages.must(messageId))];
}

/** The first line gives nothing away on a locked screen; name and words stand after it. */
async function answerOf({ answers }: KeptMessage, index: number, { store }: ReactionDeps): Promise<Message> {
  const answer = answers[index];
  if (!answer) throw new Error(`no answer ${index}`);
  const { name } = await store.people.must(answer.by);
  const text = answer.words ? words(answer.words) : phrase('general:filesOnly', { count: answer.files.length });
  return {
    lines: [phrase('write:notice.answer'), phrase('write:answer', { name, text })],
    files: answer.files,
    buttons: [[{ label: phrase('home:button.write'), action: 'message.new' }]],
  };
}

/** To the person, or to the account of somebody not on file. */
function toSender({ personId, account }: KeptMessage, message: Message): Reaction[] {
  if (personId) return [{ do: 'tell', to: personId, message, lane: 'waiting' }];
  return account ? [{ do: 'tellAccount', account, message, lane: 'waiting' }] : [];
}
