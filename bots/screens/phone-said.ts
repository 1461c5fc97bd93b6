import { sayPhone } from '#core/language/phone.ts';
import { type Param, words } from '#core/phrase.ts';

/** A number as it is read, in groups; a dash where there is none. */
export const phoneSaid = (phone: string | undefined): Param => words(phone ? sayPhone(phone) : '—');
