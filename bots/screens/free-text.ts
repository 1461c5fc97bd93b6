import { courtesyIn } from '#core/language/courtesy.ts';
import type { Button } from '#core/message.ts';
import { editWords } from '#core/messages/edit-words.ts';
import type { KeptMessage } from '#core/messages/kept-message.ts';
import { type Phrase, phrase, when } from '#core/phrase.ts';
import { minutesBetween } from '#core/time.ts';
import { homeButton } from '../dialogue/home-button.ts';
import type { Incoming } from '../dialogue/incoming.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, say, sayLines, type Turn } from '../dialogue/turn.ts';
import { doors } from './doors.ts';
import { isOneOfMany, keptMany, toAlert } from './files.ts';
import { handlers } from './handlers.ts';
import { homeScreen } from './home.ts';
import { isOfStaff, keep, refsOf } from './keeping.ts';
import { type Understood, understand } from './matters.ts';
import { meantAppointment } from './meant-appointment.ts';
import { offerStashed } from './offer-stashed.ts';
import { ownAlertOf } from './open-alert.ts';
import { stashOffer } from './stash.ts';

type TextIn = Extract<Incoming, { kind: 'text' }>;

/**
 * A text that is no button, no danger, no answer: corrected words, a matter that is plainly meant, or words a human reads. Nothing is
 * booked, moved, cancelled or sent by it: that takes a button. Nothing is thrown away (`experience.md` 1, 2).
 */
export async function freeText(turn: Turn, incoming: TextIn): Promise<Answer> {
  const { text } = incoming;
  const corrected = incoming.isEdited ? await correct(turn, text) : undefined;
  if (corrected) return corrected;
  const courtesy = incoming.isForwarded ? undefined : courtesyIn(text);
  if (courtesy && !isOfStaff(turn)) return courtesy === 'thanks' ? sayLines(phrase('general:thanked')) : greeted(turn);
  const understood = incoming.isForwarded ? undefined : understand(turn, text);
  if (understood) return lead(turn, understood, text);
  if (isOnlySigns(text)) return sayLines(phrase('errors:emoji'));
  if (isOfStaff(turn)) return offerStashed(turn, { words: text, files: [] }, phrase('messages:staff.ask'));
  return keepAndSay(turn, text);
}

/** A message the person wrote before has other words now; `undefined` when it was no message. */
async function correct(turn: Turn, text: string): Promise<Answer | undefined> {
  const { ref } = refsOf(turn);
  const known = ref && (await turn.store.messages.withRef(ref));
  if (!ref || !known) return undefined;
  const corrected = await turn.execute(editWords, { ref, words: text });
  if (corrected.is === 'refused') return undefined;
  return sayLines(phrase(corrected.result.isReplaced ? 'errors:editedKept' : 'errors:editedTooLate'));
}

/** Goes straight to the matter, with one line that names it unless its screen is the whole answer; what was more than a word can still go to the team. */
async function lead(turn: Turn, { action, name, isWord, isAnswer, matter }: Understood, text: string): Promise<Answer> {
  turn.conversation.misses = 0;
  const meant = matter && (await meantAppointment(turn, matter, asMessage(turn, text)));
  if (meant) return meant;
  const answer = await handlers[action](turn, { subject: '', version: 0, value: 0 });
  if (isAnswer || (isWord && !matter)) return answer;
  const named = { lines: [phrase('errors:understood', { what: name })], buttons: [[asMessage(turn, text)]] };
  return { ...answer, say: [named, ...(answer.say ?? [])] };
}

const asMessage = (turn: Turn, text: string): Button => ({
  label: phrase('messages:wide.asMessage'),
  action: 'message.send',
  subject: stashOffer(turn, text),
});

/** A greeting is greeted; then comes the home, or the three doors. */
async function greeted(turn: Turn): Promise<Answer> {
  const home = await homeScreen(turn);
  const [first, ...rest] = home.say ?? [];
  if (!turn.person || !first) return home;
  return { ...home, say: [{ ...first, lines: [phrase('general:greeting'), ...first.lines] }, ...rest] };
}

const isOnlySigns = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text) && /\p{Extended_Pictographic}/u.test(text);

/** For those who help, while an alert of theirs is open; else kept for a human, said in other words the second and the third time. */
async function keepAndSay(turn: Turn, text: string): Promise<Answer> {
  const alert = await ownAlertOf(turn);
  if (alert) return toAlert(turn, alert, { words: text, files: [] });
  const kept = await keep(turn, { words: text, files: [] });
  if (kept.is === 'refused') return refusalSaid(turn, kept);
  if (isOneOfMany(kept.result.message, turn)) return { together: keptMany(kept.result.message) };
  const misses = missesIn(turn);
  if (misses >= personFrom && turn.person) return withPerson(turn, kept.result.message);
  return say({ lines: missLines(kept.result.message, misses), buttons: fitting(turn).map((button) => [button]) });
}

const missMinutes = 60;
const personFrom = 3;

/** How often in a row we did not understand; an hour later it counts anew. */
function missesIn({ conversation, now }: Turn): number {
  if (minutesBetween(conversation.touchedAt, now) > missMinutes) conversation.misses = 0;
  conversation.misses += 1;
  return conversation.misses;
}

function missLines({ answerDueAt }: KeptMessage, misses: number): Phrase[] {
  const at = when(answerDueAt);
  return misses === 1
    ? [phrase('errors:missThree', { when: at })]
    : [phrase('errors:missOne'), phrase('messages:kept', { when: at })];
}

/** The third time it is time for a human: the words are kept, and here is who reads them. */
async function withPerson(turn: Turn, { answerDueAt }: KeptMessage): Promise<Answer> {
  const { open: _, ...answer } = await handlers.person(turn, { subject: '', version: 0, value: 0 });
  const [card] = answer.say ?? [];
  return say({
    lines: [phrase('general:saved'), phrase('messages:kept', { when: when(answerDueAt) }), ...(card?.lines ?? [])],
    buttons: [...(card?.buttons ?? []), [homeButton]],
  });
}

/** What may help meanwhile: the three ways of somebody on file, the three doors of a stranger. */
function fitting({ person }: Turn): Button[] {
  if (!person) return doors;
  return [
    { label: phrase('home:button.appointments'), action: 'appointment.list' },
    { label: phrase('home:button.write'), action: 'message.new', opensForm: true },
    { label: phrase('general:button.person'), action: 'person', opensForm: true },
  ];
}
