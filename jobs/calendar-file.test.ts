import { expect, it } from 'vitest';
import type { Timed } from '#core/appointments/appointment.ts';
import { calendarFile } from './calendar-file.ts';

const appointment = {
  id: 'a'.repeat(24),
  version: 2,
  startsAt: new Date('2026-10-26T08:30:00Z'),
  lengthMinutes: 45,
} as Timed;
const words = { title: 'Зустріч', place: 'str. Mare, 5', fileName: 'zustrich' };
const text = (file: { bytes: Uint8Array }) => Buffer.from(file.bytes).toString();

it('the calendar file holds the instant, the length and neutral words, and a newer one takes the place of the older', () => {
  const file = calendarFile(appointment, words, new Date('2026-10-21T06:00:00Z'));
  expect(file).toMatchObject({ name: 'zustrich.ics', mimetype: 'text/calendar', kind: 'document' });
  expect(text(file)).toContain('DTSTART:20261026T083000Z');
  expect(text(file)).toContain('DTEND:20261026T091500Z');
  expect(text(file)).toContain('SUMMARY:Зустріч');
  expect(text(file)).toContain('LOCATION:str. Mare\\, 5');
  expect(text(file)).toContain(`UID:${'a'.repeat(24)}@punte-mistok`);
  expect(text(file)).toContain('SEQUENCE:2');
});
