import type { Action } from '#core/actions.ts';
import type { Phrase } from '#core/phrase.ts';
import { keysSaying } from '../dialogue/say.ts';

type Key = Phrase['key'];

/** Buttons of the fixed keyboards and what they open; typed by hand in any of the three languages they do the same. */
const menu: Partial<Record<Key, Action>> = {
  'home:button.appointments': 'appointment.list',
  'home:button.newMeeting': 'appointment.book',
  'home:button.meetings': 'appointment.list',
  'home:button.feedback': 'feedback.list',
  'appointments:button.book': 'appointment.ask',
  'home:button.plan': 'plan',
  'home:button.write': 'message.new',
  'home:button.urgent': 'help',
  'home:button.alert': 'alert.new',
  'home:button.newNote': 'note.new',
  'home:button.tasks': 'tasks',
  'home:button.cases': 'case.list',
  'home:button.today': 'today',
  'home:button.guide': 'guide',
  'home:button.openAlerts': 'alert.list',
  'home:button.toValidate': 'note.list',
  'home:button.requests': 'request.list',
  'home:button.myTeam': 'people.list',
  'home:button.duty': 'duty.show',
  'home:button.people': 'people.list',
  'home:button.texts': 'texts.show',
  'home:button.inviteStaff': 'people.invite',
  'home:button.newPerson': 'people.open',
  'home:button.invitations': 'people.unlinked',
  'home:button.absence': 'duty.absence',
  'home:button.lastResort': 'duty.lastResort',
  'home:button.setup': 'setup.show',
  'stop:wide.stop': 'stop.ask',
  'home:wide.language': 'language',
  'home:wide.contact': 'myContact',
  'general:button.home': 'home',
  'general:button.more': 'more',
  'general:button.person': 'person',
};

/** The commands of the bot's own menu in Telegram; there they are texts like any other. */
const commands: Partial<Record<string, Action>> = {
  '/menu': 'home',
  '/help': 'help',
  '/language': 'language',
  '/stop': 'stop.ask',
  '/garda': 'duty.show',
  '☰': 'more',
};

/** The action of a typed or pressed word of the menu. */
export function menuAction(text: string): Action | undefined {
  if (text.length > 60) return undefined;
  const [first = ''] = text.trim().toLowerCase().split(/[\s@]/);
  const command = commands[first.startsWith('/') ? first : text.trim()];
  if (command) return command;
  return keysSaying(text)
    .map((key) => menu[key])
    .find((action) => action !== undefined);
}
