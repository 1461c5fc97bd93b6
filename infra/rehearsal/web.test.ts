import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { sampleCity } from './page/fixture/sample-city.ts';
import { startCityWeb } from './web.ts';

/** The server of the page: only this machine, only this page, only known acts. */

async function served() {
  const city = sampleCity('plain');
  const { url, close } = await startCityWeb({ port: 0, city });
  onTestFinished(close);
  return { city, url };
}

const post = (address: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** `fetch` sets Host itself, so a foreign one is sent by hand. */
const statusFor = (url: string, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });

test('it serves 127.0.0.1 and refuses any other address', async () => {
  const { city, url } = await served();
  expect(new URL(url).hostname).toBe('127.0.0.1');
  await expect(startCityWeb({ port: 0, city, host: '0.0.0.0' })).rejects.toThrow('127.0.0.1 only');
});

test('a foreign name for this machine is refused', async () => {
  const { url } = await served();
  expect(await statusFor(url, 'evil.example')).toBe(403);
  expect(await statusFor(url, `localhost:${new URL(url).port}`)).toBe(200);
});

test('a foreign page cannot act', async () => {
  const { city, url } = await served();
  expect((await post(`${url}/city/reset`, {}, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await post(`${url}/city/reset`, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect(city.acts).toEqual([]);
});

test.each([
  ['phone/start', { personId: 'oksana' }, 'phone.start', ['oksana']],
  ['phone/says', { personId: 'oksana', text: 'добрий день' }, 'phone.says', ['oksana', 'добрий день']],
  ['phone/taps', { personId: 'oksana', messageId: 7, data: 'abc' }, 'phone.taps', ['oksana', 7, 'abc']],
  ['phone/voice', { personId: 'oksana' }, 'phone.voice', ['oksana']],
  ['phone/photo', { personId: 'oksana' }, 'phone.photo', ['oksana']],
  ['phone/place', { personId: 'oksana' }, 'phone.place', ['oksana']],
  ['phone/file', { personId: 'oksana' }, 'phone.file', ['oksana']],
  ['phone/network', { personId: 'oksana', isOn: false }, 'phone.network', ['oksana', false]],
  ['phone/block', { personId: 'oksana', isBlocked: true }, 'phone.block', ['oksana', true]],
  ['phone/reads', { personId: 'oksana' }, 'phone.reads', ['oksana']],
  ['desk/opens', { personId: 'ioana', place: 'home' }, 'desk.opens', ['ioana', 'home']],
  [
    'desk/presses',
    { personId: 'ioana', where: { channel: 'C1', ts: '1.2' }, actionId: 'a', blockId: 'b' },
    'desk.presses',
    ['ioana', { channel: 'C1', ts: '1.2' }, 'a', 'b', undefined],
  ],
  [
    'desk/presses',
    { personId: 'ioana', where: { viewId: 'V1' }, actionId: 'a', blockId: 'b', value: ['x'] },
    'desk.presses',
    ['ioana', { viewId: 'V1' }, 'a', 'b', ['x']],
  ],
  [
    'desk/submits',
    { personId: 'ioana', viewId: 'V1', values: { why: 'faptă', also: [] } },
    'desk.submits',
    ['ioana', 'V1', { why: 'faptă', also: [] }],
  ],
  ['desk/closes', { personId: 'ioana', viewId: 'V1' }, 'desk.closes', ['ioana', 'V1']],
  ['desk/says', { personId: 'ioana', channel: 'C1', text: 'bine' }, 'desk.says', ['ioana', 'C1', 'bine', undefined]],
  [
    'desk/command',
    { personId: 'ioana', command: '/caz', text: 'Ковальчук' },
    'desk.command',
    ['ioana', '/caz', 'Ковальчук'],
  ],
  [
    'desk/shortcut',
    { personId: 'ioana', callbackId: 'note', channel: 'C1', ts: '1.2' },
    'desk.shortcut',
    ['ioana', 'note', { channel: 'C1', ts: '1.2' }],
  ],
  ['desk/network', { personId: 'ioana', isOn: true }, 'desk.network', ['ioana', true]],
  ['clock/next', {}, 'clock.next', []],
  ['clock/forward', { minutes: 15 }, 'clock.forward', [15]],
  ['clock/to', { iso: '2026-11-24T12:00:00.000Z' }, 'clock.to', ['2026-11-24T12:00:00.000Z']],
  ['trouble', { name: 'redisOff', isOn: true }, 'trouble', ['redisOff', true]],
  ['reset', {}, 'reset', []],
])('POST /city/%s does it once and answers nothing', async (path, body, name, given) => {
  const { city, url } = await served();
  const answer = await post(`${url}/city/${path}`, body);
  expect([answer.status, await answer.text()]).toEqual([204, '']);
  expect(city.acts).toEqual([{ name, given }]);
});

test.each([
  ['phone/says', { personId: 'oksana', text: '' }],
  ['phone/says', { personId: 'oksana', text: 'a', more: 1 }],
  ['phone/taps', { personId: 'oksana', messageId: 1.5, data: 'x' }],
  ['clock/forward', { minutes: -15 }],
  ['clock/to', { iso: 'tomorrow' }],
  ['trouble', { name: 'everything', isOn: true }],
  ['desk/command', { personId: 'ioana', command: 'caz', text: '' }],
])('POST /city/%s refuses %j', async (path, body) => {
  const { city, url } = await served();
  expect((await post(`${url}/city/${path}`, body)).status).toBe(400);
  expect(city.acts).toEqual([]);
});

test.each([
  '/page/try.ts',
  '/page/..%2fweb.ts',
  '/page/fixture%2fsample.ts',
  '/page/tsconfig.json',
  '/page/fonts/commissioner-greek-wght-normal.woff2',
  '/city/texts/ru',
  '/city/file/disk/1',
])('%s is not served', async (path) => {
  const { url } = await served();
  expect((await fetch(url + path)).status).toBe(404);
});

test('the page comes with a policy that lets nothing foreign in', async () => {
  const { url } = await served();
  const answer = await fetch(url);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(await answer.text()).toContain('/page/main.js');
  expect((await fetch(`${url}/page/fonts/commissioner-cyrillic-wght-normal.woff2`)).headers.get('content-type')).toBe(
    'font/woff2',
  );
});

test('an act that fails in the city answers a plain error', async () => {
  const { city, url } = await served();
  city.reset = () => Promise.reject(new Error('secret words'));
  const answer = await post(`${url}/city/reset`, {});
  expect([answer.status, await answer.json()]).toEqual([500, { error: 'the city could not do that' }]);
});

test('events come numbered, one state each', async () => {
  const { city, url } = await served();
  const answer = await fetch(`${url}/city/events`);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read();
  city.emit('clock', city.shown.clock);
  const { value } = (await reader?.read()) ?? {};
  expect(value).toMatch(/^id: 2\ndata: \{"number":2,"name":"clock","state":/);
  await reader?.cancel();
});
