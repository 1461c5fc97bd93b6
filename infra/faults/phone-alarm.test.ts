import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Alert } from '#core/alerts/alert.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { execute, inStep } from '#core/execute.ts';
import { askerFor } from '#core/people/actor.ts';
import type { Level } from '#core/settings.ts';
import { openTestOffice, type TestOffice } from '../test/office.ts';

const people = { carmen: { name: 'Carmen Vlad', phone: 7001 }, ioana: { name: 'Ioana Marin', phone: 7002 } } as const;

/** The outside phone alarm: what it was told, and how it answers. */
const called: unknown[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  called.push(JSON.parse(await text(request)));
  response.writeHead(status).end();
});

let office: TestOffice<keyof typeof people>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  office = await openTestOffice({ people, chats: ['telegram'], alarmUrl: `http://127.0.0.1:${port}/` });
  await office.joins('supervisor', 'carmen');
  await office.joins('coordinator', 'ioana');
}, 60_000);
afterAll(async () => {
  await office.stop();
  server.close();
});

async function raise(level: Level): Promise<Alert> {
  const { store, clock } = office.world;
  const [person] = await store.people.activeWithRole('supervisor');
  if (!person) throw new Error('nobody');
  const actor = await askerFor(person, { store, now: clock.wall() });
  const input = { level, observed: { words: 'Nu răspunde nimeni.', files: [] } };
  const raised = await inStep(office.world, `raise-${level}`, (step) => execute(step, raiseAlert, { actor, input }));
  if (raised.is !== 'done') throw new Error('refused');
  return raised.result;
}
const calledFor = ({ number }: Alert) => called.filter((one) => (one as { number?: string }).number === number);

it('is told level and number, nothing else: a danger from minute 30 on, each five minutes (F28)', async () => {
  const alert = await raise('life');
  await office.forward(29);
  expect(calledFor(alert)).toEqual([]);
  await office.forward(11);
  await expect.poll(() => calledFor(alert)).toEqual(Array(3).fill({ level: 'life', number: alert.number }));
  expect((await office.world.store.alerts.must(alert.id)).hasPhoneAlarm).toBe(true);
  await office.world.store.alerts.setAside([alert.id], { state: 'closed' });
}, 120_000);

it('that answers with an error is called again and again, never counts as told, and is a fault', async () => {
  status = 500;
  const alert = await raise('abuse');
  await office.forward(90);
  for (let minute = 0; minute < 4; minute++) await office.forward(1);
  expect(calledFor(alert).length).toBeGreaterThanOrEqual(3);
  expect((await office.world.store.alerts.must(alert.id)).hasPhoneAlarm).toBe(false);
  expect((await office.faults()).join('\n')).toMatch(/calls of the phone alarm fail again and again/);
  status = 200;
  await office.forward(6);
  expect((await office.world.store.alerts.must(alert.id)).hasPhoneAlarm).toBe(true);
}, 120_000);
