import { pivot, scripts, stripMarks, tidy } from './fold.ts';

/** A language the bot speaks. */
export type ScreenLanguage = 'uk' | 'ro' | 'en';

/** A language the bot understands; Russian is answered in the stored one. [language 1] */
export type HeardLanguage = ScreenLanguage | 'ru';

/** What a text looks like: `translit` = Cyrillic language in Latin letters, `isSure` = more than the prior speaks for it. */
export type LanguageGuess = { language: HeardLanguage; translit: boolean; isSure: boolean };

/**
 * Guesses the language of a message by script, telling letters and function words; the stored language is the prior.
 * A proposal only: the stored choice wins, and nothing switches without a button. Null when nothing speaks for any. [language 1]
 */
export function guessLanguage(text: string, prior?: HeardLanguage): LanguageGuess | null {
  const clean = tidy(text).toLowerCase();
  const { latin, cyrillic } = scripts(clean);
  if (latin + cyrillic === 0) return prior ? { language: prior, translit: false, isSure: false } : null;
  return cyrillic >= latin ? guessCyrillic(clean, prior) : guessLatin(clean, prior);
}

function guessCyrillic(text: string, prior?: HeardLanguage): LanguageGuess {
  const words = wordsOf(text);
  const uk = count(text, /[іїєґ]/gu) * 2 + hits(words, ukrainianWords);
  const ru = count(text, /[ыэъё]/gu) * 2 + hits(words, russianWords);
  if (uk !== ru) return { language: uk > ru ? 'uk' : 'ru', translit: false, isSure: true };
  return { language: prior === 'ru' ? 'ru' : 'uk', translit: false, isSure: false };
}

function guessLatin(text: string, prior?: HeardLanguage): LanguageGuess | null {
  const scores = latinScores(text);
  const bonus = (guess: Candidate): number => (guess.language === prior ? 0.5 : 0);
  const [first, second] = scores.sort((a, b) => b.score + bonus(b) - a.score - bonus(a));
  if (!first || (first.score === 0 && !prior)) return null;
  if (first.score === 0 && prior) return { language: prior, translit: false, isSure: false };
  return { language: first.language, translit: first.translit, isSure: first.score > (second?.score ?? 0) };
}

type Candidate = { language: HeardLanguage; translit: boolean; score: number };

function latinScores(text: string): Candidate[] {
  const words = wordsOf(stripMarks(text));
  const skeletons = wordsOf(pivot(text));
  const romanian = count(text, /[ăâîșț]/gu) * 2 + hits(words, romanianWords) + endings(words, romanianEnd) * 0.5;
  const slavic = endings(words, slavicEnd) * 0.5 + count(text, /zh|kh|shch|yy|iy\b|yi\b|\bpry|\bpid/gu) * 0.5;
  const uk = hits(skeletons, ukrainianSkeletons) + slavic;
  const ru = hits(skeletons, russianSkeletons) + slavic * 0.8;
  return [
    { language: 'ro', translit: false, score: romanian },
    { language: 'uk', translit: true, score: uk },
    { language: 'ru', translit: true, score: ru },
    { language: 'en', translit: false, score: hits(words, englishWords) },
  ];
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}’]+/gu) ?? [];
}

function hits(words: readonly string[], list: ReadonlySet<string>): number {
  return words.filter((word) => list.has(word)).length;
}

function endings(words: readonly string[], pattern: RegExp): number {
  return words.filter((word) => word.length > 4 && pattern.test(word)).length;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const romanianEnd = /(?:ul|ului|ele|ilor|eaza|esc|area|tie|tia|tii|ati|eti|iti|asca|easca|uri)$/u;
const slavicEnd = /(?:ty|tysya|tysia|oho|oyu|aya|yi|iy|sya|sia|shch|ennya|uyu|ite|ayte|oji|yj|ist|yu)$/u;

const ukrainianWords = list(
  'що як де коли чи та й але або не так ні він вона вони ми ви це цей вам вас нас нам мене мною для від до із зі про ще вже дуже треба можна будь ласка дякую привіт добрий день доброго вечір хто хочу буде був була було зараз завтра сьогодні бо тут там потрібно потрібна допоможіть мова мову українською добре гаразд коли зустріч перенести скасувати людина людиною бути',
);
const russianWords = list(
  'что как где когда или да нет но он она они мы вы это этот вас нас меня мне мной для от из со про еще ещё уже очень надо нужно можно пожалуйста спасибо привет добрый здравствуйте кто хочу будет был была было сейчас завтра сегодня потому здесь тут там нужна помогите язык русский хорошо ладно если встреча встречу перенести отменить человек человеком быть пусть чтобы есть по-русски русском',
);
const romanianWords = list(
  'si sau dar nu da ca ce cum unde cand cine care este e sunt am ai are avem aveti au a la de din in pe cu pentru fara despre un o unei unui ma mi te se ne va le imi iti isi mai foarte bine vreau vrea pot poate putem puteti trebuie sa as buna ziua seara dimineata salut multumesc mersi va rog rog maine azi ieri poimaine acum aici acolo asta acest aceasta programare programarea intalnire intalnirea ajutor om limba romana romaneste vin vine fost era sper ora luni marti miercuri joi vineri sambata duminica acte acasa meu mea copil copilul neata confirm perfect totul cat cati alta alt schimbati schimba scrieti nota birou asistent',
);
const englishWords = list(
  'the a an is are am was were i you he she it we they my your me us and or but not no yes to of in on at for with from what when where who how why can could would want need please thanks thank hello hi good help have has do does did this that there here tomorrow today appointment english ok later person human stop write',
);
const skeletonList = (words: string): ReadonlySet<string> => new Set(wordsOf(pivot(words)));

const ukrainianSkeletons = skeletonList(
  'що шо як де коли чи та але або не так ні він вона вони ми ви це вам вас нас нам мене мені для від до про ще вже дуже треба можна будь ласка дякую привіт добрий день доброго вечір хто хочу буде був була було зараз завтра сьогодні бо тут потрібно потрібна допоможіть мова мову добре зустріч скасуйте перенести перенесіть записатися прийти прийду зможу моя мій мою який яка які яку українською українська телефон людина є нема немає',
);
const russianSkeletons = skeletonList(
  'что как где когда или да нет но он она они это вас нас меня мне для от из еще уже очень надо нужно можно пожалуйста спасибо привет здравствуйте кто хочу будет был была было сейчас завтра сегодня потому здесь нужна помогите язык русский хорошо ладно если встречу отменить человек чтобы есть русски русском муж смогу прийти мой какие',
);
