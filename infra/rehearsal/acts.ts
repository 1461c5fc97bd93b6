import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SlackPerson } from './slack/user.ts';
import type { Phone } from './telegram/phone.ts';
import type { City } from './web.ts';

const voiceSeconds = 12;

/** What a person does with the phone: each becomes a real update of the Bot API stand-in. */
export const phoneActs = (phone: (personId: string) => Phone): City['phone'] => ({
  start: (id) => phone(id).start(),
  says: (id, text) => phone(id).says(text),
  taps: (id, messageId, data) => phone(id).taps(messageId, data),
  voice: (id) => phone(id).sendsVoice(madeUpVoice(), voiceSeconds),
  photo: (id) => phone(id).sendsPhoto(madeUpPicture),
  place: (id) =>
    phone(id).sendsLocation({
      latitude: 46.1731,
      longitude: 21.3156,
      title: 'Arad',
      address: 'str. Mihai Eminescu 12',
    }),
  file: (id) =>
    phone(id).sendsDocument({
      bytes: Buffer.from('%PDF-1.4\n% o pagină de probă\n'),
      fileName: 'adeverinta.pdf',
      mimeType: 'application/pdf',
    }),
  network: (id, isOn) => (isOn ? phone(id).goesOnline() : phone(id).goesOffline()),
  block: (id, isBlocked) => (isBlocked ? phone(id).blocks() : phone(id).unblocks()),
  reads: (id) => phone(id).reads(),
});

/** What a person does in the workspace: each becomes a real payload of the Slack stand-in. */
export const deskActs = (person: (personId: string) => SlackPerson): City['desk'] => ({
  opens: (id, place) => (place === 'home' ? person(id).opensHome() : person(id).reads(place)),
  presses: (id, where, actionId, _blockId, value) => {
    const target = typeof where === 'object' && 'viewId' in where ? where.viewId : where;
    return value === undefined ? person(id).presses(target, actionId) : person(id).picks(target, actionId, value);
  },
  submits: (id, viewId, values) => {
    const desk = person(id);
    const entries = Object.entries(values).map(([block, value]) => [
      block,
      isMadeUp(value) ? desk.choosesFile({ name: 'voce.ogg', content: madeUpVoice(), mimetype: 'audio/ogg' }) : value,
    ]);
    desk.fills(viewId, Object.fromEntries(entries));
    return desk.submits(viewId);
  },
  closes: (id, viewId) => person(id).closesModal(viewId),
  says: (id, channel, text, threadTs) => person(id).says(channel, text, threadTs ? { threadTs } : {}),
  command: (id, command, text) => person(id).command(command, text),
  shortcut: (id, callbackId, message) => person(id).messageShortcut(callbackId, message),
  network: (id, isOn) => (isOn ? person(id).goesOnline() : person(id).goesOffline()),
});

const isMadeUp = (value: string | string[]) => Array.isArray(value) && value[0] === 'made-up';

/** Twelve seconds of somebody humming, as both chats send a voice: Opus in an Ogg. */
const madeUpVoice = () => readFileSync(join(import.meta.dirname, 'voice.ogg'));

/** A picture of one pixel. */
const madeUpPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
