import type { Button } from '#core/message.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import type { PersonRole } from '#core/roles.ts';
import { type Answer, say, sayLines, type Turn } from '../dialogue/turn.ts';
import type { Stashed } from './stash.ts';

/** Asks staff what their words are. They stay with the talk and go nowhere until a button is pressed. */
export function offerStashed(turn: Turn, { run, isJoined, isSameAlbum }: Stashed, ask: Phrase): Answer {
  if (isSameAlbum) return {};
  if (!turn.person) return sayLines(ask);
  const buttons = buttonsFor(turn.person.role, run).map((button) => [button]);
  return say({ lines: [isJoined ? phrase('messages:staff.added') : ask], buttons });
}

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
