import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import type { Lane, OutboxRow } from '#core/delivery/outbox.ts';
import type { CaseId, PersonId } from '#core/id.ts';
import type { Person } from '#core/people/person.ts';
import { openPostOffice, type PostOffice } from '../test/post-office.ts';

let office: PostOffice;
let ioana: Person;
let caseId: CaseId;
beforeAll(async () => {
  office = await openPostOffice();
  ioana = await office.person('coordinator', 'Ioana Marin', ['telegram']);
  const oksana = await office.person('beneficiary', 'Оксана Кравченко', ['telegram']);
  caseId = (await office.u.case(oksana, ioana)).id;
});
afterAll(() => office.close());

const texts = () =>
  office.telegram
    .user(Number(ioana.accounts[0]?.key))
    .messages()
    .map(({ text }) => text);

/** A card about the case for the coordinator, as a reaction puts it there. */
async function card(lane: Lane, name: string, about = caseId): Promise<OutboxRow> {
  const [account] = ioana.accounts;
  if (!account) throw new Error('no account');
  const { store, newId } = office.u.world;
  const deps = { store, newId, now: office.u.clock.wall(), settings: await office.u.world.settings() };
  const to = { ...account, language: 'ro' as const, personId: ioana.id as PersonId, epoch: ioana.epoch };
  const row = { ...newRow(deps, to, lane, { card: name, subject: ioana.id }), caseId: about };
  await store.outbox.insert(row);
  return row;
}

it('many messages of one case within two minutes: the first at once, the others as one; danger and other cases never wait (F31)', async () => {
  const first = await card('routine', 'home');
  await office.pass(1);
  expect(await office.now(first)).toMatchObject({ state: 'sent' });
  const rows: OutboxRow[] = [];
  for (let n = 0; n < 100; n++) rows.push(await card(n % 2 ? 'routine' : 'waiting', 'home'));
  const danger = await card('danger', 'home');
  const [other] = [await card('routine', 'home', office.u.world.newId<CaseId>())];
  await office.pass(12);
  expect(await office.now(danger)).toMatchObject({ state: 'sent' });
  expect(await office.now(other as OutboxRow)).toMatchObject({ state: 'sent' });
  expect(await office.outbox.count({ caseId, state: 'sent' })).toBe(2);
  const before = texts().length;
  await office.pass(120, 10);
  const said = texts().slice(before);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('au venit mai multe vești');
  expect(said[0]).toContain('Altele: 100');
  await office.pass(300, 30);
  expect(texts().slice(before)).toHaveLength(1);
});

it('a second one alone is not folded: it comes after the two minutes as it is', async () => {
  await office.pass(180, 60);
  const first = await card('routine', 'home');
  await office.pass(1);
  expect(await office.now(first)).toMatchObject({ state: 'sent' });
  const second = await card('routine', 'home');
  await office.pass(60, 10);
  expect(await office.now(second)).toMatchObject({ state: 'pending' });
  await office.pass(70, 10);
  expect(await office.now(second)).toMatchObject({ state: 'sent' });
});

it('who raises a second danger on a case is answered at once, not after two minutes (F31)', async () => {
  const mihai = await office.person('technician', 'Mihai Dobre', ['telegram'], { coordinatorId: ioana.id });
  const { id } = await office.u.case(await office.person('beneficiary', 'Elena Pop', ['telegram']), ioana, [mihai]);
  for (const level of ['abuse', 'life'] as const) {
    await office.u.as(mihai, raiseAlert, { caseId: id, level, observed: { words: 'Vânătăi.', files: [] } });
    await office.pass(5);
  }
  const answers = await office.outbox.find({ personId: mihai.id, card: 'alert-raised', method: 'send' });
  expect(answers.map(({ state }) => state)).toEqual(['sent', 'sent']);
});
