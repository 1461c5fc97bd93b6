import { foldText, pivot, scripts } from './fold.ts';

export type Courtesy = 'thanks' | 'greeting';

/** Thanks or a greeting and nothing else, in uk, ru, ro, en, also in Latin letters: answered in kind, kept for nobody. [language 2] */
export function courtesyIn(text: string): Courtesy | undefined {
  const said = bare(foldText(text));
  if (!said || said.split(' ').length > 4) return undefined;
  const found = known.get(said);
  if (found) return found;
  const { latin, cyrillic } = scripts(said);
  return latin > cyrillic ? knownSkeletons.get(bare(pivot(text))) : undefined;
}

const bare = (folded: string): string =>
  folded
    .replace(/[^\p{L} ]/gu, ' ')
    .replace(/ +/gu, ' ')
    .trim();

const spoken: Record<Courtesy, string[]> = {
  thanks: [
    'дякую',
    'дуже дякую',
    'щиро дякую',
    'дякую вам',
    'дякуємо',
    'красно дякую',
    'спасибі',
    'спасибо',
    'спасибо большое',
    'большое спасибо',
    'спасибо вам',
    'благодарю',
    'mulțumesc',
    'mulțumesc mult',
    'mulțumesc frumos',
    'vă mulțumesc',
    'mulțumim',
    'mersi',
    'merci',
    'thanks',
    'thank you',
    'many thanks',
  ],
  greeting: [
    'добрий день',
    'доброго дня',
    'доброго ранку',
    'добрий вечір',
    'доброго вечора',
    'вітаю',
    'привіт',
    'здрастуйте',
    'добрый день',
    'доброе утро',
    'добрый вечер',
    'здравствуйте',
    'привет',
    'bună ziua',
    'bună dimineața',
    'bună seara',
    'bună',
    'salut',
    'alo',
    'hello',
    'hi',
    'good morning',
  ],
};

const entries = Object.entries(spoken).flatMap(([courtesy, all]) =>
  all.map((one) => [one, courtesy as Courtesy] as const),
);
const known = new Map(entries.map(([one, courtesy]) => [bare(foldText(one)), courtesy]));
const knownSkeletons = new Map(
  entries.filter(([one]) => scripts(one).cyrillic > 0).map(([one, courtesy]) => [bare(pivot(one)), courtesy]),
);
