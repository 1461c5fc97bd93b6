import type { Card, CardView } from '../cards.ts';
import type { Button, Message } from '../message.ts';
import { type Phrase, phrase, time, when, words } from '../phrase.ts';
import { addDays, localDate } from '../time.ts';
import { type Appointment, stands, type Timed } from './appointment.ts';
import { staffCard, staffHeads, stateWord } from './appointment-staff-card.ts';
import { mapOf, placeFor } from './appointment-words.ts';

/** The cards of an appointment. The person's say when, where, with whom, what to bring; staff's name the case by its number only. */
export const appointmentCards = {
  appointment: (id, view) => ofPerson(id, view, personCard),
  'appointment-offers': (id, view) =>
    ofPerson(id, view, (one) => (one.offers.length > 0 ? offersCard(one, view) : personCard(one, view))),
  'appointment-tomorrow': (id, view) => ofPerson(id, view, reminderCard),
  'appointment-today': (id, view) => ofPerson(id, view, reminderCard),
  'appointment-staff': (id, view) => staffCard(id, view, staffHeads),
  'appointment-chosen': (id, view) => staffCard(id, view, { ...staffHeads, confirmed: 'appointments:notice.chosen' }),
  'appointment-none-fits': (id, view) =>
    staffCard(id, view, {
      ...staffHeads,
      asked: 'appointments:notice.noneFits',
      moveAsked: 'appointments:notice.noneFits',
    }),
} satisfies Record<string, Card>;

async function ofPerson(
  id: string,
  view: CardView,
  card: (appointment: Appointment, view: CardView) => Promise<Message> | Message,
): Promise<Message | undefined> {
  const appointment = await view.store.appointments.get(id);
  return appointment?.personId === view.viewer.id ? card(appointment, view) : undefined;
}

/** The appointment as it stands now, for the person. */
export async function personCard(appointment: Appointment, view: CardView): Promise<Message> {
  if (stands(appointment))
    return appointment.startsAt > view.now
      ? standingCard(appointment, view)
      : { lines: [phrase('appointments:past'), at(appointment)] };
  return overCard(appointment, view);
}

async function standingCard(appointment: Timed, view: CardView): Promise<Message> {
  const place = await placeFor(appointment, view);
  const isNew = appointment.state === 'booked' && appointment.previousTimes.length === 0;
  return {
    lines: [...head(appointment, place), ...(isNew ? interpreter(appointment) : [])],
    facts: [
      ...(isNew ? [] : [{ label: phrase('appointments:label.where'), value: place }]),
      ...(await withAndBring(appointment, view)),
      ...(isNew ? [] : interpreterFact(appointment)),
    ],
    ...(await buttons(appointment, view)),
  };
}

/** The appointment as the person looks it up: when, where, who, what to bring, how it stands; not the words with which it was announced. */
export async function listedCard(
  appointment: Appointment,
  view: CardView,
  head: 'appointments:next' | 'appointments:standing',
): Promise<Message> {
  if (appointment.offers.length > 0) return offersCard(appointment, view);
  if (!stands(appointment) || appointment.startsAt <= view.now) return personCard(appointment, view);
  return {
    lines: [phrase(head, { when: when(appointment.startsAt) })],
    facts: [
      { label: phrase('appointments:label.where'), value: await placeFor(appointment, view) },
      ...(await withAndBring(appointment, view)),
      ...interpreterFact(appointment),
      ...stateFact(appointment),
    ],
    ...(await buttons(appointment, view)),
  };
}

const interpreterFact = ({ hasInterpreter }: Appointment): Fact[] =>
  hasInterpreter
    ? [{ label: phrase('appointments:label.interpreter'), value: phrase('appointments:interpreter.comes') }]
    : [];

const stateWords = {
  confirmed: phrase('appointments:state.confirmed'),
  moveAsked: phrase('appointments:state.moving'),
} as const;

function stateFact({ state }: Appointment): Fact[] {
  const value = state === 'confirmed' || state === 'moveAsked' ? stateWords[state] : undefined;
  return value ? [{ label: phrase('appointments:label.state'), value }] : [];
}

type Fact = NonNullable<Message['facts']>[number];

function head(appointment: Timed, place: Phrase): Phrase[] {
  const { state, startsAt, previousTimes, answerBy } = appointment;
  const now = when(startsAt);
  if (state === 'confirmed') return [phrase('appointments:confirm.done', { when: now })];
  if (state === 'moveAsked' && answerBy)
    return [phrase('appointments:move.requested', { when: now, day: { day: answerBy.toISOString() } })];
  const before = previousTimes.at(-1);
  if (before) return [phrase('appointments:notice.moved', { when: when(before), newWhen: now })];
  return [phrase('appointments:notice.booked', { when: now, place })];
}

