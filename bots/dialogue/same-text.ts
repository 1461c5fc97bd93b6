import type { Language, Phrase } from '#core/phrase.ts';
import { say } from './say.ts';

/** True when the typed text says what the phrase says: letters and digits only, without case and accents. */
export const isSaid = (text: string, phrase: Phrase, language: Language): boolean =>
  plain(text) !== '' && plain(text) === plain(say(phrase, language));

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
