import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import type { Case } from '../cases/case.ts';
import { readCase } from '../cases/read-case.ts';
import { newRow } from '../delivery/carry-out.ts';
import type { OutboxRow } from '../delivery/outbox.ts';
import type { Message } from '../message.ts';
import { readNote } from '../notes/read-note.ts';
import { submitNote } from '../notes/submit-note.ts';
import { validateNote } from '../notes/validate-note.ts';
import type { Person } from '../people/person.ts';
import { phrase } from '../phrase.ts';
import { breakGlass } from './break-glass.ts';
import type { BrokenGlass } from './broken-glass.ts';
import { readBreakGlass } from './read-break-glass.ts';
import { reviewBreakGlass } from './review-break-glass.ts';

let u: Universe;
let ioana: Person;
let andrei: Person;
let victoria: Person;
let ana: Person;
let mihai: Person;
let partner: Person;
let foreign: Case;

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  victoria = await u.person('supervisor', 'Victoria Pop');
  ana = await u.person('admin', 'Ana Rus');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: andrei.id });
  partner = await u.person('partner', 'Petru Ilie');
});
beforeEach(async () => {
  await u.fastForward(61);
  foreign = await u.case(await u.person('beneficiary', 'Elena Popescu'), andrei, [mihai]);
});
afterAll(() => u.close());

const reason = 'Mama sună de la spital, copilul e singur acasă.';
async function broken(by = ioana, on = foreign): Promise<BrokenGlass> {
  const done = await u.as(by, breakGlass, { caseId: on.id, reason });
  if (done.is !== 'done') throw new Error(done.phrase.key);
  return done.result;
}
const rows = (to: Person) => u.world.store.outbox.find({ personId: to.id, method: 'send' }, { sort: { createdAt: 1 } });
const told = async (to: Person) =>
  (await rows(to)).map(({ card, message }) => card ?? (message as Message | undefined)?.lines[0]?.key);
const lines = async () => u.world.store.journal.ofCase(foreign.id);

describe('a foreign case that cannot wait (F36)', () => {
  it('is denied before; then open for 60 minutes, and denied again', async () => {
    expect(await u.as(ioana, readCase, { caseId: foreign.id })).toMatchObject({ is: 'refused' });
    await broken();
    expect(await u.as(ioana, readCase, { caseId: foreign.id })).toMatchObject({ is: 'done' });
    u.clock.forward(59);
    expect(await u.as(ioana, readCase, { caseId: foreign.id })).toMatchObject({ is: 'done' });
    u.clock.forward(1);
    expect(await u.as(ioana, readCase, { caseId: foreign.id })).toMatchObject({ is: 'refused' });
  });

  it('gives reading and no decision, on this case only', async () => {
    const written = await u.as(mihai, submitNote, {
      kind: 'visit',
      caseId: foreign.id,
      visitedAt: u.clock.wall(),
      observed: { words: 'Cald.', files: [] },
      opinion: { words: '', files: [] },
      next: { words: '', files: [] },
    });
    if (written.is !== 'done') throw new Error(written.phrase.key);
    const noteId = written.result.id;
    const other = await u.case(await u.person('beneficiary', 'Iryna Koval'), andrei);
    await broken();
    expect(await u.as(ioana, readNote, { noteId })).toMatchObject({ is: 'done' });
    expect(await u.as(ioana, validateNote, { noteId, addition: '' })).toMatchObject({ is: 'refused' });
    expect(await u.as(ioana, readCase, { caseId: other.id })).toMatchObject({ is: 'refused' });
    expect(await u.as(victoria, readNote, { noteId })).toMatchObject({ is: 'refused' });
  });

  it('each reading says in the journal that it was by break-glass', async () => {
    await broken();
    await u.as(ioana, readCase, { caseId: foreign.id });
    await u.as(andrei, readCase, { caseId: foreign.id });
    const readings = (await lines()).filter(({ type }) => type === 'case.read');
    expect(readings.map(({ by, reason: why }) => [by, why])).toEqual([
      [ioana.id, 'break-glass'],
      [andrei.id, 'own case'],
    ]);
  });

  it('needs a reason in a sentence; what was written stands in no journal', async () => {
    for (const short of ['', '  ', 'urgent', 'abcdefghijklmnop'])
      expect(await u.as(ioana, breakGlass, { caseId: foreign.id, reason: short })).toMatchObject({
        phrase: { key: 'glass:needsReason' },
      });
    await broken();
    expect(JSON.stringify(await u.world.store.journal.latest(20))).not.toContain('spital');
    const stored = await u.connection.collection('brokenGlass').find().toArray();
    expect(JSON.stringify(stored)).not.toContain('spital');
  });

  it.each(['technician', 'partner', 'admin', 'beneficiary'] as const)('a %s cannot', async (role) => {
    const who = { technician: mihai, partner, admin: ana, beneficiary: await u.person('beneficiary', 'X Y') }[role];
    const own = await u.case(await u.person('beneficiary', 'Z W'), ioana);
    expect(await u.as(who, breakGlass, { caseId: own.id, reason })).toMatchObject({ is: 'refused' });
    expect(await u.world.store.brokenGlass.count({ askedBy: who.id })).toBe(0);
  });

  it('nobody needs it for the own case, and asked again it is the same access', async () => {
    expect(await u.as(andrei, breakGlass, { caseId: foreign.id, reason })).toMatchObject({
      phrase: { key: 'glass:own' },
    });
    expect((await broken()).id).toBe((await broken()).id);
  });
});

