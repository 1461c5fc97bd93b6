import { may } from '#core/ability.ts';
import type { Action } from '#core/actions.ts';
import { type Appointment, stands } from '#core/appointments/appointment.ts';
import { appointmentCards, listedCard, personCard } from '#core/appointments/appointment-cards.ts';
import { staffCardOf } from '#core/appointments/appointment-staff-card.ts';
import { mapOf, placeFor, wishSaid } from '#core/appointments/appointment-words.ts';
import { askToMove } from '#core/appointments/ask-to-move.ts';
import { cancelAppointment } from '#core/appointments/cancel-appointment.ts';
import { chooseTime } from '#core/appointments/choose-time.ts';
import { confirmAppointment } from '#core/appointments/confirm-appointment.ts';
import { declineOffers } from '#core/appointments/decline-offers.ts';
import type { Outcome } from '#core/execute.ts';
import { AppointmentId } from '#core/id.ts';
import type { Button, Message } from '#core/message.ts';
import type { Person } from '#core/people/person.ts';
import { day, type Phrase, phrase, when } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { chosen, type FormAnswers, form, type Spoken, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, type Press, say, sayLines, type Turn } from '../dialogue/turn.ts';
import { viewOf } from '../dialogue/view-of.ts';
import { notLinked } from './doors.ts';
import { listForStaff, showToStaff, staffAppointmentHandlers } from './staff-appointments.ts';

const mostLater = 3;

export const appointmentIn = (answers: FormAnswers) => AppointmentId.parse(chosen(answers, 'appointmentId'));

/** The card as it stands now for whoever asks; `undefined` when it is not theirs to see. */
export async function cardFor(turn: Turn, appointment: Appointment): Promise<Message | undefined> {
  const { person } = turn;
  if (!person) return undefined;
  if (person.id === appointment.personId)
    return appointmentCards['appointment-offers'](appointment.id, viewOf(turn, person));
  return may(turn.ability, 'offer-times', appointment) ? staffCardOf(appointment, viewOf(turn, person)) : undefined;
}

/** A button acts as of what was shown only: an older one shows the present state instead. */
export const asShown =
  (act: (turn: Turn, appointment: Appointment, press: Press) => Promise<Answer>): Handler =>
  async (turn, press) => {
    const appointment = await turn.store.appointments.get(press.subject);
    if (!appointment) return sayLines(phrase('appointments:gone'));
    if (press.version === appointment.version) return act(turn, appointment, press);
    return presentState(turn, appointment);
  };

async function presentState(turn: Turn, appointment: Appointment): Promise<Answer> {
  const card = await cardFor(turn, appointment);
  if (!card) return sayLines(phrase('refusals:notYours'));
  return {
    toast: phrase('errors:staleButton'),
    say: [{ ...card, lines: [phrase('errors:staleButton'), ...card.lines] }],
  };
}

/** What was pressed shows at once what became of it. */
export async function changed(turn: Turn, outcome: Outcome<Appointment>): Promise<Answer> {
  if (outcome.is === 'refused') return refusalSaid(turn, outcome);
  const card = await cardFor(turn, outcome.result);
  return { toast: phrase('general:toast.done'), ...(card ? { instead: card } : {}) };
}

const list: Handler = async (turn) => {
  const { person, store, now } = turn;
  if (!person) return notLinked();
  if (isStaff(person.role)) return listForStaff(turn);
  const asked = await store.appointments.askedBy(person.id);
  const coming = [...(await store.appointments.comingFor(person.id, now)), ...(asked ? [asked] : [])];
  if (coming.length === 0) return say({ lines: [phrase('appointments:none')], buttons: [[askButton], [homeButton]] });
  return say(await comingCard(turn, person, coming));
};

const askButton: Button = { label: phrase('appointments:button.book'), action: 'appointment.ask', opensForm: true };

/** One message: the next with all that can be done, each later one a button, below them how to get another. */
async function comingCard(turn: Turn, person: Person, [next, ...later]: Appointment[]): Promise<Message> {
  const card = await listedCard(next as Appointment, viewOf(turn, person), 'appointments:next');
  const count = later.length > 0 ? [phrase('appointments:list', { count: later.length + 1 })] : [];
  const silent = person.hasStopped ? [phrase('appointments:noReminders')] : [];
  return {
    ...card,
    lines: [...count, ...card.lines, ...silent],
    buttons: [...(card.buttons ?? []), ...later.slice(0, mostLater).map(laterRow), [askButton], [homeButton]],
  };
}

const laterRow = ({ id, startsAt }: Appointment): Button[] => [
  {
    label: startsAt ? phrase('general:plain', { text: when(startsAt) }) : phrase('appointments:modal.ask'),
    action: 'appointment.show',
    subject: id,
  },
];

const show: Handler = async (turn, { subject }) => {
  const appointment = await turn.store.appointments.get(subject);
  if (!appointment) return sayLines(phrase('appointments:gone'));
  if (turn.person && isStaff(turn.person.role)) return showToStaff(turn, appointment);
  if (!turn.person || turn.person.id !== appointment.personId) return sayLines(phrase('refusals:notYours'));
  const card = await listedCard(appointment, viewOf(turn, turn.person), 'appointments:standing');
  return say({ ...card, buttons: [...(card.buttons ?? []), [homeButton]] });
};

/** "Vin". Pressed once more it says that it is known. */
const confirm: Handler = async (turn, press) => {
  const appointment = await turn.store.appointments.get(press.subject);
  const isKnown =
    appointment?.state === 'confirmed' && appointment.personId === turn.person?.id && appointment.startsAt;
  if (isKnown)
    return {
      toast: phrase('appointments:confirmed.already', { when: when(isKnown) }),
      instead: await personCard(appointment, viewOf(turn, turn.person as Person)),
    };
  return asShown(async (at, { id }) => changed(at, await at.execute(confirmAppointment, { appointmentId: id })))(
    turn,
    press,
  );
};

