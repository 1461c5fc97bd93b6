import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { openStore } from '#core/store.ts';
import { addMinutes } from '#core/time.ts';
import { keysOf } from '../keyring.ts';
import { masterKeysOf } from '../master-keys.ts';
import { openSeal } from '../seal.ts';
import { openPostOffice, type PostOffice } from '../test/post-office.ts';
import { universeKey } from '../test/universe.ts';
import { until } from './rig/until.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office.close());

it('a person who cannot be read, with messages that are hours late: everybody else is sent theirs', async () => {
  const [ana, dan] = [
    await office.person('coordinator', 'Ana Pop', ['telegram']),
    await office.person('coordinator', 'Dan Rus', ['telegram']),
  ];
  const late = addMinutes(office.u.clock.wall(), -600);
  for (let count = 0; count < 5; count++) await office.message(ana, 'routine', { at: late });
  await office.u.world.store.people.setAside([ana.id], { language: 'nothing' as never });
  const danger = await office.message(dan, 'danger');
  await office.bots.telegram.sweep();
  await office.bots.telegram.rest();
  expect(await office.now(danger)).toMatchObject({ state: 'sent' });
});

it('a data key that was altered breaks what it sealed and hides no other row from a sweep', async () => {
  const { connection, clock } = office.u;
  const [ana, dan] = [
    await office.person('coordinator', 'Ana Pop', ['telegram']),
    await office.person('coordinator', 'Dan Rus', ['telegram']),
  ];
  const [lost, sound] = [await office.message(ana, 'danger'), await office.message(dan, 'danger')];
  await keysOf(connection).updateOne({ _id: `person:${ana.id}` }, { $set: { wrapped: 'AAAA' } });
  const { outbox } = openStore(connection, await openSeal(connection, masterKeysOf(universeKey)));
  const due = await outbox.due('telegram', clock.wall(), 10);
  expect(due.map(({ id }) => id)).toContain(sound.id);
  expect(due.map(({ id }) => id)).not.toContain(lost.id);
  expect(await outbox.unreadable()).toBe(1);
});

it('an alert that cannot be read keeps the chat of its receiver from nothing: a danger behind it leaves at once, and the row is settled', async () => {
  const ana = await office.person('coordinator', 'Ana Pop', ['telegram']);
  const mihai = await office.person('technician', 'Mihai Dobre', ['telegram'], { coordinatorId: ana.id });
  const raised = await office.u.as(mihai, raiseAlert, { level: 'life', observed: { words: '', files: [] } });
  if (raised.is === 'refused') throw new Error(raised.phrase.key);
  const [ring] = await office.outbox.find({ personId: ana.id, card: 'alert' });
  await office.u.world.store.alerts.setAside([raised.result.id], { level: 'nothing' as never });
  office.u.clock.forward(0.5);
  await office.bots.telegram.sweep();
  const danger = await office.message(ana, 'danger');
  const from = performance.now();
  await until('the danger is sent', async () => {
    await office.bots.telegram.sweep();
    return (await office.now(danger)).state === 'sent';
  });
  expect(performance.now() - from).toBeLessThan(5000);
  await office.bots.telegram.rest();
  expect(await office.now(ring as { id: string })).toMatchObject({ state: 'not_sent', outcome: 'cannot be prepared' });
  await office.pass(3600, 60);
  expect(await office.now(ring as { id: string })).toMatchObject({ state: 'refused' });
});
