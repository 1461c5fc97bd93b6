import type { Action } from '#core/actions.ts';
import type { Appointment } from '#core/appointments/appointment.ts';
import { appointmentsToday, appointmentsToSettle } from '#core/appointments/appointment-section.ts';
import { staffButtons, stateWord, toneOf } from '#core/appointments/appointment-staff-card.ts';
import { caseRefOf, placeForStaff, wishSaid } from '#core/appointments/appointment-words.ts';
import { callOffAppointment } from '#core/appointments/call-off-appointment.ts';
import { markCame } from '#core/appointments/mark-came.ts';
import { markMissed } from '#core/appointments/mark-missed.ts';
import { readAppointment } from '#core/appointments/read-appointment.ts';
import type { Outcome } from '#core/execute.ts';
import { AppointmentId, CaseId } from '#core/id.ts';
import type { Message, Section } from '#core/message.ts';
import { type Person, reachable } from '#core/people/person.ts';
import { type Phrase, phrase, when, words } from '#core/phrase.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, type Press, sayLines, type Turn } from '../dialogue/turn.ts';
import { viewOf } from '../dialogue/view-of.ts';
import { notLinked } from './doors.ts';
import { phoneSaid } from './phone-said.ts';

/** What the coordinator must settle, and the meetings of today; the same lists as at home. */
export async function listForStaff(turn: Turn): Promise<Answer> {
  if (!turn.person) return notLinked();
  const view = viewOf(turn, turn.person);
  const sections: Section[] = [];
  for (const section of [await appointmentsToSettle(view), await appointmentsToday(view)])
    if (section) sections.push(section);
  if (sections.length === 0) return sayLines(phrase('work:notHere'));
  return {
    say: [
      {
        lines: [phrase('home:section.today')],
        sections,
        buttons: [[homeButton]],
        isProtected: true,
      },
    ],
  };
}

/** The whole of an appointment, after its reading line: with whom, when, where, what was wished. */
export async function showToStaff(turn: Turn, { id }: Appointment): Promise<Answer> {
  const opened = await turn.execute(readAppointment, { appointmentId: id });
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  return { show: { title: phrase('appointments:title'), message: await story(turn, opened.result) } };
}

async function story(turn: Turn, appointment: Appointment): Promise<Message> {
  const { store } = turn;
  const person = await store.people.must(appointment.personId);
  const { startsAt, bring, hasInterpreter, wish, place } = appointment;
  const fact = (label: 'when' | 'where' | 'bring' | 'wish', value: Phrase) => ({
    label: phrase(`appointments:label.${label}`),
    value,
  });
  return {
    lines: [
      phrase('appointments:staff.request', { caseRef: await caseRefOf(appointment, turn) }),
      phrase('appointments:staff.person', { name: person.name, phone: phoneSaid(person.phone) }),
    ],
    state: { tone: toneOf(appointment), word: stateWord(appointment) },
    facts: [
      ...(startsAt ? [fact('when', phrase('general:plain', { text: when(startsAt) }))] : []),
      fact('where', placeForStaff(place)),
      ...(bring ? [fact('bring', phrase('general:plain', { text: words(bring) }))] : []),
      ...(wish ? [fact('wish', phrase('general:plain', { text: wishSaid(wish) }))] : []),
      ...(hasInterpreter
        ? [{ label: phrase('appointments:label.interpreter'), value: phrase('general:button.yes') }]
        : []),
    ],
    buttons: staffButtons(appointment, turn).map((row) =>
      row.filter((button) => !('action' in button) || button.action !== 'appointment.show'),
    ),
    ...(wish ? { files: wish.files } : {}),
    isProtected: true,
  };
}

/** Whether a word of ours reaches the person; if not, the coordinator calls. */
export const hears = (person: Person): boolean => reachable(person).length > 0 && !person.hasStopped;

/** What the coordinator adds by phone when the person does not read us. */
export function callInstead(person: Person): Phrase[] {
  return hears(person) ? [] : [phrase('appointments:staff.cannotHear', { phone: phoneSaid(person.phone) })];
}

const book: Handler = async (_turn, { subject }) => {
  const caseId = CaseId.safeParse(subject).data;
  return { open: { form: 'book-appointment', answers: caseId ? { case: caseId } : {} } };
};

const opens =
  (name: 'offer-times' | 'move-appointment'): Handler =>
  async (turn, { subject }) => {
    const appointment = await turn.store.appointments.get(subject);
    return appointment
      ? { open: { form: name, answers: { appointmentId: appointment.id } } }
      : sayLines(phrase('appointments:gone'));
  };

const on = ({ subject }: Press) => ({ appointmentId: AppointmentId.parse(subject) });

const came: Handler = async (turn, press) =>
  marked(turn, await turn.execute(markCame, on(press)), phrase('appointments:mark.came'));
const missed: Handler = async (turn, press) =>
  marked(turn, await turn.execute(markMissed, on(press)), phrase('appointments:mark.missed'));

/** What the button says by its number: a meeting that has passed is only noted; the question was answered with yes. */
const [isPast, yes] = [1, 2];

/** Asks once, as the person gets a message; what was done then stands in the place of the question. */
const callOff: Handler = async (turn, press) => {
  if (press.value === isPast || press.value === yes) {
    const called = await turn.execute(callOffAppointment, on(press));
    const answer = await marked(turn, called, phrase('appointments:callOff.done'));
    const [done] = answer.say ?? [];
    return press.value === yes && called.is === 'done' && done ? { instead: done } : answer;
  }
  const appointment = await turn.store.appointments.get(press.subject);
  if (!appointment) return sayLines(phrase('appointments:gone'));
  const ask = appointment.startsAt
    ? phrase('appointments:callOff.ask', { when: when(appointment.startsAt) })
    : phrase('appointments:staff.callOffRequest');
  return {
    say: [
      {
        lines: [ask],
        buttons: [
          [
            {
              label: phrase('appointments:button.cancelYes'),
              action: 'appointment.callOff',
              subject: press.subject,
              value: yes,
            },
            { label: phrase('appointments:button.cancelNo'), action: 'appointment.keep' },
          ],
        ],
      },
    ],
  };
};

async function marked(turn: Turn, outcome: Outcome<Appointment>, done: Phrase): Promise<Answer> {
  if (outcome.is === 'refused') return refusalSaid(turn, outcome);
  const person = await turn.store.people.must(outcome.result.personId);
  const byPhone = outcome.result.state === 'came' ? [] : callInstead(person);
  return { toast: phrase('general:noted'), say: [{ lines: byPhone.length > 0 ? byPhone : [done] }] };
}

export const staffAppointmentHandlers = {
  'appointment.book': book,
  'appointment.offer': opens('offer-times'),
  'appointment.moveTo': opens('move-appointment'),
  'appointment.came': came,
  'appointment.missed': missed,
  'appointment.callOff': callOff,
} satisfies Partial<Record<Action, Handler>>;
