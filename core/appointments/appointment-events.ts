export type AppointmentEvents = {};
