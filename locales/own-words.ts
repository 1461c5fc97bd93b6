/** A person's own words without signs that could hide, reorder or overwrite what stands beside them. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(lineEnds, '\n')
    .replace(tabs, ' ')
    .replace(controls, '')
    .replace(bidi, '')
    .replace(invisible, '')
    .replace(looseJoiner, '');

const lineEnds = /\r\n?|\u0085|\u2028|\u2029/g;
const tabs = /\t/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const invisible = /[\u00ad\u180e\u200b\u200c\u2060-\u2064\ufeff\u{e0000}-\u{e007f}]/gu;
// A joiner stays between two emoji, as in 👩‍👧.
const looseJoiner =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
