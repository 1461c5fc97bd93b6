import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { closeAlert } from '../alerts/close-alert.ts';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { takeAlert } from '../alerts/take-alert.ts';
import { cards } from '../cards.ts';
import type { Case } from '../cases/case.ts';
import type { FileId, NoteId } from '../id.ts';
import type { Message } from '../message.ts';
import type { Person } from '../people/person.ts';
import { addFileToNote } from './add-file-to-note.ts';
import { readNote } from './read-note.ts';
import { resubmitNote } from './resubmit-note.ts';
import { returnNote } from './return-note.ts';
import { submitNote } from './submit-note.ts';
import { validateNote } from './validate-note.ts';

let u: Universe;
let mihai: Person;
let irina: Person;
let ioana: Person;
let andrei: Person;
let one: Case;

const said = (words: string, files: FileId[] = []) => ({ words, files });
const text = () => ({
  visitedAt: u.clock.wall(),
  present: 'withFamily' as const,
  observed: said('Frigiderul este gol.'),
  opinion: said('Cred că le este rușine.'),
  next: said(''),
});
const submit = async (who = mihai) => {
  const sent = await u.as(who, submitNote, { kind: 'visit', caseId: one.id, ...text() });
  if (sent.is !== 'done') throw new Error(`refused: ${sent.phrase.key}`);
  return sent.result;
};
const note = (id: NoteId) => u.world.store.notes.must(id);
const told = async (subject: string, card: string) =>
  (await u.world.store.outbox.find({ subject, card, method: 'send' })).map(({ personId }) => personId);
const lines = async (id: string) => (await u.world.store.journal.about(id)).map(({ type }) => type);
const drawn = async (card: keyof typeof cards, subject: string, viewer: Person): Promise<Message | undefined> =>
  cards[card](subject, {
    store: u.world.store,
    settings: await u.world.settings(),
    now: u.clock.wall(),
    viewer,
    isNewest: true,
    channel: 'telegram',
  });

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  irina = await u.person('technician', 'Irina Lup', { coordinatorId: ioana.id });
  one = await u.case(await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' }), ioana, [mihai]);
});
afterAll(() => u.close());

