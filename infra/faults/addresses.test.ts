import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import type { Person } from '#core/people/person.ts';
import { openPostOffice, type PostOffice } from '../test/post-office.ts';

let office: PostOffice;
let mihai: Person;
let ioana: Person;
let andrei: Person;
beforeEach(async () => {
  office = await openPostOffice();
  ioana = await office.person('coordinator', 'Ioana Marin', ['telegram']);
  andrei = await office.person('coordinator', 'Andrei Stan', ['telegram']);
  mihai = await office.person('technician', 'Mihai Dobre', ['telegram'], { coordinatorId: ioana.id });
  await office.u.onDuty(andrei);
  await office.u.lastResort(ioana, andrei);
});
afterEach(() => office.close());

const phone = (person: Person) => office.telegram.user(Number(person.accounts[0]?.key));

describe('the bot is blocked (F19)', () => {
  it('403 from the chat itself: the next person has the alert within 5 seconds', async () => {
    phone(ioana).blocks();
    await office.u.as(mihai, raiseAlert, { level: 'life', observed: { words: 'Amenințări.', files: [] } });
    const began = performance.now();
    while (phone(andrei).messages().length === 0 && performance.now() - began < 20_000) await office.sweep();
    expect(performance.now() - began).toBeLessThan(5000);
    expect(phone(andrei).messages()).toHaveLength(1);
    expect(phone(ioana).messages()).toHaveLength(0);
    expect((await office.u.world.store.people.must(ioana.id)).accounts).toMatchObject([{ isDead: true }]);
  });
});

describe('a group became a supergroup (F20)', () => {
  it('the same row arrives once, and the new address stands in rows, person and alert', async () => {
    const [old, fresh] = [-4001, -1004001];
    office.telegram.addGroup({ id: old, title: 'Echipa', members: [Number(mihai.accounts[0]?.key)] });
    const { store } = office.u.world;
    const inGroup = await store.people.save({
      ...mihai,
      accounts: mihai.accounts.map((one) => ({ ...one, address: String(old) })),
    });
    const raised = await office.u.as(ioana, raiseAlert, { level: 'urgent', observed: { words: 'x', files: [] } });
    if (raised.is !== 'done') throw new Error('refused');
    const [account] = inGroup.accounts;
    if (!account) throw new Error('no account');
    const { channel, key, address } = account;
    await store.alerts.save({
      ...(await store.alerts.must(raised.result.id)),
      strangerAccount: { channel, key, address, language: 'ro' },
    });
    const later = await office.message(inGroup, 'routine', {
      at: new Date(office.u.clock.wall().getTime() + 3_600_000),
    });
    office.telegram.group(old).becomesSupergroup(fresh);
    const row = await office.message(inGroup, 'routine');
    await office.pass(3);
    expect(await office.now(row)).toMatchObject({ state: 'sent', address: String(fresh), chatId: String(fresh) });
    expect([
      office.telegram.group(old).texts().filter(Boolean),
      office.telegram.group(fresh).texts().filter(Boolean),
    ]).toEqual([[], [expect.any(String)]]);
    expect((await office.now(later)).address).toBe(String(fresh));
    expect((await store.people.must(mihai.id)).accounts).toMatchObject([{ address: String(fresh) }]);
    expect((await store.alerts.must(raised.result.id)).strangerAccount).toMatchObject({ address: String(fresh) });
  });
});
