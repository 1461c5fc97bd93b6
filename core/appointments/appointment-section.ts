import { abilityOf, filterFor } from '../ability.ts';
import type { CardView } from '../cards.ts';
import type { Section, SectionItem } from '../message.ts';
import { askerFor } from '../people/actor.ts';
import { phrase, time, when } from '../phrase.ts';
import { addDays, fromLocal, localDate, toLocal } from '../time.ts';
import type { Appointment } from './appointment.ts';
import { markButtons, staffButtons, stateWord, toneOf } from './appointment-staff-card.ts';
import { caseRefOf, placeForStaff } from './appointment-words.ts';

const mostShown = 8;

/** Requests for a meeting, and wishes for another time, that have no offer yet. */
export async function appointmentsToSettle(view: CardView): Promise<Section | undefined> {
  if (view.viewer.role !== 'coordinator') return undefined;
  const waiting = await view.store.appointments.waitingForTimes(await visibleTo(view));
  if (waiting.length === 0) return undefined;
  const items: SectionItem[] = [];
  for (const appointment of waiting.slice(0, mostShown)) items.push(await waitingItem(appointment, view));
  return { title: phrase('home:section.appointments'), count: waiting.length, items };
}

/** The meetings of today, and earlier ones of which nobody has said what became of them. */
export async function appointmentsToday(view: CardView): Promise<Section | undefined> {
  if (view.viewer.role !== 'coordinator') return undefined;
  const midnight = fromLocal(toLocal(addDays(view.now, 1)).toPlainDate().toPlainDateTime());
  const today = await view.store.appointments.before(await visibleTo(view), midnight);
  const items: SectionItem[] = [];
  for (const appointment of today.slice(0, mostShown)) items.push(await todayItem(appointment, view));
  return {
    title: phrase('home:section.today'),
    count: today.length,
    empty: phrase('appointments:staff.none'),
    items,
    open: { label: phrase('home:button.newMeeting'), action: 'appointment.book', opensForm: true },
  };
}

/** Which appointments this person decides on. */
export const visibleTo = async (view: CardView) =>
  filterFor(abilityOf(await askerFor(view.viewer, view)), 'list-appointments');

async function waitingItem(appointment: Appointment, view: CardView): Promise<SectionItem> {
  const caseRef = await caseRefOf(appointment, view);
  const line = appointment.startsAt
    ? phrase('appointments:notice.standing', { caseRef, when: when(appointment.startsAt) })
    : phrase('appointments:staff.request', { caseRef });
  return { lines: [line], tone: toneOf(appointment), buttons: staffButtons(appointment, view)[0] ?? [] };
}

async function todayItem(appointment: Appointment, view: CardView): Promise<SectionItem> {
  const startsAt = appointment.startsAt ?? view.now;
  const isToday = localDate(startsAt) === localDate(view.now);
  const row = {
    time: isToday ? time(startsAt) : when(startsAt),
    caseRef: await caseRefOf(appointment, view),
    place: placeForStaff(appointment.place),
  };
  const details = {
    label: phrase('general:button.details'),
    action: 'appointment.show' as const,
    subject: appointment.id,
    version: appointment.version,
    opensForm: true,
  };
  return {
    lines: [phrase('appointments:staff.row', row), stateWord(appointment)],
    tone: startsAt <= view.now ? 'amber' : toneOf(appointment),
    buttons: startsAt <= view.now ? markButtons(appointment) : [details],
  };
}