const move = asShown(async (turn, appointment) => {
  if (!stands(appointment) || appointment.startsAt <= turn.now) return presentState(turn, appointment);
  return { open: { form: 'ask-to-move', answers: { appointmentId: appointment.id } } };
});

/** "Altă oră": when it would suit, in words or by voice, or passed over; two taps at most. */
export const askToMoveForm = form({
  name: 'ask-to-move',
  isAskedOnce: true,
  title: phrase('appointments:modal.move'),
  fields: [
    {
      kind: 'words',
      key: 'wish',
      ask: phrase('appointments:move.when'),
      isOptional: true,
      mayHaveFiles: 'voice',
      atMost: 1000,
    },
  ],
  async submit(turn, answers) {
    const asked = await turn.execute(askToMove, {
      appointmentId: appointmentIn(answers),
      wish: spoken(answers, 'wish'),
    });
    if (asked.is === 'refused') return refusalSaid(turn, asked);
    const { startsAt, answerBy } = asked.result;
    const said = phrase('appointments:move.requested', {
      day: day(answerBy ?? turn.now),
      when: when(startsAt ?? turn.now),
    });
    return say(wishRead(said, spoken(answers, 'wish')));
  },
});

/** What was asked for, with the wish as it was understood, and the way home. */
export const wishRead = (said: Phrase, wish: Spoken): Message => ({
  lines: [said],
  ...(wish.words || wish.files.length > 0
    ? {
        facts: [{ label: phrase('appointments:label.wish'), value: phrase('general:plain', { text: wishSaid(wish) }) }],
      }
    : {}),
  buttons: [[homeButton]],
});

/** "Nu pot veni" asks once: cancel, keep, or another time. */
const cannot = asShown(async (turn, appointment) => {
  if (!stands(appointment) || appointment.startsAt <= turn.now) return presentState(turn, appointment);
  const about = { subject: appointment.id as string, version: appointment.version };
  return {
    say: [
      {
        lines: [phrase('appointments:cancel.ask', { when: when(appointment.startsAt) })],
        buttons: [
          [
            { label: phrase('appointments:button.cancelYes'), action: 'appointment.cannotYes', ...about },
            { label: phrase('appointments:button.cancelNo'), action: 'appointment.keep', ...about },
          ],
          [{ label: phrase('appointments:button.move'), action: 'appointment.move', ...about, opensForm: true }],
        ],
      },
    ],
  };
});

const cannotYes = asShown(async (turn, { id }) =>
  changed(turn, await turn.execute(cancelAppointment, { appointmentId: id })),
);

const keep: Handler = async () => ({ instead: { lines: [phrase('general:unchanged')] } });

const choose = asShown(async (turn, appointment, { value }) => {
  const startsAt = appointment.offers[value];
  if (!startsAt) return presentState(turn, appointment);
  return changed(turn, await turn.execute(chooseTime, { appointmentId: appointment.id, startsAt }));
});

const noneFits = asShown(async (turn, { id }) => {
  const declined = await turn.execute(declineOffers, { appointmentId: id });
  if (declined.is === 'refused') return refusalSaid(turn, declined);
  const { startsAt, answerBy } = declined.result;
  const until = { day: day(answerBy ?? turn.now) };
  return {
    instead: {
      lines: [
        startsAt
          ? phrase('appointments:noneFits', { ...until, when: when(startsAt) })
          : phrase('appointments:noneFitsNew', until),
      ],
    },
  };
});

/** Another day: the person asks for one, the coordinator books it. */
const another: Handler = async (turn, { subject }) => {
  if (!turn.person) return notLinked();
  if (!isStaff(turn.person.role)) return { open: { form: 'ask-for-appointment' } };
  const before = await turn.store.appointments.get(subject);
  return { open: { form: 'book-appointment', answers: before ? { case: before.caseId } : {} } };
};

/** The file for the phone's own calendar. */
const calendar: Handler = async (turn, { subject }) => {
  const appointment = await turn.store.appointments.get(subject);
  if (!appointment || !stands(appointment)) return sayLines(phrase('appointments:gone'));
  if (!(await cardFor(turn, appointment))) return sayLines(phrase('refusals:notYours'));
  return { say: [{ lines: [phrase('appointments:calendar.file')], calendar: { appointmentId: appointment.id } }] };
};

const map: Handler = async (turn, { subject }) => {
  const appointment = await turn.store.appointments.get(subject);
  if (!appointment || !(await cardFor(turn, appointment))) return sayLines(phrase('appointments:gone'));
  const url = await mapOf(appointment, turn);
  if (!url) return sayLines(phrase('appointments:map.none'));
  return {
    say: [{ lines: [await placeFor(appointment, turn)], buttons: [[{ label: phrase('general:button.map'), url }]] }],
  };
};

export const appointmentHandlers = {
  'appointment.list': list,
  'appointment.show': show,
  'appointment.confirm': confirm,
  'appointment.move': move,
  'appointment.cannot': cannot,
  'appointment.cannotYes': cannotYes,
  'appointment.keep': keep,
  'appointment.choose': choose,
  'appointment.noneFits': noneFits,
  'appointment.another': another,
  'appointment.ask': another,
  'appointment.calendar': calendar,
  'appointment.map': map,
  ...staffAppointmentHandlers,
} satisfies Partial<Record<Action, Handler>>;