describe('a note [GUIDE g041, g078]', () => {
  it('keeps observation and opinion apart, sealed, and asks the coordinator to validate it', async () => {
    const { id, number } = await submit();
    expect(await note(id)).toMatchObject({
      state: 'submitted',
      observed: { words: 'Frigiderul este gol.' },
      opinion: { words: 'Cred că le este rușine.' },
    });
    expect(number).toMatch(/^N-\d+$/);
    const row = await u.connection.collection('notes').findOne({ _id: id as never });
    expect(JSON.stringify(row)).not.toMatch(/Frigider|rușine|withFamily/);
    expect(await told(id, 'note-to-validate')).toEqual([ioana.id]);
  });

  it('needs facts, and a visit that has been', async () => {
    const empty = await u.as(mihai, submitNote, { kind: 'visit', caseId: one.id, ...text(), observed: said(' ') });
    expect(empty).toMatchObject({ is: 'refused', phrase: { key: 'notes:empty' } });
    const later = await u.as(mihai, submitNote, {
      kind: 'visit',
      caseId: one.id,
      ...text(),
      visitedAt: new Date(u.clock.wall().getTime() + 60_000),
    });
    expect(later).toMatchObject({ is: 'refused', phrase: { key: 'notes:whenFuture' } });
  });

  it('is accepted with a voice alone', async () => {
    const sent = await u.as(mihai, submitNote, {
      kind: 'visit',
      caseId: one.id,
      ...text(),
      observed: said('', [u.world.newId<FileId>()]),
    });
    expect(sent.is).toBe('done');
  });

  it('is written only on an own case', async () => {
    expect(await u.as(irina, submitNote, { kind: 'visit', caseId: one.id, ...text() })).toMatchObject({
      is: 'refused',
      decidedBy: ioana.id,
    });
    expect(await u.as(andrei, submitNote, { kind: 'visit', caseId: one.id, ...text() })).toMatchObject({
      is: 'refused',
      decidedBy: ioana.id,
    });
  });

  it('of the coordinator needs nobody else', async () => {
    expect(await submit(ioana)).toMatchObject({ state: 'validated', validatedAt: expect.any(Date) });
  });

  it('is validated by the coordinator only: a technician hears whose decision it is', async () => {
    const { id } = await submit();
    const refused = await u.as(mihai, validateNote, { noteId: id, addition: '' });
    expect(refused).toMatchObject({
      is: 'refused',
      decidedBy: ioana.id,
      phrase: { key: 'refusals:notYourRole', params: { name: 'Ioana Marin' } },
    });
    expect((await u.as(andrei, validateNote, { noteId: id, addition: '' })).is).toBe('refused');
    expect((await u.as(ioana, validateNote, { noteId: id, addition: 'Am sunat la școală.' })).is).toBe('done');
    expect(await note(id)).toMatchObject({
      state: 'validated',
      observed: { words: 'Frigiderul este gol.' },
      additions: [{ words: 'Am sunat la școală.' }],
    });
    expect(await told(id, 'note-validated')).toEqual([mihai.id]);
  });

  it('that is validated is never changed', async () => {
    const { id } = await submit();
    await u.as(ioana, validateNote, { noteId: id, addition: '' });
    const before = await note(id);
    expect(await u.as(mihai, resubmitNote, { noteId: id, ...text() })).toMatchObject({
      is: 'refused',
      phrase: { key: 'notes:notEditable' },
    });
    expect(await u.as(ioana, returnNote, { noteId: id, comment: 'Altfel.' })).toMatchObject({
      is: 'refused',
      phrase: { key: 'notes:alreadyDecided' },
    });
    expect((await u.as(mihai, addFileToNote, { noteId: id, files: [u.world.newId<FileId>()], words: '' })).is).toBe(
      'refused',
    );
    expect(await note(id)).toEqual(before);
  });

  it('is returned with a comment, corrected and validated; the returned text and its files are kept', async () => {
    const photo = u.world.newId<FileId>();
    const { id, version } = await submit();
    await u.as(mihai, addFileToNote, { noteId: id, files: [photo], words: '' });
    expect(await u.as(ioana, returnNote, { noteId: id, asOf: version, comment: 'Cine era acasă?' })).toMatchObject({
      phrase: { key: 'errors:changedMeanwhile' },
    });
    expect(await u.as(ioana, returnNote, { noteId: id, comment: ' ' })).toMatchObject({
      phrase: { key: 'notes:empty' },
    });
    await u.as(ioana, returnNote, { noteId: id, comment: 'Cine era acasă?' });
    expect(await told(id, 'note-returned')).toEqual([mihai.id]);
    expect((await u.as(irina, resubmitNote, { noteId: id, ...text() })).is).toBe('refused');
    await u.as(mihai, resubmitNote, { noteId: id, ...text(), observed: said('Era acasă mama.') });
    expect(await note(id)).toMatchObject({
      state: 'submitted',
      observed: { words: 'Era acasă mama.', files: [photo] },
      versions: [{ observed: { words: 'Frigiderul este gol.' } }],
      comments: [{ words: 'Cine era acasă?' }],
    });
    expect(await told(id, 'note-to-validate')).toHaveLength(2);
    await u.as(ioana, validateNote, { noteId: id, addition: '' });
    expect(await lines(id)).toEqual([
      'note.submitted',
      'note.file-added',
      'note.returned',
      'note.resubmitted',
      'note.validated',
    ]);
  });

  it('that comes too late with a photo stays as it is', async () => {
    const { id } = await submit();
    await u.fastForward(31);
    expect((await u.as(mihai, addFileToNote, { noteId: id, files: [u.world.newId<FileId>()], words: '' })).is).toBe(
      'refused',
    );
  });

  it('is read by writer and coordinator, each time with a line; by no colleague', async () => {
    const { id } = await submit();
    for (const who of [mihai, ioana]) expect((await u.as(who, readNote, { noteId: id })).is).toBe('done');
    for (const who of [irina, andrei]) expect((await u.as(who, readNote, { noteId: id })).is).toBe('refused');
    expect((await lines(id)).filter((type) => type === 'note.read')).toHaveLength(2);
  });

  it('is decided by who stands in while the coordinator is away, and that person is told', async () => {
    await u.world.store.absences.insert({
      id: u.world.newId(),
      version: 0,
      personId: ioana.id,
      substituteId: andrei.id,
      from: u.clock.wall(),
      to: new Date(u.clock.wall().getTime() + 600_000),
    });
    const { id } = await submit();
    expect(await told(id, 'note-to-validate')).toEqual([andrei.id]);
    expect((await u.as(andrei, validateNote, { noteId: id, addition: '' })).is).toBe('done');
    await u.fastForward(20);
  });

  it('shows in its card no name and no text; decided, it says by whom and has no buttons', async () => {
    const { id } = await submit();
    const open = await drawn('note-to-validate', id, ioana);
    expect(open?.buttons?.flat().map((button) => 'action' in button && button.action)).toEqual([
      'note.read',
      'note.validate',
      'note.return',
    ]);
    expect(JSON.stringify(open)).not.toMatch(/Оксана|Кравченко|Frigider/);
    await u.as(ioana, validateNote, { noteId: id, addition: '' });
    const closed = await drawn('note-to-validate', id, ioana);
    expect(closed).toMatchObject({
      state: { tone: 'green' },
      lines: [{}, { key: 'notes:decided', params: { name: 'Ioana Marin' } }],
    });
    expect(closed?.buttons).toBeUndefined();
    expect(await drawn('note-to-validate', id, irina)).toBeUndefined();
  });

  it('that waits stands on the home of the coordinator, a returned one on that of the technician', async () => {
    const { id } = await submit();
    const home = await drawn('home', ioana.id, ioana);
    const section = home?.sections?.find(({ title }) => title.key === 'home:section.notes');
    expect(
      section?.items.flatMap(({ buttons }) => buttons.map((button) => 'subject' in button && button.subject)),
    ).toContain(id);
    await u.as(ioana, returnNote, { noteId: id, comment: 'Mai scrieți.' });
    const mine = await drawn('home', mihai.id, mihai);
    expect(mine?.sections?.find(({ title }) => title.key === 'notes:section.returned')).toMatchObject({ count: 1 });
    await u.as(mihai, resubmitNote, { noteId: id, ...text() });
  });
});

