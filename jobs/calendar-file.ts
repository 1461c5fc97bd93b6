import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { say } from '#bots/dialogue/say.ts';
import { endsAt, stands, type Timed } from '#core/appointments/appointment.ts';
import { placeFor } from '#core/appointments/appointment-words.ts';
import type { LoadedFile } from '#core/delivery/sending.ts';
import { type Language, phrase } from '#core/phrase.ts';
import type { Store } from '#core/store.ts';

/** What stands in the file: neutral words, as a calendar shows them on a locked screen. */
export type CalendarWords = { title: string; place: string; fileName: string };

/** An appointment for the phone's own calendar. A newer file of the same appointment takes the place of the older one. */
export function calendarFile(appointment: Timed, { title, place, fileName }: CalendarWords, now: Date): LoadedFile {
  const { id, version, startsAt } = appointment;
  const calendar = ical({ prodId: { company: 'Punte', product: 'Mistok' }, method: ICalCalendarMethod.PUBLISH });
  calendar.createEvent({
    id: `${id}@punte-mistok`,
    sequence: version,
    stamp: now,
    start: startsAt,
    end: endsAt(appointment),
    summary: title,
    location: place,
    status: ICalEventStatus.CONFIRMED,
  });
  return {
    kind: 'document',
    bytes: Buffer.from(calendar.toString()),
    name: `${fileName}.ics`,
    mimetype: 'text/calendar',
  };
}

/** The file as it stands at sending time, in the reader's language; none when the appointment is off meanwhile. */
export async function calendarOf(
  appointmentId: string,
  language: Language,
  now: Date,
  store: Store,
): Promise<LoadedFile[]> {
  const appointment = await store.appointments.get(appointmentId);
  if (!appointment || !stands(appointment)) return [];
  const place = say(await placeFor(appointment, { store }), language, now);
  return [
    calendarFile(
      appointment,
      {
        title: say(phrase('appointments:title'), language),
        place,
        fileName: say(phrase('appointments:fileName'), language),
      },
      now,
    ),
  ];
}
