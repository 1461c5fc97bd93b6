import type { Texts } from '#locales/texts.d.ts';

/** The three languages a person may choose. */
export const languages = ['uk', 'ro', 'en'] as const;
export type Language = (typeof languages)[number];

/** Words before a language is known: which text, and what goes into it. Plain JSON, so it can be stored and sealed. */
export type Phrase = { readonly key: Key; readonly params: { readonly [name: string]: Param } };

/** `alerts:ask.observed`: namespace and key of a text; plural keys without their `_one`, `_few`, `_many`, `_other`. */
export type Key = keyof Texts;

/** Keys whose text takes no parameter, for example buttons. */
export type PlainKey = { [K in Key]: [keyof Params<K>] extends [never] ? K : never }[Key];

/** What may be put into a text. A bare string is treated as a person's words as well: never interpreted. */
export type Param = string | number | Phrase | Moment | Words | List;

/** An instant (ISO), written in the reader's language and Romanian time only when it is said. */
export type Moment =
  | { readonly when: string }
  | { readonly date: string }
  | { readonly day: string }
  | { readonly time: string };

/** A person's own words: cleaned of control signs, never interpreted. */
export type Words = { readonly words: string };

/** Several values in one place: with commas (`list`) or one a line (`lines`). */
export type List = { readonly list: readonly Param[] } | { readonly lines: readonly Param[] };

/** What a text demands, by its `{{names}}`; `count` is a number and chooses the plural form. */
export type Params<K extends Key> = { [P in Names<Texts[K]>]: P extends 'count' ? number : Param };

/** Makes a phrase; an unknown key, a missing, wrong or surplus parameter does not compile. */
export const phrase = <K extends Key>(
  key: K,
  ...rest: [keyof Params<K>] extends [never] ? [] : [Params<K>]
): Phrase => ({
  key,
  params: (rest[0] ?? {}) as Phrase['params'],
});

/** Weekday, date and hour: «четвер, 26 листопада, 10:00». After a colon only. */
export const when = (at: Date): Moment => ({ when: at.toISOString() });

/** Weekday and date: «четвер, 26 листопада». After a colon only. Takes an instant or a civil date `2026-11-26`. */
export const date = (on: Date | string): Moment => ({ date: iso(on) });

/** Day and month: «26 листопада»; may follow «до», „până la”, “by”. Takes an instant or a civil date `2026-11-26`. */
export const day = (on: Date | string): Moment => ({ day: iso(on) });

/** Hour and minutes: 10:00. */
export const time = (at: Date): Moment => ({ time: at.toISOString() });

/** Marks a person's own words. */
export const words = (text: string): Words => ({ words: text });

/** Several values with commas between them. */
export const list = (items: readonly Param[]): List => ({ list: items });

/** Several values, one a line. */
export const lines = (items: readonly Param[]): List => ({ lines: items });

/** True for a stored value that has the shape of a phrase; whether its key still exists is known to `say`. */
export const isPhrase = (value: unknown): value is Phrase =>
  typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' && 'params' in value;

const iso = (on: Date | string): string => (typeof on === 'string' ? on : on.toISOString());

type Names<T> = T extends `${string}{{${infer P}}}${infer Rest}` ? P | Names<Rest> : never;
