import { describe, expect, test } from 'vitest';
import { guessMatter, isStopRequest, type Matter } from './intents.ts';
import utterances from './utterances.json' with { type: 'json' };

describe('menu words and simple phrases [language 2]', () => {
  test.each<[string, Matter]>([
    ['Мої зустрічі', 'appointments'],
    ['programările mele', 'appointments'],
    ['Коли моя наступна зустріч?', 'appointments'],
    ['Мій план', 'plan'],
    ['Planul meu', 'plan'],
    ['Написати', 'write'],
    ['Vreau să vă scriu', 'write'],
    ['Допомога!', 'help'],
    ['🆘', 'help'],
    ['Ajutor', 'help'],
    ['112', 'help'],
    ['dopomoha', 'help'],
    ['Alertă', 'alert'],
    ['Vreau să trimit o alertă', 'alert'],
    ['Raport de vizită', 'note'],
    ['scriu o notă', 'note'],
    ['Cazurile mele', 'cases'],
    ['/start', 'home'],
    ['Меню', 'home'],
    ['meniu', 'home'],
    ['Language', 'language'],
    ['Можна українською?', 'language'],
    ['Schimbă limba', 'language'],
    ['Людина, будь ласка', 'person'],
    ['Vreau să vorbesc cu un om', 'person'],
    ['call me back', 'person'],
    ['Хто мій фахівець?', 'contact'],
    ['Кто мой специалист?', 'contact'],
    ['Cine e persoana mea de contact?', 'contact'],
    ['who is my case manager', 'contact'],
    ['Так, прийду', 'confirm'],
    ['Da, vin', 'confirm'],
    ['прийду завтра', 'confirm'],
    ['Завтра я прийду', 'confirm'],
    ['pryidu zavtra', 'confirm'],
    ['Приду завтра', 'confirm'],
    ['vin maine', 'confirm'],
    ['Mâine vin', 'confirm'],
    ['не прийду завтра', 'cannot'],
    ['nu vin maine', 'cannot'],
    ['Перенести', 'move'],
    ['Pot muta programarea pe vineri?', 'move'],
    ['perenesty zustrich', 'move'],
    ['Я не зможу прийти', 'cannot'],
    ['Nu mai pot veni mâine', 'cannot'],
    ['zavtra ne pryidu', 'cannot'],
    ['завтра не зможу, болить нога', 'cannot'],
    ['Не зможу завтра.', 'cannot'],
    ['Вибачте, завтра я не можу', 'cannot'],
    ['сьогодні не вийде', 'cannot'],
    ['zavtra ne zmozhu, bolyt noha', 'cannot'],
    ['завтра не смогу, нога болит', 'cannot'],
    ['Завтра не получится', 'cannot'],
    ['mâine nu pot, mă doare piciorul', 'cannot'],
    ['Nu pot mâine, din păcate', 'cannot'],
    ['Tomorrow I can’t, my leg hurts', 'cannot'],
    ['I can’t tomorrow', 'cannot'],
    ['можна іншим разом?', 'move'],
    ['Давайте іншого разу', 'move'],
    ['іншим разом', 'move'],
    ['можно в другой раз?', 'move'],
    ['se poate altă dată?', 'move'],
    ['O lăsăm pe altă dată', 'move'],
    ['altă dată se poate?', 'move'],
    ['Can we do it another time?', 'move'],
    ['Could it be some other day?', 'move'],
  ])('%s -> %s', (text, matter) => expect(guessMatter(text)?.matter).toBe(matter));

  test.each([
    '',
    '👍',
    'Дякую',
    'Яка сьогодні погода?',
    'Ce frumos e afară',
    'мені сумно',
    'Добрий день',
    'x'.repeat(3000),
    'vin maine sa ne evacueze',
    'Де я буду завтра ночувати',
    'план будинку мого сусіда з третього поверху',
    'Я більше не можу',
    'сьогодні я більше не можу так',
    'Nu mai pot azi',
    'Сьогодні не можу заплатити за квартиру',
    'Завтра не зможу заплатити за світло',
    'Mâine nu pot plăti chiria',
    'I can’t pay tomorrow’s rent',
    'Іншим разом мені дали гречку',
  ])('unsure is null: %s', (text) => expect(guessMatter(text)).toBeNull());

  test('a menu word counts more than a phrase', () => {
    expect(guessMatter('зустріч')?.confidence).toBe(0.95);
    expect(guessMatter('Хочу відмінити запис')?.confidence).toBe(0.85);
  });
});

describe('“stop writing to me”, “wrong person” [language 6]', () => {
  test.each([
    'Не пишіть мені більше',
    'Перестаньте мені писати',
    'Ви помилилися номером',
    'Це не мій номер',
    'Не той номер',
    'Я не та людина',
    'Не пишите мне',
    'Прекратите писать',
    'Ошиблись номером',
    'Не тот номер',
    'Nu-mi mai scrieți',
    'nu imi mai scrieti',
    'Nu mă mai contactați',
    'Număr greșit',
    'Ați greșit numărul',
    'Nu este numărul meu',
    'Stop',
    'Stop writing to me',
    'Please don’t write to me',
    'Wrong person',
    'Wrong number',
    'This is not my number',
    'ne pyshit meni',
  ])('%s', (text) => expect(isStopRequest(text)).toBe(true));

  test.each([
    'Не пишу по-румунськи',
    'Автобусна зупинка',
    'Nu știu ce să scriu',
    'Напишіть мені',
    'Чоловік не зупиняється',
  ])('not a stop: %s', (text) => expect(isStopRequest(text)).toBe(false));
});

/**
 * Measured on `dev` when the rules were written from `train` only: 62 of 299 answered (matters that exist), 61 right,
 * 1 wrong; no danger line of either split is taken for another matter.
 */
describe('measured on utterances.json', () => {
  test('rules answer few lines of dev and those right', () => {
    const guesses = dev.map(({ intent, text }) => ({ intent, guess: guessMatter(text) })).filter(({ guess }) => guess);
    const right = guesses.filter(({ intent, guess }) => matterOf[intent]?.some((matter) => matter === guess?.matter));
    expect(right.length).toBeGreaterThanOrEqual(61);
    expect(guesses.length - right.length).toBeLessThanOrEqual(1);
  });

  test('no danger line becomes an everyday matter', () => {
    const danger = utterances.filter(({ intent }) => intent === 'danger');
    const taken = danger.filter(({ text }) => !['help', undefined].includes(guessMatter(text)?.matter));
    expect(taken).toEqual([]);
  });
});

const matterOf: Readonly<Record<string, readonly Matter[]>> = {
  next_appointment: ['appointments'],
  book_appointment: ['appointments'],
  cancel_appointment: ['cannot'],
  reschedule_appointment: ['move'],
  confirm_appointment: ['confirm'],
  // The corpus has one word for two wishes: to know who it is (`contact`), and to speak with them (`person`). The lines above tell them apart.
  contact_case_manager: ['person', 'contact'],
  change_language: ['language'],
};

const dev = utterances.filter(({ intent, split }) => split === 'dev' && !['danger', 'hardneg'].includes(intent));
