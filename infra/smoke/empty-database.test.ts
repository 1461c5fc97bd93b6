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
  for (const item of ['un coordonator', 'un șef de serviciu', 'o persoană de gardă', 'două persoane anunțate la urmă']) expect(missing).toContain(item);
});

it('invites staff, each comes by the own chat: codes typed in Slack, a link for the technician', async () => {
  await comesToSlack('carmen', await invited('Șef de serviciu', 'Carmen Vlad'));
  await comesToSlack('ioana', await invited('Coordonator', 'Ioana Marin'));
  await comesToSlack('andrei', await invited('Coordonator', 'Andrei Stan'));
  const code = await invited('Tehnician', 'Mihai Dobre', 'Ioana Marin');
  console.log(office.home('ioana'));
  console.log(office.heard('ioana'));
  await office.opens('mihai', code);
  console.log(office.heard('mihai'), office.heard('vera'), office.heard('carmen'));
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
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'cli', 'invite.ts'), ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return said;
}

const codeIn = (said: string): string => /\?start=([2-9A-HJKMNP-Z]{10})/.exec(said)?.[1] ?? '';