describe('what it showed (F36)', () => {
  const shown = async (id: BrokenGlass['id'], more: Partial<OutboxRow>) => {
    const { store, newId } = u.world;
    const to = { channel: 'slack' as const, key: 'U1', address: 'U1', language: 'ro' as const, epoch: 1 };
    const deps = { store, newId, settings: await u.world.settings(), now: u.clock.wall() };
    const message = { lines: [phrase('general:saved')] };
    const row = { ...newRow(deps, { ...to, personId: ioana.id }, 'waiting', { message }), glassId: id, ...more };
    await store.outbox.insert(row);
    return row.id;
  };
  const sent = { state: 'sent' as const, messageId: '17.1', chatId: 'D1' };

  it('leaves the talk when the hour is over: the first message says so, parts and files go, a window is drawn over', async () => {
    const { id } = await broken();
    const [first, part, files, view] = [
      await shown(id, sent),
      await shown(id, { ...sent, messageId: '17.2', after: 'the-first' }),
      await shown(id, { ...sent, messageId: 'F1 F2', message: { lines: [], files: ['f'] } }),
      await shown(id, { state: 'sent', method: 'modal', modal: { is: 'reading' }, view: 'v-1', message: undefined }),
    ];
    await u.fastForward(59);
    expect(await u.world.store.outbox.count({ _id: `over-${first}` })).toBe(0);
    await u.fastForward(1);
    const over = async (row: string) => u.world.store.outbox.must(`over-${row}`);
    expect(await over(first)).toMatchObject({
      method: 'edit',
      target: first,
      message: { lines: [{ key: 'glass:ended' }] },
    });
    expect(await over(part)).toMatchObject({ method: 'delete', target: part });
    expect(await over(files)).toMatchObject({ method: 'delete', target: files });
    expect(await over(view)).toMatchObject({ method: 'modal', view: 'v-1', modal: { is: 'reading' } });
    const ended = (await u.world.store.journal.about(id)).filter(({ type }) => type === 'glass.ended');
    expect(ended).toHaveLength(1);
  });
});

