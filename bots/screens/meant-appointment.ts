import { type Appointment, stands, type Timed } from '#core/appointments/appointment.ts';
import type { Button, Message } from '#core/message.ts';
import { phrase, when } from '#core/phrase.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { type Answer, say, type Turn } from '../dialogue/turn.ts';
import type { AppointmentMatter } from './matters.ts';

/** "Cannot come", "another time", "I come": what was understood of which appointment, and the button that does it; the words alone do nothing. */
export async function meantAppointment(
  turn: Turn,
  matter: AppointmentMatter,
  asMessage: Button,
): Promise<Answer | undefined> {
  const only = await onlyComing(turn);
  if (!only || (matter === 'confirm' && only.state === 'confirmed')) return undefined;
  return say({
    lines: [phrase(understood[matter], { when: when(only.startsAt) })],
    buttons: [...acts(only, matter).map((button) => [button]), [asMessage], [homeButton]],
  } satisfies Message);
}

/** With more than one the list is shown instead: each has its own buttons. */
async function onlyComing({ person, store, now }: Turn): Promise<(Appointment & Timed) | undefined> {
  if (!person) return undefined;
  const coming = (await store.appointments.comingFor(person.id, now)).filter(stands);
  return coming.length === 1 ? coming[0] : undefined;
}

const understood = {
  cannot: 'appointments:understood.cannot',
  move: 'appointments:understood.move',
  confirm: 'appointments:understood.come',
} as const;

function acts({ id, version }: Appointment, matter: AppointmentMatter): Button[] {
  const about = { subject: id as string, version };
  const moveIt: Button = {
    label: phrase('appointments:wide.moveIt'),
    action: 'appointment.move',
    ...about,
    opensForm: true,
  };
  const cancelIt: Button = { label: phrase('appointments:wide.cancelIt'), action: 'appointment.cannotYes', ...about };
  if (matter === 'cannot') return [moveIt, cancelIt];
  if (matter === 'move') return [moveIt];
  return [{ label: phrase('appointments:button.come'), action: 'appointment.confirm', ...about, style: 'primary' }];
}
