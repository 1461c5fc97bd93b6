/** What a message can be about when no form is open. */
export type Matter =
  | 'appointments'
  | 'plan'
  | 'write'
  | 'help'
  | 'alert'
  | 'note'
  | 'cases'
  | 'home'
  | 'stop'
  | 'language'
  | 'person'
  | 'contact'
  | 'confirm'
  | 'move'
  | 'cannot';

/** A phrase as data: it decides a matter with the given weight; the strongest wins, equals of two matters say nothing. */
export type PhraseRule = {
  readonly id: string;
  readonly matter: Matter;
  readonly weight: number;
  readonly pattern: string;
};

/** Whole messages of one or two words: labels of buttons and what people type instead of them. */
export const menuWords: Readonly<Record<Matter, readonly string[]>> = {
  appointments: [
    'зустріч',
    'зустрічі',
    'мої зустрічі',
    'запис',
    'мої записи',
    'прийом',
    'встреча',
    'встречи',
    'мои встречи',
    'мои записи',
    'запись',
    'programare',
    'programari',
    'programările mele',
    'întâlniri',
    'întâlnire',
    'întâlnirile mele',
    'appointment',
    'appointments',
    'my appointments',
    'meetings',
  ],
  plan: ['план', 'мій план', 'мои план', 'мой план', 'plan', 'planul', 'planul meu', 'my plan'],
  write: [
    'написати',
    'написати нам',
    'повідомлення',
    'написать',
    'сообщение',
    'scriu',
    'scrie',
    'mesaj',
    'write',
    'message',
    'write to us',
  ],
  help: [
    'допомога',
    'терміново',
    'термінова допомога',
    'сос',
    'помощь',
    'срочная помощь',
    'срочно',
    'ajutor',
    'ajutor urgent',
    'urgent',
    'urgență',
    'help',
    'urgent help',
    'sos',
    'emergency',
    '112',
  ],
  alert: [
    'сигнал',
    'новий сигнал',
    'сигнали',
    'alertă',
    'alerta',
    'alerte',
    'alertă nouă',
    'alert',
    'alerts',
    'new alert',
  ],
  note: [
    'нотатка',
    'звіт',
    'звіт про візит',
    'нова нотатка',
    'notă',
    'nota',
    'notă nouă',
    'raport',
    'raport de vizită',
    'fișă',
    'note',
    'report',
    'visit report',
  ],
  cases: ['справи', 'мої справи', 'cazuri', 'cazurile mele', 'caz', 'cazurile', 'case', 'cases', 'my cases'],
  home: [
    'меню',
    'початок',
    'головна',
    'додому',
    'на початок',
    'start',
    '/start',
    'старт',
    'начало',
    'главная',
    'meniu',
    'acasă',
    'început',
    'menu',
    'home',
  ],
  stop: [
    'стоп',
    'stop',
    '/stop',
    'відписатися',
    'отписаться',
    'dezabonare',
    'unsubscribe',
    'не пишіть',
    'не пишите',
    'nu-mi scrieți',
    'nu îmi mai scrieți',
  ],
  language: [
    'мова',
    'змінити мову',
    'язык',
    'сменить язык',
    'limba',
    'limbă',
    'schimbă limba',
    'language',
    'change language',
    '/language',
    'українська',
    'українською',
    'română',
    'în română',
    'english',
    'русский',
    'по-русски',
  ],
  person: [
    'людина',
    'оператор',
    'жива людина',
    'людину',
    'человек',
    'живой человек',
    'om',
    'o persoană',
    'persoană',
    'un om',
    'operator',
    'person',
    'human',
    'a person',
  ],
  contact: [
    'мій фахівець',
    'мой специалист',
    'persoana mea de contact',
    'persoana de contact',
    'my contact',
    'contact person',
  ],
  confirm: [
    'буду',
    'прийду',
    'підтверджую',
    'так прийду',
    'так буду',
    'приду',
    'подтверждаю',
    'да приду',
    'vin',
    'confirm',
    'da vin',
    'voi veni',
    'i will come',
    'i confirm',
  ],
  move: [
    'перенести',
    'інший час',
    'інший день',
    'перенести зустріч',
    'іншим разом',
    'в інший раз',
    'другое время',
    'другой день',
    'в другой раз',
    'mut',
    'altă dată',
    'pe altă dată',
    'altă oră',
    'altă zi',
    'reprogramare',
    'move',
    'another time',
    'another day',
    'some other time',
    'reschedule',
  ],
  cannot: [
    'не прийду',
    'не зможу',
    'не можу прийти',
    'скасувати',
    'скасувати зустріч',
    'не приду',
    'не смогу',
    'отменить',
    'nu vin',
    'nu pot veni',
    'nu pot',
    'anulez',
    'anulare',
    'cannot come',
    'cancel',
    'i cannot come',
  ],
};