describe('the second person (F36)', () => {
  it('the supervisor is told now, also at night, and the reason is read after its line', async () => {
    u.clock.moveTo(new Date(u.clock.wall().getTime() + 15 * 3_600_000));
    const before = (await told(victoria)).length;
    const { id } = await broken();
    const [row] = (await rows(victoria)).slice(before);
    expect(row).toMatchObject({ card: 'break-glass', subject: id, dueAt: u.clock.wall() });
    expect(await u.as(victoria, readBreakGlass, { glassId: id })).toMatchObject({ result: { reason } });
    expect((await u.world.store.journal.about(id)).map(({ type }) => type)).toEqual(['glass.broken', 'glass.read']);
  });

  it('a supervisor who breaks it is reviewed by another one, else by an administrator', async () => {
    const before = (await told(ana)).length;
    const { id } = await broken(victoria);
    expect((await told(ana)).slice(before)).toEqual(['break-glass']);
    expect(await u.as(victoria, reviewBreakGlass, { glassId: id, verdict: 'justified' })).toMatchObject({
      is: 'refused',
    });
    expect(await u.as(ana, reviewBreakGlass, { glassId: id, verdict: 'justified' })).toMatchObject({ is: 'done' });
  });

  it('says it once; who asked hears it', async () => {
    const { id } = await broken();
    expect(await u.as(ioana, reviewBreakGlass, { glassId: id, verdict: 'justified' })).toMatchObject({ is: 'refused' });
    await u.as(victoria, reviewBreakGlass, { glassId: id, verdict: 'toDiscuss' });
    expect((await told(ioana)).at(-1)).toBe('glass:notice.toDiscuss');
    expect(await u.as(ana, reviewBreakGlass, { glassId: id, verdict: 'justified' })).toMatchObject({
      phrase: { key: 'glass:reviewed', params: { name: 'Victoria Pop' } },
    });
  });

  it('is reminded each day until somebody reviewed it', async () => {
    const { id } = await broken();
    const count = async () => (await rows(victoria)).filter(({ subject }) => subject === id).length;
    expect(await count()).toBe(1);
    await u.fastForward(24 * 60 + 720);
    expect(await count()).toBe(2);
    await u.as(victoria, reviewBreakGlass, { glassId: id, verdict: 'justified' });
    await u.fastForward(3 * 24 * 60);
    expect(await count()).toBe(2);
  });
});

describe('tries on foreign cases (F36)', () => {
  it('each is denied and stands in the journal of the case and of the person', async () => {
    await u.as(ioana, readCase, { caseId: foreign.id });
    expect((await lines()).map(({ type, by }) => [type, by])).toEqual([['case.denied', ioana.id]]);
    expect((await u.world.store.journal.latest(2)).map(({ type, chain }) => [type, chain])).toContainEqual([
      'refused',
      `person:${ioana.id}`,
    ]);
  });

  it('the third in an hour is told to the reviewer, and the sixth', async () => {
    const before = (await told(victoria)).length;
    const heard = async () => (await told(victoria)).slice(before);
    for (const expected of [0, 0, 1, 1, 1, 2]) {
      await u.as(mihai, readCase, { caseId: (await u.case(partner, ioana)).id });
      expect(await heard()).toHaveLength(expected);
    }
    expect(await heard()).toEqual(['glass:notice.denied', 'glass:notice.denied']);
    const said = (await rows(victoria)).slice(before).map((row) => (row.message as Message).lines[0]?.params);
    expect(said).toContainEqual(expect.objectContaining({ name: 'Mihai Dobre', tries: 3 }));
  });

  it('three over a longer time are not', async () => {
    const before = (await told(victoria)).length;
    for (let n = 0; n < 3; n++) {
      await u.as(ioana, readCase, { caseId: foreign.id });
      u.clock.forward(31);
    }
    expect((await told(victoria)).length).toBe(before);
  });

  it('what a beneficiary is refused is no try', async () => {
    await u.as(await u.person('beneficiary', 'Oksana Bondar'), readCase, { caseId: foreign.id });
    expect(await lines()).toEqual([]);
  });
});