/** The reminder, quiet in its first line; moved or called off meanwhile, it says that instead. */
async function reminderCard(appointment: Appointment, view: CardView): Promise<Message> {
  if (!stands(appointment) || appointment.startsAt <= view.now) return personCard(appointment, view);
  const line = await reminderLine(appointment, view);
  if (!line) return personCard(appointment, view);
  const { state } = appointment;
  const isAgreed =
    state === 'confirmed'
      ? [{ label: phrase('appointments:label.state'), value: phrase('appointments:state.confirmed') }]
      : [];
  return {
    lines: [line, ...interpreter(appointment)],
    facts: [...(await withAndBring(appointment, view)), ...isAgreed],
    ...(await buttons(appointment, view)),
  };
}

/** "Tomorrow" and "today" as they are when it is read; neither of a later day. */
async function reminderLine(appointment: Timed, view: CardView): Promise<Phrase | undefined> {
  const { startsAt } = appointment;
  const place = await placeFor(appointment, view);
  if (localDate(startsAt) === localDate(view.now))
    return phrase('reminders:notice.twoHours', { time: time(startsAt), place });
  if (localDate(startsAt) === localDate(addDays(view.now, 1)))
    return phrase('reminders:notice.dayBefore', { when: when(startsAt), place });
  return undefined;
}

/** The times offered, each a button. */
function offersCard({ id, version, offers }: Appointment, { isNewest }: CardView): Message {
  const choices = offers.map((offer, value): Button[] => [
    {
      label: phrase('general:plain', { text: when(offer) }),
      action: 'appointment.choose',
      subject: id,
      version,
      value,
    },
  ]);
  const none: Button = {
    label: phrase('appointments:wide.noneFits'),
    action: 'appointment.noneFits',
    subject: id,
    version,
  };
  return { lines: [phrase('appointments:notice.offers')], ...(isNewest ? { buttons: [...choices, [none]] } : {}) };
}

/** What is over, or has no time yet. No blame; another day at once. An older copy only says how it ended: the newest has the words. */
function overCard(appointment: Appointment, view: CardView): Message {
  const { id, state, startsAt, answerBy } = appointment;
  if (state === 'asked')
    return { lines: [phrase('appointments:askFor.sent', { day: { day: (answerBy ?? view.now).toISOString() } })] };
  if (state === 'came' || !view.isNewest)
    return {
      lines: [at(appointment)],
      facts: [{ label: phrase('appointments:label.state'), value: stateWord(appointment) }],
    };
  const another: Button = { label: phrase('appointments:button.book'), action: 'appointment.another', subject: id };
  const lines =
    state === 'missed'
      ? missed(startsAt, view)
      : state === 'cancelled'
        ? phrase('appointments:cancel.done')
        : calledOff(startsAt);
  return { lines: [lines], buttons: [[another], [home]] };
}

const home: Button = { label: phrase('general:button.home'), action: 'home' };

const missed = (startsAt: Date | undefined, { now }: CardView): Phrase =>
  phrase(
    startsAt && localDate(startsAt) === localDate(now) ? 'reminders:notice.missed' : 'reminders:notice.missedEarlier',
  );

const calledOff = (startsAt: Date | undefined): Phrase =>
  startsAt
    ? phrase('appointments:notice.cancelled', { when: when(startsAt) })
    : phrase('appointments:notice.requestClosed');

const at = ({ startsAt }: Appointment): Phrase =>
  startsAt ? phrase('general:plain', { text: when(startsAt) }) : phrase('general:nothingHere');

const interpreter = ({ hasInterpreter }: Appointment): Phrase[] =>
  hasInterpreter ? [phrase('appointments:interpreter.yes')] : [];

async function withAndBring(
  { coordinatorId, bring }: Appointment,
  { store }: CardView,
): Promise<NonNullable<Message['facts']>> {
  const { name } = await store.people.must(coordinatorId);
  return [
    { label: phrase('appointments:label.with'), value: phrase('general:plain', { text: name }) },
    ...(bring
      ? [{ label: phrase('appointments:label.bring'), value: phrase('general:plain', { text: words(bring) }) }]
      : []),
  ];
}

/** "Vin", "Altă oră", "Nu pot veni", as of the version shown; below them map and calendar. An older copy has none. */
async function buttons(appointment: Timed, view: CardView): Promise<Pick<Message, 'buttons'>> {
  if (!view.isNewest) return {};
  const { id, version, state } = appointment;
  const about = { subject: id as string, version };
  const map = await mapOf(appointment, view);
  const come: Button[] =
    state === 'confirmed'
      ? []
      : [{ label: phrase('appointments:button.come'), action: 'appointment.confirm', ...about, style: 'primary' }];
  return {
    buttons: [
      [
        ...come,
        { label: phrase('appointments:button.move'), action: 'appointment.move', ...about, opensForm: true },
        { label: phrase('appointments:button.cannot'), action: 'appointment.cannot', ...about },
      ],
      [
        { label: phrase('general:button.calendar'), action: 'appointment.calendar', ...about },
        ...(map ? [{ label: phrase('general:button.map'), url: map }] : []),
      ],
    ],
  };
}
