/**
 * Words of dates and hours by class, in folded spelling; `~` is any ending. Cyrillic rows are read in Latin letters
 * too. The class is one letter of the grammar in `read-when.ts`. [language 4]
 */
export type WordRow = readonly [class_: WordClass, value: number, words: string];

/**
 * R day from today · W weekday · M month · P part of day · N number · O ordinal · X next · x this · I in (через) · A after ·
 * B until · F from · T at · n on (на, pe) · H hour · D day · K week · U month · m minute · h half · q quarter · b less
 * (без) · s and · c "of the month" · C noon
 */
export type WordClass =
  | 'R'
  | 'W'
  | 'M'
  | 'P'
  | 'N'
  | 'O'
  | 'X'
  | 'x'
  | 'I'
  | 'A'
  | 'B'
  | 'F'
  | 'T'
  | 'n'
  | 'H'
  | 'D'
  | 'K'
  | 'U'
  | 'm'
  | 'h'
  | 'q'
  | 'b'
  | 's'
  | 'c'
  | 'C';

/** Parts of the day by the value of a `P` row. */
export const parts = ['AM', 'PM', 'EV', 'night'] as const;

/** Several words which mean one thing; put in place before words are read. */
export const wordRuns: readonly (readonly [words: string, instead: string])[] = [
  [
    '(?:після|опісля|по) обід(?:у|і|а)?|після обід|по обеде|после обеда|после полудня|dupa (?:amiaza|amiaz|masa|pranz)|after(?: lunch| noon)',
    'пополудні',
  ],
  ['pisl(?:ya|ia|ja) obid[ua]?|posle obeda', 'pm'],
  ['do obidu|do obeda', 'зранку'],
  ['v obid|v polden', 'опівдні'],
  ['до обіду|до обеда|до полудня|перед обідом|inainte de (?:masa|pranz|amiaza)|before (?:lunch|noon)', 'зранку'],
  ['в (?:обід|полдень)|в обеденное время|la (?:amiaza|amiazi|pranz|miezul zilei)|at noon', 'опівдні'],
  [
    'asta seara|in seara asta|сегодня вечером|сьогодні (?:ввечері|увечері|вечором)|this evening|diseara|tonight',
    'azi seara',
  ],
  ['de la', 'від'],
  ['pana la|pana in', 'до'],
  ['in colo|incolo|mai departe', ''],
  ['mai (?=tarziu|devreme|bine|mult|putin|pot|vin|repede|usor)', ''],
  ['in an? (?=week|day|month|hour)', 'in '],
  ['день після завтра', 'післязавтра'],
  ['after tomorrow|day after tomorrow|the day after tomorrow', 'poimaine'],
  ['(?:в|у|во) (?:цей|этот) день', ''],
  ['половин(?:а|і|е|у)', 'пів'],
];

/** Cut apart: полтретьего, пів’яту. */
export const fusedHalf =
  /(?<!\p{L})(пол|пів|pol|piv)(?=перв|втор|трет|четв|пят|шест|седьм|восьм|девят|десят|один|двен|друг|шост|сьом|перш|tret|vtor|drug|druh)/gu;

/** A clause with one of these gives way to a clause without. [language 4] */
export const refusals = /(?<!\p{L})(?:не|ні|нет|nu|not|no|cannot|cant|кроме|крім)(?!\p{L})/u;

/** The same where Latin letters may be Ukrainian: there `ne` is "not", in Romanian it is "us". */
export const refusalsAnyScript = new RegExp(`${refusals.source}|(?<!\\p{L})ne(?!\\p{L})`, 'u');

/** Where one clause ends and what is wanted instead begins. */
export const contrasts =
  /[,;!?]|(?<!\d)\.|\.(?!\d)|(?<!\p{L})(?:а|але|но|краще|лучше|ci|dar|mai bine|but|rather|ale|krashche|luchshe)(?!\p{L})/u;

