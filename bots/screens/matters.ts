import type { Action } from '#core/actions.ts';
import { guessMatter, type Matter } from '#core/language/intents.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import type { Turn } from '../dialogue/turn.ts';
import { isOfStaff } from './keeping.ts';

/**
 * What a text asks for: the screen that answers it, and its name. `isWord`: the text was no more than that word. `isAnswer`: the screen is the
 * whole answer, so that nothing is said above it.
 */
export type Understood = {
  action: Action;
  name: Phrase;
  isWord: boolean;
  isAnswer?: boolean;
  matter?: AppointmentMatter;
};

/** What somebody wants with the appointment they have. */
export type AppointmentMatter = Extract<Matter, 'confirm' | 'move' | 'cannot'>;

/** Showing a screen changes nothing, so «коли мій прийом?» (0.75) is enough. */
const sureFrom = 0.75;
const wordFrom = 0.95;

type Answers = Partial<Record<Matter, Omit<Understood, 'isWord'>>>;

const forEverybody: Answers = {
  help: { action: 'help', name: phrase('home:button.urgent') },
  home: { action: 'home', name: phrase('general:button.home') },
  stop: { action: 'stop.ask', name: phrase('stop:wide.stop') },
  language: { action: 'language', name: phrase('home:wide.language') },
  person: { action: 'person', name: phrase('general:button.person') },
  contact: { action: 'person', name: phrase('general:button.person') },
  write: { action: 'message.new', name: phrase('home:button.write') },
};

/** "Cannot come", "another time", "I come" lead to the appointment with its buttons; none of them acts by itself. */
const forPeople: Answers = {
  appointments: { action: 'appointment.list', name: phrase('home:button.appointments') },
  confirm: { action: 'appointment.list', name: phrase('appointments:button.come'), matter: 'confirm' },
  move: { action: 'appointment.list', name: phrase('appointments:button.move'), matter: 'move' },
  cannot: { action: 'appointment.list', name: phrase('appointments:button.cannot'), matter: 'cannot' },
  contact: { action: 'myContact', name: phrase('home:wide.contact'), isAnswer: true },
  plan: { action: 'plan', name: phrase('home:button.plan') },
  alert: { action: 'help', name: phrase('home:button.urgent') },
};

const forStaff: Answers = {
  alert: { action: 'alert.new', name: phrase('home:button.alert') },
  help: { action: 'alert.new', name: phrase('home:button.alert') },
  note: { action: 'note.new', name: phrase('home:button.newNote') },
  cases: { action: 'case.list', name: phrase('home:button.cases') },
};

/** Reads a matter out of a text by rules only; unsure is `undefined`, and then a human reads it (`language.md` 2). */
export function understand(turn: Turn, text: string): Understood | undefined {
  const guess = guessMatter(text);
  if (!guess || guess.confidence < sureFrom) return undefined;
  const own = isOfStaff(turn) ? forStaff : turn.person ? forPeople : {};
  const found = own[guess.matter] ?? forEverybody[guess.matter];
  return found && { ...found, isWord: guess.confidence >= wordFrom };
}
