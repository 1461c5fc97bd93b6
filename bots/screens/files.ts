import { addToAlert } from '#core/alerts/add-to-alert.ts';
import type { Alert } from '#core/alerts/alert.ts';
import type { Message } from '#core/message.ts';
import type { KeptMessage } from '#core/messages/kept-message.ts';
import { type Phrase, phrase, time, when } from '#core/phrase.ts';
import { addMinutes } from '#core/time.ts';
import { keepFiles } from '../dialogue/files.ts';
import type { Spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import type { Incoming } from '../dialogue/incoming.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, say, type Turn } from '../dialogue/turn.ts';
import { isOfStaff, keep } from './keeping.ts';
import { lateFiles } from './notes.ts';
import { offerStashed } from './offer-stashed.ts';
import { openAlertOf, ownAlertOf } from './open-alert.ts';

type FilesIn = Extract<Incoming, { kind: 'files' }>;
type PlaceIn = Extract<Incoming, { kind: 'place' }>;

/** A voice, photo or document outside a form: a late one still finds its note; else it is a message, for staff a question. */
export async function filesWithoutForm(turn: Turn, incoming: FilesIn): Promise<Answer> {
  const added = await lateFiles(turn, incoming);
  if (added) return added;
  if (!isOfStaff(turn)) return keepSent(turn, incoming);
  const files = await keepFiles(turn, incoming.files);
  const ask = phrase(isVoice(incoming) ? 'messages:staff.askVoice' : 'messages:staff.askFiles');
  return offerStashed(turn, { words: incoming.caption, files }, ask, incoming.albumId);
}

const isVoice = ({ files }: Pick<FilesIn, 'files'>): boolean =>
  files.every(({ kind }) => kind === 'voice' || kind === 'audio');

/** One message and one answer, also for an album that comes in parts. */
async function keepSent(turn: Turn, { files, caption, albumId }: FilesIn): Promise<Answer> {
  const alert = await ownAlertOf(turn);
  if (alert) return toAlert(turn, alert, { words: caption, files: await keepFiles(turn, files) });
  const kept = await keep(turn, { words: caption, files: await keepFiles(turn, files) });
  if (kept.is === 'refused') return refusalSaid(turn, kept);
  const { message, isNew } = kept.result;
  if (albumId && !isNew && message.parts.filter((part) => part.albumRef?.endsWith(`:${albumId}`)).length > 1) return {};
  if (isOneOfMany(message, turn)) return { together: keptMany(message) };
  return say(
    isVoice({ files })
      ? keptCard(phrase('write:voiceKept'), message, 'messages:keptVoice')
      : keptCard(phrase('write:fileKept'), message),
  );
}

/** More came in this minute than is answered one by one. */
export const isOneOfMany = ({ parts }: KeptMessage, { now, settings }: Turn): boolean =>
  parts.filter(({ at }) => at > addMinutes(now, -1)).length > settings.limits.keptAnswersPerMinute;

/** What is said once for all of them. */
export const keptMany = (message: KeptMessage): Message =>
  keptCard(phrase('messages:keptMany', { total: message.parts.length }), message);

const keptCard = (
  first: Phrase,
  { answerDueAt }: KeptMessage,
  read: 'messages:kept' | 'messages:keptVoice' = 'messages:kept',
): Message => ({
  lines: [first, phrase(read, { when: when(answerDueAt) })],
  buttons: [[{ label: phrase('general:button.person'), action: 'person', opensForm: true }, homeButton]],
});

/** A place outside a form: to the open alert of who sends it, as somebody may be on the way; else a message. */
export async function placeWithoutForm(turn: Turn, incoming: PlaceIn): Promise<Answer> {
  const observed = { words: placeInWords(incoming), files: [] };
  const alert = await openAlertOf(turn);
  if (alert) return toAlert(turn, alert, observed);
  if (isOfStaff(turn)) return offerStashed(turn, observed, phrase('messages:staff.ask'));
  const kept = await keep(turn, observed);
  if (kept.is === 'refused') return refusalSaid(turn, kept);
  const { message } = kept.result;
  return isOneOfMany(message, turn)
    ? { together: keptMany(message) }
    : say(keptCard(phrase('errors:placeKept'), message));
}

/** The coordinates and a link that opens a map. */
export function placeInWords({ latitude, longitude }: Pick<PlaceIn, 'latitude' | 'longitude'>): string {
  const [north, east] = [latitude.toFixed(5), longitude.toFixed(5)];
  return `📍 ${north}, ${east}\nhttps://www.openstreetmap.org/?mlat=${north}&mlon=${east}#map=17/${north}/${east}`;
}

/** Joins what is open, and says so: 112 first to whoever may be in danger. */
export async function toAlert(turn: Turn, alert: Alert, observed: Spoken): Promise<Answer> {
  const added = await turn.execute(addToAlert, { alertId: alert.id, observed });
  if (added.is === 'refused') return refusalSaid(turn, added);
  const done = isOfStaff(turn)
    ? phrase('alerts:added', { number: alert.number })
    : phrase('emergency:added', { time: time(turn.now) });
  return { ...say({ lines: [...(isOfStaff(turn) ? [] : [phrase('emergency:call112')]), done] }), lane: 'danger' };
}