/** Words of time by what they mean: kind of token, its value, all spellings after folding. */
export const wordRows: readonly WordRow[] = [
  ['R', 0, 'сьогодні|сегодня|азі|azi|astazi|today'],
  ['R', 1, 'завтра|завтрашній|maine|tomorrow'],
  ['R', 2, 'післязавтра|послезавтра|позавтра|poimaine|poimine'],
  ['R', 3, 'позапіслязавтра|послепослезавтра|raspoimaine'],
  ['R', -1, 'вчора|учора|вчера|ieri|yesterday'],
  ['W', 1, 'понеділ~|понедельник~|пн|luni|lunea|lunii|monday'],
  ['W', 2, 'вівтор~|вторник~|вт|marti|martea|tuesday|tue'],
  ['W', 3, 'серед(?:а|у|и|і)|сред(?:а|у|ы)|ср|miercuri|miercurea|wednesday|wed'],
  ['W', 4, 'четвер|четверга?|четвергу|четверг~|чт|joi|joia|joii|thursday|thu'],
  ['W', 5, 'пятниц~|пт|vineri|vinerea|friday|fri'],
  ['W', 6, 'субот~|суббот~|сб|sambata|simbata|sambetei|saturday'],
  ['W', 7, 'неділ(?:я|ю|і)|воскресен~|нд|вс|duminica|duminicii|sunday'],
  ['M', 1, 'січ(?:ень|ня|ні)?|январ(?:ь|я|е)|янв|ianuarie|ian|january|jan'],
  ['M', 2, 'лют(?:ий|ого|ому)?|феврал(?:ь|я|е)|фев|februarie|feb|february'],
  ['M', 3, 'берез(?:ень|ня|ні)|март(?:а|е)?|мар|martie|mar|march'],
  ['M', 4, 'квіт(?:ень|ня|ні)?|апрел(?:ь|я|е)|апр|aprilie|apr|april'],
  ['M', 5, 'трав(?:ень|ня|ні)?|ма(?:й|я|е)|mai|may'],
  ['M', 6, 'черв(?:ень|ня|ні)?|июн(?:ь|я|е)|iunie|iun|june|jun'],
  ['M', 7, 'лип(?:ень|ня|ні)?|июл(?:ь|я|е)|iulie|iul|july|jul'],
  ['M', 8, 'серп(?:ень|ня|ні)?|август(?:а|е)?|авг|august|aug'],
  ['M', 9, 'верес(?:ень|ня|ні)?|сентябр(?:ь|я|е)|сен|сент|septembrie|sept|sep|september'],
  ['M', 10, 'жовт(?:ень|ня|ні)?|октябр(?:ь|я|е)|окт|octombrie|oct|october'],
  ['M', 11, 'листопад(?:а|і)?|ноябр(?:ь|я|е)|ноя|noiembrie|nov|november'],
  ['M', 12, 'груд(?:ень|ня|ні)?|декабр(?:ь|я|е)|дек|decembrie|dec|december'],
  ['P', 0, 'зранку|вранці|уранці|рано|ранку|ранок|ранком|утром|утра|утро|dimineata|diminetii|morning'],
  ['P', 1, 'пополудні|пополудни|вдень|удень|днем|дня|afternoon|pm'],
  ['P', 2, 'ввечері|увечері|вечором|вечора|вечір|вечером|вечер|seara|serii|evening'],
  ['P', 3, 'вночі|уночі|ночі|ночи|ночью|noaptea|noaptea'],
  ['C', 12, 'опівдні|ополудні|полдень|полудень|amiaza|noon'],
  ['X', 1, 'наступн~|следующ~|слідуюч~|viitor|viitoare|viitorul|urmator|urmatoare|urmatoarea|next'],
  ['x', 0, 'цей|ця|цю|цього|цієї|цій|цьому|этот|эта|эту|этой|этого|этом|asta|aceasta|acesta|this'],
  ['I', 0, 'через|за|peste|in'],
  ['A', 0, 'після|опісля|после|dupa|after|пізніше|позже'],
  ['B', 0, 'до|pana|to|till|until|before'],
  ['F', 0, 'з|із|зі|с|со|від|од|от|между|між|intre|from|between|начиная|починаючи|de'],
  ['T', 0, 'о|об|в|у|во|ora|orei|orele|la|at|o|около|близько|pe la'],
  ['n', 0, 'на|for'],
  ['n', 1, 'pe|on|data'],
  ['H', 0, 'год|година|години|годин|годині|годину|час|часа|часов|часу|часам|ore|hour|hours|oclock'],
  ['D', 0, 'день|дня|дні|днів|дней|дни|zile|zi|ziua|day|days'],
  [
    'K',
    0,
    'тиждень|тижня|тижні|тижнів|тижню|неделя|недели|неделю|неделе|недель|saptamana|saptamani|saptamina|week|weeks',
  ],
  ['U', 0, 'місяць|місяця|місяці|місяців|месяц|месяца|месяцев|luna|month|months'],
  ['m', 0, 'хвилин~|хв|минут~|мин|minut|minute|minutes|min'],
  ['h', 0, 'пів|пол|jumatate|jumate|half'],
  ['q', 0, 'чверть|чверті|четверть|четверти|sfert|quarter'],
  ['b', 0, 'без|fara'],
  ['s', 0, 'і|й|та|и|si|and|past'],
  ['c', 0, 'числа|число|числі'],
  ['N', 1, 'один|одна|одну|одні|одного|unu|una|un|one'],
  ['O', 1, 'перш~|перв~|intai|prima|first'],
  ['N', 2, 'два|дві|двох|две|двух|двум|doi|doua|two'],
  ['O', 2, 'друг(?:а|ої|у|ій|ого|е|ому)|втор(?:ой|ого|ом|ую|ая|ое)|second'],
  ['N', 3, 'три|трьох|трех|trei|three'],
  ['O', 3, 'трет~|third'],
  ['N', 4, 'чотири|чотирьох|четыре|четырех|patru|four'],
  ['O', 4, 'четверт(?:а|ої|у|ій|ого|ый|ая|ой|ую|ом|е|ому|ое)'],
  ['N', 5, 'пять|пяти|пятьох|cinci|five'],
  ['O', 5, 'пят(?:а|ої|у|ій|ого|ый|ая|ой|ую|ом|е|ому|ое)|fifth'],
  ['N', 6, 'шість|шести|шесть|sase|six'],
  ['O', 6, 'шост~|шест(?:ой|ого|ая|ую|ом|ое)'],
  ['N', 7, 'сім|семи|семь|sapte|seven'],
  ['O', 7, 'сьом~|седьм~'],
  ['N', 8, 'вісім|восьми|восемь|opt|eight'],
  ['O', 8, 'восьм(?:а|ої|у|ій|ого|ой|ая|ую|ом|е|ое|ому)'],
  ['N', 9, 'девять|девяти|noua|nine'],
  ['O', 9, 'девят(?:а|ої|у|ій|ого|ый|ая|ой|ую|ом|е|ое|ому)'],
  ['N', 10, 'десять|десяти|zece|ten'],
  ['O', 10, 'десят(?:а|ої|у|ій|ого|ый|ая|ой|ую|ом|е|ое|ому)'],
  ['N', 11, 'одинадцять|одинадцяти|одиннадцать|одиннадцати|unsprezece|unspe|unspre|eleven'],
  ['O', 11, 'одинадцят~|одиннадцат~'],
  ['N', 12, 'дванадцять|дванадцяти|двенадцать|двенадцати|doisprezece|douasprezece|doispe|douaspe|twelve'],
  ['O', 12, 'дванадцят~|двенадцат~'],
  ['N', 13, 'тринадцять|тринадцать|treisprezece|treispe'],
  ['O', 13, 'тринадцят~|тринадцат~'],
  ['N', 14, 'чотирнадцять|четырнадцать|paisprezece|paispe'],
  ['O', 14, 'чотирнадцят~|четырнадцат~'],
  ['N', 15, 'пятнадцять|пятнадцяти|пятнадцать|пятнадцати|cincisprezece|cinspe|cinsprezece|fifteen'],
  ['O', 15, 'пятнадцят~|пятнадцат~'],
  ['N', 16, 'шістнадцять|шестнадцать|saisprezece|saispe'],
  ['O', 16, 'шістнадцят~|шестнадцат~'],
  ['N', 17, 'сімнадцять|семнадцать|saptesprezece|saptespe'],
  ['O', 17, 'сімнадцят~|семнадцат~'],
  ['N', 18, 'вісімнадцять|восемнадцать|optsprezece|optspe'],
  ['O', 18, 'вісімнадцят~|восемнадцат~'],
  ['N', 19, 'девятнадцять|девятнадцать|nouasprezece|nouaspe'],
  ['O', 19, 'девятнадцят~|девятнадцат~'],
  ['N', 20, 'двадцять|двадцяти|двадцать|двадцати|douazeci|twenty'],
  ['O', 20, 'двадцят(?:е|ого|а|ій|у)|двадцат(?:ое|ого|ая|ом)'],
  ['N', 30, 'тридцять|тридцать|treizeci|thirty'],
  ['O', 30, 'тридцят(?:е|ого)|тридцат(?:ое|ого)'],
  ['N', 40, 'сорок|patruzeci|forty'],
  ['N', 45, 'сорокпять'],
  ['N', 50, 'пятдесят|пятьдесят|cincizeci|fifty'],
];
