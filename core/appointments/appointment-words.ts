import { list, type Param, type Phrase, phrase, words } from '../phrase.ts';
import type { Looks } from '../world.ts';
import type { Appointment, Place, Wish } from './appointment.ts';

type Reading = Pick<Looks, 'store'>;

/** Where, as the person is told: our office by its name, their own home, or the place in the coordinator's words. */
export async function placeFor({ place }: Pick<Appointment, 'place'>, { store }: Reading): Promise<Phrase> {
  if (place.at === 'home') return phrase('appointments:place.yourHome');
  if (place.at === 'elsewhere' && place.words) return phrase('general:plain', { text: words(place.words) });
  const { name } = await store.office.get();
  return name ? phrase('appointments:place.officeNamed', { name: words(name) }) : phrase('appointments:place.office');
}

/** Where, as staff are told. */
export function placeForStaff({ at, words: said }: Place): Phrase {
  if (at === 'elsewhere' && said) return phrase('general:plain', { text: words(said) });
  return phrase(at === 'home' ? 'appointments:wide.atHome' : 'appointments:wide.atOffice');
}

/** A map of the place, found by its words; the home of a person is never looked up outside. */
export async function mapOf({ place }: Pick<Appointment, 'place'>, { store }: Reading): Promise<string | undefined> {
  const text =
    place.at === 'elsewhere' ? place.words : place.at === 'office' ? (await store.office.get()).name : undefined;
  return text ? `https://www.openstreetmap.org/search?query=${encodeURIComponent(text)}` : undefined;
}

/** The wish in the person's words; a voice alone is named as a file. */
export function wishSaid(wish: Wish | undefined): Param {
  if (!wish) return phrase('general:nothingHere');
  const files = wish.files.length > 0 ? [phrase('general:filesOnly', { count: wish.files.length })] : [];
  return list([...(wish.words ? [words(wish.words)] : []), ...files]);
}

/** A case as messages name it: by its number. */
export const caseRefOf = async ({ caseId }: Pick<Appointment, 'caseId'>, { store }: Reading): Promise<string> =>
  (await store.cases.get(caseId))?.number ?? '—';
