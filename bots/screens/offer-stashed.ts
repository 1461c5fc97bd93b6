import type { Alert } from '#core/alerts/alert.ts';
import type { Button, Message } from '#core/message.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import type { PersonRole } from '#core/roles.ts';
import type { Spoken } from '../dialogue/form.ts';
import { type Answer, say, sayLines, type Turn } from '../dialogue/turn.ts';
import { openAlertOf } from './open-alert.ts';
import { stash } from './stash.ts';

/** Asks staff what their words are. They stay with the talk and go nowhere until a button is pressed; what comes after an alert may join it. */
export async function offerStashed(turn: Turn, said: Spoken, ask: Phrase, albumId?: string): Promise<Answer> {
  const alert = await openAlertOf(turn);
  const { run, isJoined, isSameAlbum } = stash(turn, said, albumId, alert?.raisedAt);
  if (isSameAlbum) return {};
  if (!turn.person) return sayLines(ask);
  const buttons = [...(alert ? [joinButton(alert, run)] : []), ...buttonsFor(turn.person.role, run)];
  const message: Message = {
    lines: [isJoined ? phrase('messages:staff.added') : ask],
    buttons: buttons.map((button) => [button]),
  };
  return isJoined && !alert && isOneOfMany(turn) ? { together: message } : say(message);
}

/** More came in this minute than is answered one by one. */
const isOneOfMany = ({ conversation, settings }: Turn): boolean =>
  (conversation.pace?.inputs ?? 0) > settings.limits.keptAnswersPerMinute;

/** Names the alert by its number, so that the press means the one that was read. */
const joinButton = ({ number }: Alert, subject: string): Button => ({
  label: phrase('messages:wide.addToAlert', { number }),
  action: 'message.addToAlert',
  subject,
  version: Number(number.replace(/\D/g, '')),
  style: 'primary',
});

function buttonsFor(role: PersonRole, subject: string): Button[] {
  const note: Button = { label: phrase('messages:wide.toNote'), action: 'message.toNote', subject, opensForm: true };
  const alert: Button = { label: phrase('messages:wide.toAlert'), action: 'message.toAlert', subject, opensForm: true };
  const message: Button = {
    label: phrase(role === 'technician' ? 'messages:wide.toCoordinator' : 'messages:wide.toTeam'),
    action: 'message.send',
    subject,
  };
  if (role === 'technician' || role === 'coordinator') return [note, alert, message];
  return role === 'supervisor' ? [alert, message] : [message];
}
