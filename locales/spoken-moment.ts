import type { Language, Moment } from '#core/phrase.ts';

/** An instant as people read it, in Romanian time: «четвер, 26 листопада, 10:00», „joi, 26 noiembrie, ora 10:00”. */
export function spokenMoment(moment: Moment, language: Language, now?: Date): string {
  if ('time' in moment) return parts(moment.time, language).hour;
  if ('day' in moment) return dayOf(moment.day, language, now);
  if ('date' in moment) return dateOf(moment.date, language, now);
  return `${dateOf(moment.when, language, now)}, ${hourOf(moment.when, language)}`;
}

const locale = { uk: 'uk', ro: 'ro', en: 'en-GB' } as const;

const formats = { uk: format('uk'), ro: format('ro'), en: format('en') };

function format(language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale[language], {
    timeZone: 'Europe/Bucharest',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

function parts(
  iso: string,
  language: Language,
): { weekday: string; day: string; month: string; year: string; hour: string } {
  const found = Object.fromEntries(
    formats[language].formatToParts(new Date(iso)).map(({ type, value }) => [type, value]),
  );
  const { weekday = '', day = '', month = '', year = '', hour = '', minute = '' } = found;
  return { weekday: weekday.replace('ʼ', '’'), day, month, year, hour: `${Number(hour)}:${minute}` };
}

const dateOf = (iso: string, language: Language, now?: Date): string =>
  `${parts(iso, language).weekday}, ${dayOf(iso, language, now)}`;

function dayOf(iso: string, language: Language, now?: Date): string {
  const { day, month, year } = parts(iso, language);
  const isThisYear = now === undefined || parts(now.toISOString(), language).year === year;
  return isThisYear ? `${day}\u00a0${month}` : `${day}\u00a0${month} ${yearText(year, language)}`;
}

const yearText = (year: string, language: Language): string => (language === 'uk' ? `${year}\u00a0року` : year);

const hourOf = (iso: string, language: Language): string =>
  language === 'ro' ? `ora\u00a0${parts(iso, language).hour}` : parts(iso, language).hour;