describe('reminders of notes [GUIDE g044]', () => {
  it('a returned note is asked for again after 24 hours, until it is corrected', async () => {
    const { id } = await submit();
    await u.as(ioana, returnNote, { noteId: id, comment: 'Data?' });
    await u.fastForward(23 * 60);
    expect(await told(id, 'note-still-returned')).toHaveLength(0);
    await u.fastForward(61);
    expect(await told(id, 'note-still-returned')).toEqual([mihai.id]);
    await u.as(mihai, resubmitNote, { noteId: id, ...text() });
    await u.fastForward(3 * 24 * 60);
    expect(await told(id, 'note-still-returned')).toHaveLength(1);
  });

  it('after an alert on abuse the sheet is asked for before its term, at its term, and no more once it is there', async () => {
    const raised = await u.as(mihai, raiseAlert, {
      caseId: one.id,
      level: 'abuse',
      observed: { words: 'Vânătăi.', files: [] },
    });
    if (raised.is !== 'done') throw new Error('refused');
    const { id } = raised.result;
    await u.as(ioana, takeAlert, { alertId: id });
    await u.as(ioana, closeAlert, { alertId: id, outcome: 'gata' });
    const home = await drawn('home', mihai.id, mihai);
    expect(home?.sections?.find(({ title }) => title.key === 'notes:section.due')).toMatchObject({ count: 1 });
    await u.fastForward(24 * 60 + 1);
    const reminders = (await u.world.store.journal.about(id))
      .filter(({ type }) => type === 'note.reminded')
      .map(({ fields }) => (fields as { isOverdue: boolean }).isOverdue);
    expect(reminders).toEqual([false, true]);
    expect(await drawn('sheet-due', id, mihai)).toMatchObject({ lines: [{ key: 'notes:notice.overdue' }] });
    await submit();
    expect(await drawn('sheet-due', id, mihai)).toMatchObject({ lines: [{ key: 'notes:sheetWritten' }] });
    await u.fastForward(2 * 24 * 60);
    expect(await told(id, 'sheet-due')).toHaveLength(2);
  });

  it('another urgent matter owes no sheet', async () => {
    const raised = await u.as(mihai, raiseAlert, {
      caseId: one.id,
      level: 'urgent',
      observed: { words: 'Fără lemne.', files: [] },
    });
    expect(raised.is === 'done' && (await u.world.store.timers.get(`sheet-${raised.result.id}`))).toBeUndefined();
  });
});
