// @ts-check
import { page } from './state.js';

/** Words of the page: texts of `locales/<language>/city.json`, plural forms, times, and the one line that is read aloud. */

/** @import { CityLanguage } from '../shapes.ts' */

/** @type {Record<string, Record<string, string>>} */
const texts = {};

export async function fetchTexts() {
  const languages = ['ro', 'uk', 'en'];
  const all = await Promise.all(
    languages.map((language) => fetch(`/city/texts/${language}`).then((answer) => answer.json())),
  );
  languages.forEach((language, index) => {
    texts[language] = all[index];
  });
}

/** A text in one language; `count` chooses the plural form. @param {CityLanguage} language @param {string} key @param {Record<string, unknown>} params */
export function text(language, key, params = {}) {
  const known = texts[language] ?? {};
  const form = 'count' in params ? `${key}_${new Intl.PluralRules(language).select(Number(params.count))}` : key;
  const found = known[form] ?? known[`${key}_other`] ?? known[key] ?? key;
  return found.replace(/\{\{(\w+)\}\}/g, (_, name) => String(params[name] ?? ''));
}

/** A text in the language of the page. @param {string} key @param {Record<string, unknown>} params */
export const pageText = (key, params = {}) => text(page.view.language, key, params);

/** The same text in every language. @param {string} key */
export const inAllLanguages = (key) => Object.values(texts).flatMap((known) => known[key] ?? []);

const zone = 'Europe/Bucharest';

/** Hour and minutes on the city's clock. @param {string} iso */
export const hour = (iso) =>
  new Intl.DateTimeFormat('ro', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(
    new Date(iso),
  );

/** The day as 2026-11-24 on the city's clock. @param {string} iso */
export const dayOf = (iso) =>
  new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short' }).format(new Date(iso));

/** Weekday, day, month, and the year when wanted. @param {CityLanguage} language @param {string} iso @param {boolean} hasYear */
export function longDay(language, iso, hasYear = false) {
  const locale = language === 'en' ? 'en-GB' : language;
  const form = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(hasYear ? { year: 'numeric' } : {}),
    timeZone: zone,
  });
  return form.format(new Date(iso)).replace(/\s*р\.$/, '');
}

/** Day and month. @param {CityLanguage} language @param {string} iso */
export const shortDay = (language, iso) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'long',
    timeZone: zone,
  }).format(new Date(iso));

/** "today", "tomorrow" or later, seen from `now`. @param {string} now @param {string} iso */
export function farOff(now, iso) {
  if (dayOf(now) === dayOf(iso)) return 'today';
  const tomorrow = new Date(new Date(`${dayOf(now)}T12:00:00Z`).getTime() + 86_400_000).toISOString().slice(0, 10);
  return tomorrow === dayOf(iso) ? 'tomorrow' : 'later';
}

/** Hour, with the day in front when it is not today. @param {string} now @param {string} iso */
export function moment(now, iso) {
  const time = hour(iso);
  const far = farOff(now, iso);
  if (far === 'today') return time;
  return far === 'tomorrow' ? pageText('clock.tomorrow', { time }) : `${shortDay(page.view.language, iso)}, ${time}`;
}

/** Time left in short units. @param {string} now @param {string} iso */
export function left(now, iso) {
  const minutes = Math.round((new Date(iso).getTime() - new Date(now).getTime()) / 60_000);
  if (minutes <= 0) return pageText('timers.now');
  if (minutes < 60) return pageText('short.minutes', { minutes });
  if (minutes < 24 * 60) return pageText('short.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return pageText('short.days', { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60) });
}

/** Minutes and seconds of a voice message. @param {number} seconds */
export const length = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;

/** Says one line to those who listen instead of looking. @param {string} line */
export function announce(line) {
  const status = document.getElementById('status');
  if (status) status.textContent = line;
}
