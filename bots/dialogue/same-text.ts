import type { Language, Phrase } from '#core/phrase.ts';
import { say } from './say.ts';

/** True when the typed text says what the phrase says: letters and digits only, without case and accents. */
export const isSaid = (text: string, phrase: Phrase, language: Language): boolean =>
  plain(text) !== '' && plain(text) === plain(say(phrase, language));

/** True for a text in which there is nothing to see: spaces, signs without width, marks of direction, controls. */
export const isBlank = (text: string): boolean =>
  !/[\p{L}\p{N}\p{P}\p{S}\p{Co}\p{Cn}]/u.test(text.replace(/[\u2800\u3164\u115f\u1160\uffa0]/g, ''));

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
