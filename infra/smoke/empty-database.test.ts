import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOffice, type TestOffice } from '../test/office.ts';

const people = {
  vera: { name: 'Vera Pop', phone: 7001 },
  mihai: { name: 'Mihai Dobre', phone: 7002 },
  oksana: { name: 'Оксана Кравченко', phone: 7003, language: 'uk' },
  lidia: { name: 'Лідія Мороз', phone: 7004, language: 'uk' },
  carmen: { name: 'Carmen Vlad', desk: 'U0CARMEN' },
  ioana: { name: 'Ioana Marin', desk: 'U0IOANA' },
  andrei: { name: 'Andrei Stan', desk: 'U0ANDREI' },
} as const;
type Name = keyof typeof people;

let oksanasCode = '';
let office: TestOffice<Name>;
beforeAll(async () => {
  office = await openTestOffice({ people, alarmUrl: 'http://127.0.0.1:9/' });
});
afterAll(() => office.stop());

it('the operator makes the first administrator, who opens the link and sees what is missing', async () => {
  const said = await invite('--role', 'admin', '--name', 'Vera Pop');
  expect(said).toContain('https://t.me/punte_mistok_bot?start=');
  await office.opens('vera', codeIn(said));
  expect(office.heard('vera')).toEqual([
    expect.stringMatching(/^Bună ziua! [\s\S]*112/),
    expect.stringContaining('Rolul dumneavoastră: administrator'),
    'Alegeți limba:',
    expect.stringContaining('Ce lipsește · 4'),
    'Meniul principal',
  ]);
  await office.taps('vera', 'Română');
  await office.taps('vera', 'Ce lipsește');
  const missing = office.heard('vera').at(-1);
  expect(missing).toContain('Pregătirea nu este încheiată');
  for (const item of ['un coordonator', 'un șef de serviciu', 'o persoană de gardă', 'două persoane anunțate la urmă'])
    expect(missing).toContain(item);
});

it('invites staff, each comes by the own chat: codes typed in Slack, a link for the technician', async () => {
  await comesToSlack('carmen', await invited('Șef de serviciu', 'Carmen Vlad'));
  await comesToSlack('ioana', await invited('Coordonator', 'Ioana Marin'));
  await comesToSlack('andrei', await invited('Coordonator', 'Andrei Stan'));
  const code = await invited('Tehnician', 'Mihai Dobre', 'Ioana Marin');
  expect(office.heard('ioana').at(-1)).toContain('Tehnician: Mihai Dobre.');
  expect(office.home('ioana')).toContain('Mihai Dobre · tehnician · valabilă până la');
  await office.opens('mihai', code);
  expect(office.heard('mihai')[1]).toBe('Aveți acces. Rolul dumneavoastră: tehnician.');
  expect(office.heard('ioana')).toEqual([expect.stringContaining('Mihai Dobre: are acces.')]);
  expect(office.home('ioana')).not.toContain('Invitații nefolosite');
});

it('without a last resort an alert that nobody takes rings everybody on staff', async () => {
  await office.says('mihai', '🚨 Alertă');
  await office.taps('mihai', 'Viață în pericol');
  await office.taps('mihai', 'Nu este în evidență');
  await office.says('mihai', 'Un bărbat necunoscut, str. Mare 5.');
  await office.says('mihai', 'Zace pe trotuar.');
  expect(office.heard('ioana')).toEqual([expect.stringContaining('A-101')]);
  for (const id of staff) office.heard(id);
  await office.forward(30);
  for (const id of staff) expect(office.heard(id).join('\n')).toContain('A-101');
  await office.taps('vera', 'Preiau');
  expect(office.sees('mihai')).toContain('Preluată: Vera Pop');
  await office.taps('vera', 'Predau');
  await office.taps('vera', 'Carmen Vlad');
  await office.taps('carmen', 'Preiau');
  await office.taps('carmen', 'Închid');
  await office.fills('carmen', { outcome: 'A venit salvarea.' });
  expect(office.sees('vera')).toContain('ÎNCHISĂ');
  for (const id of staff) office.heard(id);
});

