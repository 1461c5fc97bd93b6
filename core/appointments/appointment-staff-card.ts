import { abilityOf, may } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { Button, Message, Tone } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { day, type Phrase, phrase, when } from '../phrase.ts';
import { type Appointment, type AppointmentState, stands } from './appointment.ts';
import { caseRefOf, wishSaid } from './appointment-words.ts';

type Head = 'asked' | 'askedToMove' | 'confirmed' | 'calledOffByPerson' | 'chosen' | 'noneFits' | 'standing';
type Heads = Record<AppointmentState, `appointments:notice.${Head}`>;

/** First line for each state; a card may put its own in place of one. */
export const staffHeads: Heads = {
  asked: 'appointments:notice.asked',
  moveAsked: 'appointments:notice.askedToMove',
  confirmed: 'appointments:notice.confirmed',
  cancelled: 'appointments:notice.calledOffByPerson',
  booked: 'appointments:notice.standing',
  calledOff: 'appointments:notice.standing',
  came: 'appointments:notice.standing',
  missed: 'appointments:notice.standing',
};

/** The card of whoever decides: the case by its number, the state, what can be done. Others see nothing. */
export async function staffCard(id: string, view: CardView, heads: Heads): Promise<Message | undefined> {
  const appointment = await view.store.appointments.get(id);
  if (!appointment || !(await mayDecide(appointment, view))) return undefined;
  return staffCardOf(appointment, view, heads);
}

const mayDecide = async (appointment: Appointment, view: CardView): Promise<boolean> =>
  may(abilityOf(await askerFor(view.viewer, view)), 'offer-times', appointment);

/** The same of a loaded appointment. */
export async function staffCardOf(
  appointment: Appointment,
  view: CardView,
  heads: Heads = staffHeads,
): Promise<Message> {
  return {
    lines: [await headOf(appointment, heads[appointment.state], view)],
    state: { tone: toneOf(appointment), word: stateWord(appointment) },
    ...(view.isNewest ? { buttons: staffButtons(appointment, view) } : {}),
  };
}

async function headOf(appointment: Appointment, key: Heads[AppointmentState], view: CardView): Promise<Phrase> {
  const caseRef = await caseRefOf(appointment, view);
  const at = appointment.startsAt ? when(appointment.startsAt) : phrase('general:nothingHere');
  if (key === 'appointments:notice.asked') return phrase(key, { caseRef, text: wishSaid(appointment.wish) });
  if (key === 'appointments:notice.askedToMove')
    return phrase(key, { caseRef, when: at, text: wishSaid(appointment.wish) });
  if (key === 'appointments:notice.noneFits')
    return phrase(key, { caseRef, day: day(appointment.answerBy ?? view.now) });
  return phrase(key, { caseRef, when: at });
}

/** State word of an appointment; one that is to be moved reads as another time being chosen. */
export const stateWord = ({ state }: Appointment): Phrase =>
  phrase(`appointments:state.${state === 'moveAsked' ? 'moving' : state}`);

const tones: Record<AppointmentState, Tone> = {
  asked: 'amber',
  moveAsked: 'amber',
  booked: 'blue',
  confirmed: 'green',
  cancelled: 'grey',
  calledOff: 'grey',
  came: 'green',
  missed: 'grey',
};

/** The colour of its state for staff; open offers are blue whatever the state. */
export const toneOf = ({ state, offers }: Appointment): Tone => (offers.length > 0 ? 'blue' : tones[state]);

/** What can be done in this state, as of the version shown. Ahead: another time; begun: what became of it. */
export function staffButtons(appointment: Appointment, { now }: Pick<CardView, 'now'>): Button[][] {
  const about = { subject: appointment.id as string, version: appointment.version };
  const read: Button = { label: phrase('general:button.read'), action: 'appointment.show', ...about, opensForm: true };
  if (stands(appointment) && appointment.startsAt <= now) return [markButtons(appointment), [read]];
  if (!stands(appointment) && appointment.state !== 'asked') return [[read]];
  return [
    [...timeButtons(appointment), read],
    [{ label: phrase('appointments:button.callOff'), action: 'appointment.callOff', ...about }],
  ];
}

function timeButtons({ id, version, state }: Appointment): Button[] {
  const about = { subject: id as string, version, opensForm: true };
  const isAsked = state === 'asked' || state === 'moveAsked';
  const offer: Button = {
    label: phrase('appointments:button.offer'),
    action: 'appointment.offer',
    ...about,
    style: 'primary',
  };
  const move: Button = {
    label: phrase(state === 'asked' ? 'appointments:button.set' : 'appointments:button.move'),
    action: 'appointment.moveTo',
    ...about,
  };
  return isAsked ? [offer, move] : [move];
}

/** "A venit", "Nu a putut veni", "Am anulat noi". */
export function markButtons({ id, version }: Appointment): Button[] {
  const about = { subject: id as string, version };
  return [
    { label: phrase('appointments:button.came'), action: 'appointment.came', ...about },
    { label: phrase('appointments:button.missed'), action: 'appointment.missed', ...about },
    { label: phrase('appointments:button.calledOff'), action: 'appointment.callOff', ...about, value: 1 },
  ];
}
