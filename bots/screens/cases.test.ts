import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '#core/cases/case.ts';
import { submitNote } from '#core/notes/submit-note.ts';
import type { Person } from '#core/people/person.ts';
import { buttonsIn, keysIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';

let u: Universe;
let mihai: Person;
let irina: Person;
let ioana: Person;
let hers: Case;
let foreign: Case;

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin', { phone: '+40257555101' });
  const andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  irina = await u.person('technician', 'Irina Lup', { coordinatorId: ioana.id });
  hers = await u.case(await u.person('beneficiary', 'Оксана Шевченко', { phone: '+40712345678' }), ioana, [mihai], {
    number: 'C-07',
  });
  await u.case(await u.person('beneficiary', 'Elena Popescu'), ioana, [mihai], { number: 'C-10' });
  foreign = await u.case(await u.person('beneficiary', 'Olena Șevcenco'), andrei, [], { number: 'C-99' });
});
afterAll(() => u.close());

const find = async (who: Person, text: string) => {
  await talk(u, who).taps('case.find');
  return talk(u, who).says(text);
};
const read = async () =>
  (await u.world.store.journal.ofCase(hers.id)).filter(({ type }) => type === 'case.read').length;

describe('cases', () => {
  it('lists the own cases with number, name, place and whom to call', async () => {
    const { messages } = await talk(u, mihai).taps('case.list');
    const said = JSON.stringify(messages);
    for (const part of [
      'C-07',
      'Оксана Шевченко',
      'AR-07',
      'C-10',
      'Ioana Marin',
      '"call":"+40\u00a0257\u00a0555\u00a0101"',
    ])
      expect(said).toContain(part);
    expect(said).not.toContain('C-99');
    expect(keysIn(await talk(u, irina).taps('case.list'))).toEqual(['notes:noCases']);
  });

  it('shows one case on one card, with a line in the journal for each reading [GUIDE]', async () => {
    await u.as(mihai, submitNote, {
      kind: 'visit',
      caseId: hers.id,
      visitedAt: u.clock.wall(),
      observed: { words: 'Cald.', files: [] },
      opinion: { words: '', files: [] },
      next: { words: '', files: [] },
    });
    const before = await read();
    const { messages } = await talk(u, mihai).taps('case.show', { subject: hers.id });
    expect(messages[0]?.facts?.map(({ label }) => label.key)).toEqual([
      'work:label.stage',
      'work:label.coordinator',
      'work:label.technicians',
    ]);
    expect(messages[0]?.sections?.map(({ count }) => count)).toEqual([0, 1]);
    expect(buttonsIn(messages).map(({ action }) => action)).toEqual([
      'note.new',
      'alert.new',
      'case.close',
      'case.list',
      'home',
      'note.read',
    ]);
    expect(JSON.stringify(messages)).toContain('"call":"+40\u00a0712\u00a0345\u00a0678"');
    expect(await read()).toBe(before + 1);
  });

  it('gives the coordinator the decisions of a case, and the technician none of them', async () => {
    const actions = async (who: Person) =>
      buttonsIn((await talk(u, who).taps('case.show', { subject: hers.id })).messages).map(({ action }) => action);
    expect(await actions(ioana)).toEqual(expect.arrayContaining(['appointment.book', 'case.assign']));
    expect(await actions(mihai)).not.toEqual(expect.arrayContaining(['appointment.book']));
  });

  it('a technician who asks to close a case hears who decides, with a prepared request [GUIDE g098]', async () => {
    const heard = await talk(u, mihai).taps('case.close', { subject: hers.id });
    expect(heard.messages[0]?.lines[0]).toMatchObject({ key: 'refusals:closeCase', params: { name: 'Ioana Marin' } });
    expect(buttonsIn(heard.messages)[0]).toMatchObject({ action: 'request.send', subject: ioana.id, version: 7 });
    expect(JSON.stringify(await talk(u, mihai).presses(heard, 'refusals:button.sendRequest'))).toContain(
      'refusals:prepared.close',
    );
    expect((await u.world.store.cases.must(hers.id)).stage).toBe('monitoring');
  });

  it.each(['Shevchenko', 'Șevcenco', 'шевченко', 'C-07', '7', 'c 07'])(
    'finds a case as it is spelled: %s',
    async (text) => {
      const { messages } = await find(mihai, text);
      expect(JSON.stringify(messages)).toContain('Оксана Шевченко');
      expect(JSON.stringify(messages)).not.toContain('Olena');
    },
  );

  it('a foreign case is neither found nor opened; who has it is named', async () => {
    expect(keysIn(await find(mihai, 'C-99'))).toEqual(['work:caseNotFound', 'work:onlyYours']);
    const heard = await talk(u, mihai).taps('case.show', { subject: foreign.id });
    expect(heard.messages[0]?.lines[0]).toMatchObject({ key: 'refusals:notYourCase', params: { name: 'Andrei Stan' } });
  });
});

describe('the working day of a technician', () => {
  it('says only what is there', async () => {
    expect(keysIn(await talk(u, irina).taps('today'))).toEqual(['home:technician.title', 'work:nothing']);
    const tasks = await talk(u, irina).taps('tasks');
    expect(tasks.messages[0]?.lines).toMatchObject([{ key: 'work:tasks.later', params: { name: 'Ioana Marin' } }]);
  });

  it('opens the guide: six sensitive situations, each with what is never done [GUIDE annex 3]', async () => {
    const me = talk(u, mihai);
    const list = await me.taps('guide');
    const situations = buttonsIn(list.messages).filter(({ action }) => action === 'guide');
    expect(situations).toHaveLength(6);
    const card = await me.presses(list, 'Indicii de abuz sau violență');
    expect(JSON.stringify(card.messages)).toContain('Tehnicianul nu intervine singur.');
    expect(buttonsIn(card.messages).map(({ action }) => action)).toContain('alert.new');
  });
});