it('says who coordinates whom, and changes it', async () => {
  await office.says('vera', '👥 Angajați');
  const row = office
    .sees('vera')
    .split('\n')
    .findLast((line) => line.includes('Mihai Dobre'));
  await office.taps('vera', `${Number.parseInt(row ?? '', 10)}. Detalii`);
  await office.taps('vera', 'Alt coordonator');
  await office.taps('vera', 'Andrei Stan');
  expect(office.heard('vera').at(-1)).toBe('Am salvat. Coordonator: Andrei Stan.');
  expect(office.heard('andrei')).toEqual([expect.stringContaining('Tehnician: Mihai Dobre.')]);
  expect(office.heard('mihai')).toEqual(['Coordonatorul dumneavoastră s-a schimbat.\nDe acum: Andrei Stan.']);
  await office.taps('vera', 'Alt coordonator');
  await office.taps('vera', 'Ioana Marin');
  expect(office.heard('ioana')).toEqual([expect.stringContaining('Tehnician: Mihai Dobre.')]);
  office.heard('mihai');
});

it('sets duty, an absence with its substitute, the last resort: the set-up state is over', async () => {
  await office.says('vera', '🕘 Gardă');
  await office.taps('vera', 'Adaug o gardă');
  await office.taps('vera', 'Andrei Stan');
  await office.says('vera', 'azi, 8:00');
  await office.says('vera', 'peste două săptămâni, 8:00');
  expect(office.heard('vera').at(-1)).toMatch(/^Garda este salvată\./);
  expect(office.heard('andrei')).toEqual([expect.stringContaining('Aveți o gardă nouă.')]);

  const tomorrow = office.now().toPlainDate().add({ days: 1 }).toString();
  await office.tapsAtHome('ioana', 'Mai multe');
  await office.tapsInWindow('ioana', 'Absența mea');
  await office.fills('ioana', { from: tomorrow, to: tomorrow, substitute: 'Andrei Stan' });
  expect(office.heard('andrei')).toEqual([expect.stringContaining('Cui: Ioana Marin.')]);

  await office.says('vera', 'Meniul principal');
  await office.taps('vera', 'Ce lipsește');
  await office.taps('vera', 'Ultimii anunțați');
  await office.taps('vera', 'Vera Pop');
  await office.taps('vera', 'Carmen Vlad');
  expect(office.heard('carmen')).toEqual([expect.stringContaining('Sunteți printre ultimii anunțați.')]);
  await office.says('vera', 'Meniul principal');
  expect(office.heard('vera').join('\n')).toContain('Ultimii anunțați: Vera Pop, Carmen Vlad.');
  expect(office.sees('vera').split('Ce aveți acum de făcut').at(-1)).not.toContain('Ce lipsește');
});

it('a coordinator opens a person in Slack; the link and its picture bring them in, in their language, after one question', async () => {
  await office.tapsAtHome('ioana', 'Persoană nouă');
  await office.fills('ioana', {
    name: 'Оксана Кравченко',
    phone: '+380671234567',
    year: '1984',
    language: 'Українська',
    place: 'AR-07',
    technician: 'Mihai Dobre',
  });
  const said = office.heard('ioana').join('\n');
  expect(said).toContain('Numărul: C-11.');
  expect(office.heard('mihai')).toEqual([expect.stringContaining('C-11')]);

  expect(office.files('ioana')).toEqual([expect.stringMatching(/\.png$/)]);
  oksanasCode = codeIn(said);
  await office.opens('oksana', oksanasCode);
  expect(office.heard('oksana').at(-1)).toContain('Якого року Ви народилися?');
  await office.says('oksana', '1985');
  expect(office.heard('oksana')[0]).toContain('Спробуйте ще раз');
  await office.says('oksana', '1984');
  expect(office.heard('oksana')).toEqual([
    'Готово. Тепер тут Ваші зустрічі та Ваш план.',
    'Оберіть мову:',
    'Чим допомогти?',
  ]);
  await office.taps('oksana', 'Українська');
  expect(office.heard('ioana')).toEqual([expect.stringContaining('Оксана Кравченко: are acces.')]);
  expect(office.phone('oksana').state().homeKeys?.slice(0, 2)).toEqual([
    ['📅 Мої зустрічі', '🧭 Мій план'],
    ['💬 Написати нам', '🆘 Потрібна допомога'],
  ]);
});

it('a meeting booked in Slack is seen on the phone', async () => {
  office.heard('oksana');
  await office.says('oksana', '📅 Мої зустрічі');
  expect(office.heard('oksana')).toEqual(['Зустрічей поки немає. Хочете записатися?']);
  const day = office.inAWeek().toString();
  await office.tapsAtHome('ioana', 'Programare nouă');
  await office.fills('ioana', {
    case: 'C-11 · Оксана Кравченко',
    when: day,
    when_time: '10:30',
    place: 'La sediu',
    interpreter: 'Da',
  });
  expect(office.heard('ioana')).toEqual([expect.stringMatching(/ora 10:30\. Am trimis mesajul\./)]);
  expect(office.heard('oksana').join()).toMatch(/^Для Вас є нова зустріч\./);
  await office.says('oksana', '📅 Мої зустрічі');
  expect(office.heard('oksana').join('\n')).toContain('10:30');
});