/** Simple phrases; Cyrillic ones are read in transliteration too. Folded spelling: no apostrophes, no Romanian marks. */
export const phraseRules: readonly PhraseRule[] = [
  {
    id: 'stop-uk',
    matter: 'stop',
    weight: 0.9,
    pattern:
      '(не|більше не|перестаньте|припиніть|досить) (мені |мене |нам )?(більше )?(пиші(ть)?|писати|надсилайте|турбуйте|присилайте|слати|надсилати)( мені| більше| нам| сюди| повідомлення| на цей номер)*(?= [.,]| $)|(не той|чужий|не мій) (номер|телефон)|(ви )?(помилилися|помилились) (номером|адресою|людиною)|(це )?не моя (зустріч|справа)|я не (та людина|той|та)(?= [.,]| $)|(вимкн~|відключ~) .. (сповіщення|нагадування|повідомлення)',
  },
  {
    id: 'stop-ru',
    matter: 'stop',
    weight: 0.9,
    pattern:
      '(не|больше не|перестаньте|прекратите|хватит) (мне |меня |нам )?(больше )?(пишите|писать|присылайте|беспокойте|слать|присылать|шлите)( мне| больше| нам| сюда| сообщения| на этот номер)*(?= [.,]| $)|(не тот|чужой|не мой) (номер|телефон)|(вы )?(ошиблись|не туда попали)( номером| адресом)?|(отключите|выключите) .. (уведомления|напоминания|сообщения)|я не тот человек',
  },
  {
    id: 'stop-ro',
    matter: 'stop',
    weight: 0.9,
    pattern:
      'nu (imi|mi|ma|ne|imi mai|mi mai|ma mai|mai) (mai )?(imi )?(scrieti|scrie|trimiteti|contactati|deranjati|trimite)( mesaje| nimic| pe acest numar| va rog)*(?= [.,]| $)|(numar|persoana) gresit(a)?|ati gresit (numarul|persoana)|nu (e|este) numarul meu|nu sunt (eu )?(persoana|aceasta persoana)|(opriti|dezactivati) .. (mesajele|notificarile)|incetati sa .. (scrieti|trimiteti)',
  },
  {
    id: 'stop-en',
    matter: 'stop',
    weight: 0.9,
    pattern:
      '(stop|dont|do not|please dont) (writing|messaging|texting|write|message|text|contact|contacting|sending)( to)?( me| us| messages| anymore| any more| again)*(?= [.,]| $)|wrong (person|number)|(this is )?not my number|you have the wrong|i am not (this|that) person|leave me alone',
  },
  {
    id: 'language-uk',
    matter: 'language',
    weight: 0.85,
    pattern:
      '(змін~|переключ~|поміня~|пиші~|можна|давайте|говор~|хочу) .. (мову|українською|румунською|англійською|російською|українську|румунську|англійську)(?! мов~)|не розумію .. (румунською|українською|англійською|мову)',
  },
  {
    id: 'language-ru',
    matter: 'language',
    weight: 0.85,
    pattern:
      '(смен~|переключ~|поменя~|измен~|пишите|можно|давайте|хочу) .. (язык|украинском|русском|румынском|английском|русски|украински|румынски|русский язык)(?! клуб)|не понимаю .. (румынски|украински|румынском)',
  },
  {
    id: 'language-ro',
    matter: 'language',
    weight: 0.85,
    pattern:
      '(schimb~|scrieti|puteti scrie|se poate|vreau|vorbiti) .. (in )?(limba romana|limba|romana|romaneste|engleza|ucraineana|rusa)(?= [.,]| $| va)|nu inteleg (limba|ucraineana|engleza|romana)',
  },
  {
    id: 'language-en',
    matter: 'language',
    weight: 0.85,
    pattern: '(change|switch|speak|write|can we|another) .. (language|english|romanian|ukrainian|russian)(?! course)',
  },
  {
    id: 'person-uk',
    matter: 'person',
    weight: 0.8,
    pattern:
      '(поговорити|звязатися|зєднайте|зєднати|говорити|зателефон~|подзвон~|спілкуватися) .. (з|із|зі|до|мені) .. (людиною|людини|фахівц~|соцпрацівни~|працівни~|менеджер~|координатор~|спеціаліст~)|(передзвоніть|зателефонуйте|подзвоніть) мені',
  },
  {
    id: 'person-ru',
    matter: 'person',
    weight: 0.8,
    pattern:
      '(поговорить|связаться|соедините|перезвонит|общаться) .. (с|со|мне) .. (человеком|специалист~|соцработник~|сотрудник~|менеджер~|координатор~)|(перезвоните|позвоните) мне',
  },
  {
    id: 'person-ro',
    matter: 'person',
    weight: 0.8,
    pattern:
      '(vorbesc|vorbi|legatura|contactez|sun|dau de) .. (cu )?(un om|o persoana|cineva|asistent~|managerul~|coordonator~|tehnicianul~|responsabil~)|(sa ma sune|sunati ma|ma sunati|ma suna)(?! maine la)',
  },
  {
    id: 'person-en',
    matter: 'person',
    weight: 0.8,
    pattern:
      '(talk|speak|connect|call) .. (to|with|me) .. (person|human|social worker|case manager|somebody|someone)|call me( back)?(?= [.,]| $)',
  },
  {
    id: 'contact-uk',
    matter: 'contact',
    weight: 0.8,
    pattern:
      '(хто|як звати|дайте|номер|телефон) .. (мій|мого|моєї|моя) .. (менеджер~|фахівець|фахівця|соцпрацівни~|координатор~|кейс менеджер~)',
  },
  {
    id: 'contact-ru',
    matter: 'contact',
    weight: 0.8,
    pattern: '(кто|как зовут) .. (мой|моя|моего) .. (менеджер~|специалист~|соцработник~|координатор~)',
  },
  {
    id: 'contact-ro',
    matter: 'contact',
    weight: 0.8,
    pattern:
      'cine (e|este|imi este|mi e) .. (managerul|asistent~|persoana|coordonator~) .. (caz|social~|contact|meu|mea)|cine (e|este) (managerul|asistent~|coordonator~) (meu|mea)',
  },
  {
    id: 'contact-en',
    matter: 'contact',
    weight: 0.8,
    pattern: 'who is my .. (manager|worker|contact)',
  },
  {
    id: 'move-uk',
    matter: 'move',
    weight: 0.8,
    pattern:
      '(перенес~|перенести|поміня~|змінити|змініть|пересун~) .. (зустріч|запис|прийом|час|дату|день|на (понеділок|вівторок|середу|четвер|пятницю|завтра|інший))|(давайте|можна|краще) .. (іншим днем|іншим разом|інший день|інший час|інший раз|іншого дня|іншого разу|пізніше)',
  },
  {
    id: 'move-ru',
    matter: 'move',
    weight: 0.8,
    pattern:
      '(перенес~|поменя~|изменить|передвин~) .. (встречу|запись|прием|время|дату|день|на (понедельник|вторник|среду|четверг|пятницу|завтра|другой))|(давайте|можно|лучше) .. (другой день|другое время|другим разом|другой раз|позже|в другой)',
  },
  {
    id: 'move-ro',
    matter: 'move',
    weight: 0.8,
    pattern:
      '(mut|muta|mutam|mutati|schimb|schimba|schimbam|schimbati|reprogram~|amana|aman|amanam) .. (programarea|intalnirea|ora|data|ziua|pe (luni|marti|miercuri|joi|vineri|alta|maine)|pentru (luni|marti|miercuri|joi|vineri))|(vreau sa |as vrea sa |doresc sa )?reprogram(ez|ati|am|are)|(prefera|prefer|vrea|se poate|putem|lasam|ramane) .. (alta data|alta zi|alta ora|mai tarziu)|(alta data|alta zi|alta ora) (se poate|putem|va rog)(?= [.,]| $)',
  },
  {
    id: 'move-en',
    matter: 'move',
    weight: 0.8,
    pattern:
      '(move|change|reschedule|postpone) .. (appointment|meeting|time|date|day|to (monday|tuesday|wednesday|thursday|friday))|another (day|time) please|(can|could) (we|i|it) .. (another|some other|a different) (day|time)',
  },
  {
    id: 'cannot-uk',
    matter: 'cannot',
    weight: 0.85,
    pattern:
      '(не (зможу|можу|зможемо|можемо) .. (прийти|бути|приїхати)(?! (в|у) чат))|не (прийду|прийдемо|приїду)(?= )|(завтра|сьогодні|післязавтра) (я |ми )?не (зможу|зможемо|вийде|виходить|вийде прийти)(?= [.,]| $)|(завтра|післязавтра) (я |ми )?не (можу|можемо)(?= [.,]| $)|не (зможу|зможемо|вийде|вийде прийти) (завтра|сьогодні|післязавтра)(?= [.,]| $)|(скасу~|відмін~) .. (зустріч|запис|прийом)|(зустріч|запис) .. (не потрібн~|скасу~|відмін~)',
  },
  {
    id: 'cannot-ru',
    matter: 'cannot',
    weight: 0.85,
    pattern:
      '(не (смогу|могу|сможем|можем) .. (прийти|придти|быть|приехать))|не (приду|придем|приеду)(?= )|(завтра|сегодня|послезавтра) (я |мы )?не (смогу|сможем|получится|получается)(?= [.,]| $)|(завтра|послезавтра) (я |мы )?не (могу|можем)(?= [.,]| $)|не (смогу|сможем|получится) (завтра|сегодня|послезавтра)(?= [.,]| $)|(отмен~) .. (встречу|запись|прием)|(встреча|запись) .. (не нужн~|отмен~)',
  },
  {
    id: 'cannot-ro',
    matter: 'cannot',
    weight: 0.85,
    pattern:
      '(nu|n) (mai )?(pot|putem|o sa pot|voi putea|reusesc) (sa )?(mai )?(vin|veni|venim|ajung|ajunge|ajungem)(?= )|nu (mai )?(vin|venim|ajung)(?= )|(maine|azi|astazi|poimaine) (nu|n) (pot|putem|o sa pot|voi putea|reusesc|reusim)(?= [.,]| $)|(nu|n) (pot|putem|o sa pot|voi putea|reusesc|reusim) (maine|azi|astazi|poimaine)(?= [.,]| $)|(anul~|renunt) .. (programarea|intalnirea|la intalnire|la programare)|nu (mai )?am nevoie de .. (programare|intalnire)',
  },
  {
    id: 'cannot-en',
    matter: 'cannot',
    weight: 0.85,
    pattern:
      '(cant|cannot|can not|wont|unable to|not able to) (be able to )?(come|attend|make it)|(tomorrow|today) (i |we )?(cant|cannot|can not|wont be able to|am not able to)(?= [.,]| $)|(cant|cannot|can not|wont be able to) (tomorrow|today)(?= [.,]| $)|cancel .. (appointment|meeting|visit)',
  },
  {
    id: 'confirm-uk',
    matter: 'confirm',
    weight: 0.75,
    pattern:
      '(так|добре|ок|звичайно|домовились) (я )?(прийду|буду|підтверджую|прийдемо)|підтверджую .. (зустріч|запис|прийом|час)|(?<!не )я (прийду|буду)(?= [.,]| $)|(?<!не )(прийду|прийдемо) (завтра|сьогодні|післязавтра|вчасно|обовязково)|(завтра|сьогодні|післязавтра) (я )?(прийду|прийдемо)(?= [.,]| $)|(?<=^ (я )?)буду (завтра|сьогодні)(?= [.,]| $)',
  },
  {
    id: 'confirm-ru',
    matter: 'confirm',
    weight: 0.75,
    pattern:
      '(да|хорошо|ок|конечно|договорились) (я )?(приду|буду|подтверждаю|придем)|подтверждаю .. (встречу|запись|прием|время)|(?<!не )(приду|придем) (завтра|сегодня|послезавтра|вовремя|обязательно)|(завтра|сегодня|послезавтра) (я )?(приду|придем)(?= [.,]| $)',
  },
  {
    id: 'confirm-ro',
    matter: 'confirm',
    weight: 0.75,
    pattern:
      '(da|ok|bine|sigur) (vin|confirm|ne vedem|voi veni|venim)|confirm (programarea|intalnirea|ora)|vin sigur|ne vedem (maine|luni|marti|miercuri|joi|vineri)|(?<!nu )(vin|venim|voi veni|o sa vin) (maine|azi|astazi|poimaine)(?= [.,]| $| la (programare|intalnire|ora))|(maine|azi|astazi) (vin|venim)(?= [.,]| $)',
  },
  {
    id: 'appointments-uk',
    matter: 'appointments',
    weight: 0.75,
    pattern:
      '(коли|о котрій|на котру|нагада~|де і коли|чи є) .. (моя|мій|мені|мене|нас|наступн~|у мене|завтра) .. (зустріч|запис|консультація|прийом|приходити)|(запис~|запиші~) .. (на прийом|на консультацію|до (соц|фахівц|соціальн)~)|(потрібна|хочу|призначити) зустріч|коли (зустріч|прийом|консультація)',
  },
  {
    id: 'appointments-ru',
    matter: 'appointments',
    weight: 0.75,
    pattern:
      '(когда|во сколько|напомните) .. (моя|мой|мне|меня|следующ~|завтра) .. (встреча|запись|прием|консультация|приходить)|запис~ .. (на прием|на консультацию|к (соц|специалист)~)|(нужна|назначить) встреча',
  },
  {
    id: 'appointments-ro',
    matter: 'appointments',
    weight: 0.75,
    pattern:
      '(cand|la ce ora|unde) .. (am|este|e|urmatoarea|trebuie) .. (programare~|intalnire~|sa vin)|(vreau|doresc|as dori|as vrea|imi trebuie|pot sa fac) .. (o )?(programare|intalnire|consultatie)(?! (?:la doctor|la medic))|(sa )?ma (programez|puteti programa)',
  },
  {
    id: 'appointments-en',
    matter: 'appointments',
    weight: 0.75,
    pattern:
      '(when|what time|where) .. (my|next) .. (appointment|meeting)|(book|make|need|want|get) .. (an )?(appointment|meeting)',
  },
  {
    id: 'plan-all',
    matter: 'plan',
    weight: 0.75,
    pattern:
      '(покаж~|який|де|арат~) .. (мій|мого) план~|(arata~|care e|care este|unde e|vad) .. planul( meu)?|(show|see|what is) my plan|(покажите|какой|где) .. (мой) план',
  },
  {
    id: 'alert-all',
    matter: 'alert',
    weight: 0.75,
    pattern:
      '(новий|подати|підняти|надіслати) сигнал|(trimit|ridic|vreau sa trimit|fac|anunt) (o )?(alerta|urgenta)|(raise|send|new) (an )?alert',
  },
  {
    id: 'note-all',
    matter: 'note',
    weight: 0.75,
    pattern:
      '(написати|додати|новий|записати) (звіт|нотатку)( про .. )?|(scriu|adaug|fac|completez) (o |un )?(nota|raport~|fisa)|(write|add) (a )?(visit )?(note|report)',
  },
  {
    id: 'cases-all',
    matter: 'cases',
    weight: 0.75,
    pattern: '(покаж~|список|мої) справ~|(arata~|lista|vad) .. cazuri~|(show|list) (my )?cases',
  },
  {
    id: 'write-all',
    matter: 'write',
    weight: 0.75,
    pattern:
      '(хочу|можна|треба) (вам )?написати( вам)?(?= [.,]| $)|(хочу|можно) (вам )?написать( вам)?(?= [.,]| $)|(vreau|pot) sa (va )?scriu(?= [.,]| $)|i want to write(?= [.,]| $)',
  },
];
