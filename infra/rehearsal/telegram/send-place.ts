import type { Location, Message } from '@grammyjs/types';
import type { Memory } from './memory.ts';
import { send } from './messages.ts';
import type { Call } from './parameters.ts';
import { requiredTextOf, textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';

/** https://core.telegram.org/bots/api#sendlocation */
export function sendLocation(memory: Memory, call: Call): Message.LocationMessage {
  return send(memory, call, { location: locationOf(call) });
}

/** https://core.telegram.org/bots/api#sendvenue: latitude, longitude, title and address are required. */
export function sendVenue(memory: Memory, call: Call): Message.VenueMessage {
  const location = locationOf(call);
  const title = textOf(call, 'title');
  const address = textOf(call, 'address');
  if (title === '') throw badRequest('venue title must be non-empty');
  if (address === '') throw badRequest('venue address must be non-empty');
  return send(memory, call, { location, venue: { location, title, address } });
}

/** https://core.telegram.org/bots/api#sendcontact */
export function sendContact(memory: Memory, call: Call): Message.ContactMessage {
  const phone_number = requiredTextOf(call, 'phone_number');
  const first_name = requiredTextOf(call, 'first_name');
  const last_name = textOf(call, 'last_name');
  return send(memory, call, { contact: { phone_number, first_name, ...(last_name !== '' && { last_name }) } });
}

function locationOf(call: Call): Location {
  const latitude = textOf(call, 'latitude').trim();
  if (latitude === '') throw badRequest('latitude is empty');
  const longitude = textOf(call, 'longitude').trim();
  if (longitude === '') throw badRequest('longitude is empty');
  const place = { latitude: Number(latitude), longitude: Number(longitude) };
  const isOnEarth = Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180;
  if (!isOnEarth) throw badRequest('invalid location specified');
  return place;
}