it('an alert on that person is taken in Slack, and who raised it sees by whom', async () => {
  await office.says('mihai', '🚨 Alertă');
  await office.taps('mihai', 'Abuz');
  await office.taps('mihai', 'Оксана Кравченко');
  await office.says('mihai', 'Vânătăi noi pe brațe.');
  const buzzed = office.heard('ioana');
  expect(buzzed).toEqual([expect.stringContaining('A-102')]);
  expect(buzzed.join()).not.toContain('Оксана');
  await office.taps('ioana', 'Preiau');
  expect(office.sees('mihai')).toContain('Preluată: Ioana Marin');
  await office.taps('ioana', 'Închid');
  await office.fills('ioana', { outcome: 'Copilul este la bunici.' });
  expect(office.sees('mihai')).toContain('ÎNCHISĂ');
  for (const id of staff) office.heard(id);
});

it('a code used by somebody else, replaced, run out or revoked is said kindly, and a new one is one tap away', async () => {
  await office.opens('lidia', oksanasCode);
  expect(office.heard('lidia').at(-1)).toContain('Цим запрошенням уже скористалися.');
  await office.taps('lidia', 'Попросити нове запрошення');
  expect(office.heard('lidia')).toEqual(['Передано. Нове запрошення Вам дасть служба. Телефон: +40 257 555 100.']);
  expect(office.heard('ioana')).toEqual([expect.stringContaining('Se cere o invitație nouă.')]);

  await office.tapsAtHome('ioana', 'Persoană nouă');
  await office.fills('ioana', {
    name: 'Лідія Мороз',
    year: '1990',
    language: 'Українська',
    place: 'AR-07',
    technician: 'Deocamdată nimeni',
  });
  const first = codeIn(office.heard('ioana').join());
  await office.tapsAtHome('ioana', 'Invitații nefolosite');
  expect(office.heard('ioana').join()).toContain('Лідія Мороз · beneficiar · valabilă până la');
  const second = await newCode('Invitație nouă');
  await office.opens('lidia', first);
  expect(office.heard('lidia').at(-1)).toContain('Це запрошення вже не діє.');

  await office.forward(15 * 24 * 60);
  expect(office.heard('ioana').join()).toContain('O invitație a expirat.');
  await office.opens('lidia', second);
  expect(office.heard('lidia').at(-1)).toContain('Строк цього запрошення минув.');

  const third = await newCode('Invitație nouă');
  await office.tapsAtHome('ioana', 'Anulez invitația');
  await office.taps('ioana', 'Da, o anulez');
  await office.opens('lidia', third);
  expect(office.heard('lidia').at(-1)).toContain('Це запрошення вже не діє.');
});

async function newCode(button: string): Promise<string> {
  await office.taps('ioana', button);
  office.heard('ioana');
  await office.taps('ioana', button);
  return codeIn(office.heard('ioana').join());
}

const staff = ['vera', 'mihai', 'carmen', 'ioana', 'andrei'] as const;

async function invited(role: string, name: string, coordinator?: string): Promise<string> {
  await office.says('vera', '☰ Mai multe');
  await office.taps('vera', 'Invit un angajat');
  await office.taps('vera', role);
  await office.says('vera', name);
  await office.taps('vera', 'Sar peste');
  await office.taps('vera', 'Română');
  if (coordinator) await office.taps('vera', coordinator);
  await office.taps('vera', 'Sar peste');
  office.heard('vera');
  await office.taps('vera', 'Creez invitația');
  return codeIn(office.heard('vera').join('\n'));
}

async function comesToSlack(id: Name, code: string): Promise<void> {
  await office.opens(id);
  await office.tapsAtHome(id, 'Scriu codul');
  await office.fills(id, { code });
}

/** `npm run invite` as the operator runs it: another process on the same database, with the same key. */
async function invite(...args: string[]): Promise<string> {
  const env = { ...process.env, ...office.place.env };
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'cli', 'invite.ts'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return said;
}

const codeIn = (said: string): string => /\?start=([2-9A-HJKMNP-Z]{10})/.exec(said)?.[1] ?? '';
