import { Place } from '#core/appointments/appointment.ts';
import { caseRefOf } from '#core/appointments/appointment-words.ts';
import { askForAppointment } from '#core/appointments/ask-for-appointment.ts';
import { bookAppointment } from '#core/appointments/book-appointment.ts';
import { moveAppointment } from '#core/appointments/move-appointment.ts';
import { offerTimes } from '#core/appointments/offer-times.ts';
import { CaseId } from '#core/id.ts';
import { date, day, lines, type Phrase, phrase, when } from '#core/phrase.ts';
import { isWorkingDay, localDate } from '#core/time.ts';
import { chosen, type FormAnswers, form, type Option, spoken } from '../dialogue/form.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, say, sayLines, type Turn } from '../dialogue/turn.ts';
import { appointmentIn, wishRead } from './appointments.ts';
import { caseOptions, findCases } from './cases.ts';
import { notLinked } from './doors.ts';
import { phoneSaid } from './phone-said.ts';
import { callInstead, hears } from './staff-appointments.ts';

const yesNo: Option[] = [
  { value: 'yes', label: phrase('general:button.yes') },
  { value: 'no', label: phrase('general:button.no') },
];

const places: Option[] = [
  { value: 'office', label: phrase('appointments:wide.atOffice') },
  { value: 'home', label: phrase('appointments:wide.atHome') },
  { value: 'elsewhere', label: phrase('appointments:wide.elsewhere') },
];

/** A meeting, set by the coordinator: with whom, when, where, what to bring, interpreter. */
export const bookAppointmentForm = form({
  name: 'book-appointment',
  title: phrase('appointments:modal.book'),
  fields: [
    {
      kind: 'choice',
      key: 'case',
      ask: phrase('appointments:staff.askWhom'),
      options: (turn) => caseOptions(turn, 'book-appointment'),
      search: findCases,
      label: phrase('appointments:label.with'),
    },
    {
      kind: 'moment',
      key: 'when',
      ask: phrase('appointments:staff.askWhen'),
      askOnPage: phrase('appointments:staff.askDay'),
      direction: 'future',
      label: phrase('appointments:label.when'),
    },
    {
      kind: 'choice',
      key: 'place',
      ask: phrase('appointments:staff.askPlace'),
      options: () => places,
      label: phrase('appointments:label.where'),
    },
    {
      kind: 'words',
      key: 'placeWords',
      ask: phrase('appointments:staff.askPlaceWords'),
      when: (answers) => chosen(answers, 'place') === 'elsewhere',
      isShort: true,
      atMost: 300,
      label: phrase('appointments:label.place'),
    },
    {
      kind: 'words',
      key: 'bring',
      ask: phrase('appointments:staff.askBring'),
      isOptional: true,
      isShort: true,
      atMost: 500,
      label: phrase('appointments:label.bring'),
    },
    {
      kind: 'choice',
      key: 'interpreter',
      ask: phrase('appointments:staff.askInterpreter'),
      options: () => yesNo,
      columns: 2,
      label: phrase('appointments:label.interpreter'),
    },
  ],
  hasPlayback: true,
  submitLabel: phrase('appointments:button.bookYes'),
  submit: (turn, answers) => unlessDoubtful(turn, answers, book),
});

/** The coordinator sets another time, or the first one of a request. */
export const moveAppointmentForm = form({
  name: 'move-appointment',
  title: phrase('appointments:modal.move'),
  fields: [
    {
      kind: 'moment',
      key: 'when',
      ask: phrase('appointments:staff.askWhen'),
      askOnPage: phrase('appointments:staff.askDay'),
      direction: 'future',
    },
  ],
  submit: (turn, answers) => unlessDoubtful(turn, answers, move),
});

/** A clash or a closed day is told; it is the coordinator who decides. */
export const confirmBookingForm = form({
  name: 'confirm-booking',
  title: phrase('appointments:modal.sure'),
  fields: [
    {
      kind: 'choice',
      key: 'isSure',
      ask: async (turn, answers) => phrase('general:plain', { text: lines(await doubts(turn, answers)) }),
      options: () => yesNo,
      columns: 2,
    },
  ],
  async submit(turn, answers) {
    if (chosen(answers, 'isSure') !== 'yes') return sayLines(phrase('appointments:staff.notBooked'));
    return chosen(answers, 'appointmentId') ? move(turn, answers) : book(turn, answers);
  },
});

async function unlessDoubtful(turn: Turn, answers: FormAnswers, act: typeof book): Promise<Answer> {
  if ((await doubts(turn, answers)).length === 0) return act(turn, answers);
  return { open: { form: 'confirm-booking', answers } };
}

async function doubts(turn: Turn, answers: FormAnswers): Promise<Phrase[]> {
  const startsAt = new Date(chosen(answers, 'when'));
  const isClosed = !isWorkingDay(localDate(startsAt), turn.settings.closedDays);
  return [
    ...(isClosed ? [phrase('appointments:staff.closed', { date: date(startsAt) })] : []),
    ...(await clashes(turn, answers, startsAt)),
  ];
}

