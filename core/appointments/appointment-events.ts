import type { AppointmentId } from '../id.ts';

type Of = { appointmentId: AppointmentId };

export type AppointmentEvents = {
  /** The person asks for one; there is no time yet. */
  'appointment.asked': Of;
  /** `isAnswer`: the person had asked for it. */
  'appointment.booked': Of & { isAnswer: boolean };
  'appointment.confirmed': Of;
  'appointment.move-asked': Of;
  'appointment.times-offered': Of;
  /** None of the offered times suits. */
  'appointment.offers-declined': Of;
  'appointment.time-chosen': Of;
  'appointment.moved': Of & { isAnswer: boolean };
  /** By the person. */
  'appointment.cancelled': Of;
  /** By the service. */
  'appointment.called-off': Of;
  'appointment.came': Of;
  'appointment.missed': Of;
  'appointment.reminded': Of & { reminder: 'dayBefore' | 'shortly' };
  'appointment.how-asked': Of;
  /** Somebody on staff opened it: a reading line [GUIDE]. */
  'appointment.read': Of;
};
