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
  carmen: { name: 'Carmen Vlad', desk: 'U0CARMEN' },
  ioana: { name: 'Ioana Marin', desk: 'U0IOANA' },
  andrei: { name: 'Andrei Stan', desk: 'U0ANDREI' },
} as const;
type Name = keyof typeof people;

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
  await office.says('mihai', 'Un om zace pe trotuar.');
  expect(office.heard('ioana')).toEqual([expect.stringContaining('A-101')]);
  for (const id of ['vera', 'andrei', 'mihai'] as const) office.heard(id);
  await office.forward(30);
  for (const id of ['vera', 'andrei', 'carmen', 'ioana', 'mihai'] as const)
    expect(office.heard(id).join('\n')).toContain('A-101');
  await office.taps('vera', 'Preiau');
  expect(office.sees('mihai')).toContain('Preluată: Vera Pop');
  console.log(office.heard('vera'), office.sees('vera'));
  await office.taps('vera', 'Predau');
  await office.taps('vera', 'Carmen Vlad');
  await office.taps('carmen', 'Preiau');
  await office.taps('carmen', 'Închid');
  await office.fills('carmen', { outcome: 'A venit salvarea.' });
  console.log(office.heard('carmen'), office.heard('vera'));
});

it('says who coordinates whom, and changes it once', async () => {
  await office.says('vera', '👥 Angajați');
  console.log(office.heard('vera'));
  const row = office
    .sees('vera')
    .split('\n')
    .findLast((line) => line.includes('Mihai Dobre'));
  await office.taps('vera', `${/^\d+/.exec(row ?? '')?.[0]}. Detalii`);
  console.log(office.heard('vera'));
  await office.taps('vera', 'Alt coordonator');
  await office.taps('vera', 'Andrei Stan');
  console.log(office.heard('vera'), office.heard('andrei'), office.heard('mihai'));
  await office.taps('vera', 'Alt coordonator');
  await office.taps('vera', 'Ioana Marin');
  console.log(office.heard('vera'), office.heard('andrei'), office.heard('mihai'));
});

it('sets duty, an absence with its substitute, the last resort: the set-up state is over', async () => {
  await office.says('vera', '🕘 Gardă');
  await office.taps('vera', 'Adaug o gardă');
  await office.taps('vera', 'Andrei Stan');
  await office.says('vera', 'azi, 8:00');
  console.log(office.heard('vera'));
  await office.says('vera', `peste două săptămâni, 8:00`);
  console.log(office.heard('vera'), office.heard('andrei'));
  await office.tapsAtHome('andrei', 'Mai multe');
  console.log(office.window('andrei'));
  await office.tapsInWindow('andrei', 'Absența mea');
  const tomorrow = office.now().toPlainDate().add({ days: 1 }).toString();
  console.log(office.window('andrei'));
  await office.fills('andrei', {
    from: tomorrow,
    from_time: '08:00',
    to: tomorrow,
    to_time: '16:00',
    substitute: 'Carmen Vlad',
  });
  console.log(office.heard('andrei'), office.heard('carmen'));
  await office.says('vera', 'Meniul principal');
  await office.taps('vera', 'Ce lipsește');
  console.log(office.heard('vera'));
  await office.taps('vera', 'Ultimii anunțați');
  await office.taps('vera', 'Vera Pop');
  await office.taps('vera', 'Carmen Vlad');
  console.log(office.heard('vera'), office.heard('carmen'));
  await office.says('vera', 'Meniul principal');
  console.log(office.heard('vera'));
});

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