/** Meetings of the same coordinator that overlap, by their case numbers. */
async function clashes(turn: Turn, answers: FormAnswers, startsAt: Date): Promise<Phrase[]> {
  const { store, settings } = turn;
  const known = chosen(answers, 'appointmentId')
    ? await store.appointments.get(chosen(answers, 'appointmentId'))
    : await store.cases.get(chosen(answers, 'case'));
  if (!known) return [];
  const found: Phrase[] = [];
  for (const other of await store.appointments.overlapping(
    known.coordinatorId,
    startsAt,
    settings.appointments.lengthMinutes,
  )) {
    if (other.id !== known.id)
      found.push(phrase('appointments:staff.clash', { caseRef: await caseRefOf(other, turn) }));
  }
  return found.slice(0, 1);
}

async function book(turn: Turn, answers: FormAnswers): Promise<Answer> {
  const startsAt = new Date(chosen(answers, 'when'));
  const booked = await turn.execute(bookAppointment, {
    caseId: CaseId.parse(chosen(answers, 'case')),
    startsAt,
    place: placeIn(answers),
    bring: spoken(answers, 'bring').words,
    hasInterpreter: chosen(answers, 'interpreter') === 'yes',
  });
  if (booked.is === 'refused') return refusalSaid(turn, booked);
  const person = await turn.store.people.must(booked.result.personId);
  const phone = phoneSaid(person.phone);
  if (hears(person)) return sayLines(phrase('appointments:staff.booked', { when: when(startsAt) }));
  return sayLines(
    phrase(person.hasStopped ? 'appointments:staff.stopped' : 'appointments:staff.notLinked', {
      when: when(startsAt),
      phone,
    }),
  );
}

/** Elsewhere without an address is at the office, as the field may be left empty in Slack. */
function placeIn(answers: FormAnswers): Place {
  const said = spoken(answers, 'placeWords').words.trim();
  const at = Place.shape.at.safeParse(chosen(answers, 'place')).data ?? 'office';
  if (at !== 'elsewhere') return { at };
  return said ? { at, words: said } : { at: 'office' };
}

async function move(turn: Turn, answers: FormAnswers): Promise<Answer> {
  const startsAt = new Date(chosen(answers, 'when'));
  const moved = await turn.execute(moveAppointment, { appointmentId: appointmentIn(answers), startsAt });
  if (moved.is === 'refused') return refusalSaid(turn, moved);
  const person = await turn.store.people.must(moved.result.personId);
  return sayLines(phrase('appointments:staff.moved', { when: when(startsAt) }), ...callInstead(person));
}

/** Up to three other times; the person gets them as buttons. */
export const offerTimesForm = form({
  name: 'offer-times',
  title: phrase('appointments:modal.offer'),
  fields: [
    {
      kind: 'moment',
      key: 'first',
      ask: phrase('appointments:offer.ask'),
      direction: 'future',
      label: phrase('appointments:label.when'),
    },
    {
      kind: 'moment',
      key: 'second',
      ask: phrase('appointments:offer.another'),
      direction: 'future',
      isOptional: true,
      label: phrase('appointments:button.offerMore'),
    },
    {
      kind: 'moment',
      key: 'third',
      ask: phrase('appointments:offer.another'),
      direction: 'future',
      isOptional: true,
      when: (answers) => answers.second !== '',
      label: phrase('appointments:button.offerMore'),
    },
  ],
  hasPlayback: true,
  submitLabel: phrase('appointments:button.offer'),
  async submit(turn, answers) {
    const times = ['first', 'second', 'third']
      .map((key) => chosen(answers, key))
      .filter(Boolean)
      .map((time) => new Date(time));
    const offered = await turn.execute(offerTimes, { appointmentId: appointmentIn(answers), times });
    if (offered.is === 'refused') return refusalSaid(turn, offered);
    return sayLines(
      phrase('appointments:offer.sent'),
      ...callInstead(await turn.store.people.must(offered.result.personId)),
    );
  },
});

/** The person asks for a meeting: when it would suit, in words or by voice, or passed over. */
export const askForAppointmentForm = form({
  name: 'ask-for-appointment',
  isAskedOnce: true,
  title: phrase('appointments:modal.ask'),
  fields: [
    {
      kind: 'words',
      key: 'wish',
      ask: phrase('appointments:askFor.when'),
      isOptional: true,
      mayHaveFiles: 'voice',
      atMost: 1000,
    },
  ],
  async submit(turn, answers) {
    if (!turn.person) return notLinked();
    const asked = await turn.execute(askForAppointment, { personId: turn.person.id, wish: spoken(answers, 'wish') });
    if (asked.is === 'refused') return refusalSaid(turn, asked);
    const sent = phrase('appointments:askFor.sent', { day: day(asked.result.answerBy ?? turn.now) });
    return say(wishRead(sent, spoken(answers, 'wish')));
  },
});
