import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '#core/cases/case.ts';
import type { Note } from '#core/notes/note.ts';
import { returnNote } from '#core/notes/return-note.ts';
import type { Person } from '#core/people/person.ts';
import { buttonsIn, type Heard, keysIn, talk } from '#infra/test/talk.ts';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import type { IncomingFile } from '../dialogue/incoming.ts';

let u: Universe;
let mihai: Person;
let ioana: Person;
let one: Case;
let other: Case;

const voice: IncomingFile = { kind: 'voice', ref: 'v1', seconds: 9 };
const photo: IncomingFile = { kind: 'photo', ref: 'p1' };
const last = async (): Promise<Note> => (await u.world.store.notes.writtenBy(mihai.id, 1))[0] as Note;
const facts = ({ messages }: Heard) =>
  Object.fromEntries((messages.at(-1)?.facts ?? []).map(({ label, value }) => [label.key, JSON.stringify(value)]));
const linesSince = async (count: number) => {
  const lines = (await u.world.store.journal.ofCase(one.id)).slice(count);
  return lines.map(({ type, about, by, role, fields }) => ({
    type,
    kind: about.kind,
    by,
    role,
    fields: Object.keys(fields as object).sort(),
  }));
};

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin', { phone: '+40257555101' });
  const linkedAt = u.clock.wall();
  const both = [
    { channel: 'telegram' as const, key: '77', address: '77', linkedAt, isDead: false },
    { channel: 'slack' as const, key: 'U77', address: 'U77', linkedAt, isDead: false },
  ];
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id, accounts: both });
  one = await u.case(await u.person('beneficiary', 'Оксана Кравченко'), ioana, [mihai]);
  other = await u.case(await u.person('beneficiary', 'Elena Popescu'), ioana, [mihai]);
});
afterAll(() => u.close());

/** Six questions, up to the play-back. */
async function upToPlayback(): Promise<Heard> {
  const me = talk(u, mihai);
  let heard = await me.taps('note.new', { subject: one.id });
  heard = await me.presses(heard, 'general:now');
  heard = await me.presses(heard, 'notes:wide.withFamily');
  await me.says('Frigiderul este gol.');
  return me.says('Cred că le este rușine.').then(() => me.says('Revin joi.'));
}

describe('the visit report', () => {
  it('asks at most six questions, facts and opinion apart, and shows the whole before it is sent', async () => {
    const me = talk(u, mihai);
    const asked = [await me.taps('note.new')];
    asked.push(await me.presses(asked[0] as Heard, 'Оксана Кравченко'));
    asked.push(await me.presses(asked[1] as Heard, 'general:hoursAgo'));
    asked.push(await me.presses(asked[2] as Heard, 'notes:wide.personAlone'));
    asked.push(await me.says('Locuința este rece.'), await me.says('Poate ascunde ceva.'));
    expect(asked.map((heard) => keysIn(heard).at(-1))).toEqual([
      'notes:ask.case',
      'notes:ask.when',
      'notes:ask.present',
      'notes:ask.observed',
      'notes:ask.opinion',
      'notes:ask.next',
    ]);
    const shown = await me.presses(asked.at(-1) as Heard, 'general:button.skip');
    expect(facts(shown)).toMatchObject({
      'notes:label.observed': expect.stringContaining('Locuința este rece.'),
      'notes:label.opinion': expect.stringContaining('Poate ascunde ceva.'),
    });
    const sent = await me.presses(shown, 'notes:button.submit');
    expect(await me.presses(shown, 'notes:button.submit')).toEqual({
      messages: [],
      modal: undefined,
      toast: 'general:toast.sent',
    });
    expect(sent.messages[0]?.lines[0]).toMatchObject({ key: 'notes:submitted', params: { name: 'Ioana Marin' } });
    expect(await last()).toMatchObject({
      caseId: one.id,
      present: 'personAlone',
      observed: { words: 'Locuința este rece.' },
      opinion: { words: 'Poate ascunde ceva.' },
      next: { words: '' },
    });
  });

  it('leaves the same note and the same journal through Telegram and through Slack', async () => {
    const before = (await u.world.store.journal.ofCase(one.id)).length;
    await talk(u, mihai).presses(await upToPlayback(), 'notes:button.submit');
    const byTelegram = { note: await last(), lines: await linesSince(before) };

    const desk = talk(u, mihai, 'slack');
    const opened = await desk.taps('note.new', { subject: one.id });
    if (opened.modal?.is !== 'form') throw new Error('no modal');
    expect(opened.modal.fields.map(({ key }) => key)).toEqual(['when', 'present', 'observed', 'opinion', 'next']);
    await desk.submits(opened.modal.run, {
      when: { local: '2026-11-23T08:00' },
      present: { choice: 'withFamily' },
      observed: { text: 'Frigiderul este gol.' },
      opinion: { text: 'Cred că le este rușine.' },
      next: { text: 'Revin joi.' },
    });
    const bySlack = { note: await last(), lines: await linesSince(before + byTelegram.lines.length) };

    const same = ({ id: _, number: __, ...rest }: Note) => rest;
    expect(bySlack.note.id).not.toBe(byTelegram.note.id);
    expect(same(bySlack.note)).toEqual(same(byTelegram.note));
    expect(bySlack.lines).toEqual(byTelegram.lines);
    expect(byTelegram.lines.map(({ type }) => type)).toEqual(['note.submitted']);
  });

  it('lets each part be changed before it is sent', async () => {
    const me = talk(u, mihai);
    const asked = await me.presses(await upToPlayback(), 'notes:label.observed');
    expect(keysIn(asked)).toEqual(['notes:ask.observed', 'general:picked']);
    expect(JSON.stringify(asked.messages)).toContain('Frigiderul este gol.');
    const unchanged = await me.presses(asked, 'general:button.next');
    expect(facts(unchanged)['notes:label.observed']).toContain('Frigiderul este gol.');
    await me.presses(unchanged, 'notes:label.observed');
    const shown = await me.says('Frigiderul era pe jumătate plin.');
    expect(facts(shown)['notes:label.opinion']).toContain('rușine');
    await me.presses(shown, 'notes:button.submit');
    expect((await last()).observed.words).toBe('Frigiderul era pe jumătate plin.');
  });

  it('takes a voice alone, keeps a spoken opinion with the opinion and a late photo with the facts', async () => {
    const me = talk(u, mihai);
    await me.presses(
      await me.presses(await me.taps('note.new', { subject: one.id }), 'general:now'),
      'notes:nobodyHome',
    );
    await me.presses(await me.sends([voice]), 'general:button.next');
    expect(keysIn(await me.sends([photo]))).toEqual(['general:saved', 'notes:ask.opinion']);
    const asked = await me.presses(await me.sends([voice]), 'general:button.next');
    const shown = await me.presses(asked, 'general:button.skip');
    const again = await me.sends([photo]);
    expect(keysIn(again)).toContain('general:playback');
    await me.presses(shown, 'notes:button.submit');
    const note = await last();
    expect([note.observed.files.length, note.opinion.files.length]).toEqual([3, 1]);
    expect(keysIn(await me.sends([photo]))).toEqual(['notes:mediaLate']);
    expect((await last()).observed.files).toHaveLength(4);
    await u.fastForward(31);
    expect(keysIn(await me.sends([photo]))).not.toContain('notes:mediaLate');
  });

  it('keeps a photo that comes before its question, which is still asked', async () => {
    const me = talk(u, mihai);
    await me.taps('note.new', { subject: one.id });
    expect(keysIn(await me.sends([photo]))).toEqual(['general:saved', 'notes:ask.when']);
    const quick = await me.says('nu știu');
    expect(buttonsIn(quick.messages).filter(({ action }) => action === 'form.pick')).toHaveLength(3);
    const asked = await me.presses(await me.presses(quick, 'general:now'), 'notes:nobodyHome');
    expect(keysIn(asked).at(-1)).toBe('notes:ask.observed');
    await me.says('Geamul este spart.');
    const shown = await me.says('—').then(() => me.says('—'));
    await me.presses(shown, 'notes:button.submit');
    expect((await last()).observed).toMatchObject({ words: 'Geamul este spart.', files: [expect.any(String)] });
  });

  it('with no facts goes on at the facts; what was written is not lost', async () => {
    const desk = talk(u, mihai, 'slack');
    const opened = await desk.taps('note.new', { subject: one.id });
    if (opened.modal?.is !== 'form') throw new Error('no modal');
    const refused = await desk.submits(opened.modal.run, {
      when: { local: '2026-11-23T08:00' },
      present: { choice: 'withFamily' },
      opinion: { text: 'Cred că e greu.' },
    });
    expect(keysIn(refused)).toContain('notes:empty');
    const again = await desk.presses(refused, 'slack:button.openForm');
    expect(again.modal).toMatchObject({
      fields: [{ key: 'observed' }, { key: 'opinion', initial: 'Cred că e greu.' }, { key: 'next' }],
    });
  });
});

describe('a draft', () => {
  it('survives hours and a restart, and is offered again: go on', async () => {
    let me = talk(u, mihai);
    await me.presses(
      await me.presses(await me.taps('note.new', { subject: one.id }), 'general:now'),
      'notes:wide.withOthers',
    );
    expect(keysIn(await me.says('📅 Azi'))[0]).toBe('general:draftKept');
    await u.fastForward(5 * 60);
    me = talk(u, mihai);
    const offered = await me.taps('note.new');
    expect(keysIn(offered)).toEqual(['general:resume']);
    expect(facts(offered)['notes:label.case']).toContain('Оксана');
    expect(keysIn(await me.presses(offered, 'general:button.continue'))).toEqual(['notes:ask.observed']);
    await me.says('Ușa era deschisă.');
    await me.says('—');
    await me.presses(await me.says('Revin.'), 'notes:button.submit');
    expect(await last()).toMatchObject({ present: 'withOthers', observed: { words: 'Ușa era deschisă.' } });
    expect(keysIn(await me.taps('note.new'))).toEqual(['notes:ask.case']);
    await me.taps('home');
  });

  it('is kept beside another report, or thrown away when asked', async () => {
    const me = talk(u, mihai);
    await me.presses(await me.taps('note.new', { subject: one.id }), 'general:now');
    expect(keysIn(await me.taps('note.new', { subject: other.id }))).toEqual(['notes:ask.when']);
    const offered = await me.taps('note.new');
    expect(keysIn(await me.presses(offered, 'general:wide.another'))).toEqual(['notes:ask.case']);
    expect(keysIn(await me.presses(await me.taps('note.new'), 'notes:button.discard'))).toEqual(['notes:ask.case']);
    expect(keysIn(await me.taps('note.new'))).toEqual(['notes:ask.case']);
  });

  it('is put aside after three days without an answer: what is typed then is no answer to it', async () => {
    const me = talk(u, mihai);
    await me.presses(await me.taps('note.new', { subject: one.id }), 'general:now');
    const run = (await u.world.store.conversations.of('telegram:77'))?.form?.run;
    await u.fastForward(71 * 60);
    expect(keysIn(await me.says('altceva'))).not.toContain('general:draftKept');
    await u.fastForward(72 * 60);
    const heard = await me.says('Bună ziua.');
    expect(keysIn(heard)[0]).toBe('general:draftKept');
    const { form, drafts } = (await u.world.store.conversations.of('telegram:77')) ?? {};
    expect(form).toBeUndefined();
    expect(drafts?.map((draft) => draft.run)).toContain(run);
    await me.presses(await me.taps('note.new'), 'notes:button.discard');
  });

  it('of a visit is asked for before its term, and opens where it stopped [GUIDE g044]', async () => {
    const me = talk(u, mihai);
    await me.presses(await me.taps('note.new', { subject: one.id }), 'general:now');
    const run = (await u.world.store.conversations.of('telegram:77'))?.form?.run ?? '';
    const today = await me.taps('today');
    expect(today.messages[0]?.sections?.map(({ title }) => title.key)).toContain('notes:section.drafts');
    await u.fastForward(24 * 60);
    const reminders = await u.world.store.outbox.find({ card: 'draft-due', subject: run, method: 'send' });
    expect(reminders.length).toBeGreaterThan(0);
    expect(keysIn(await me.taps('form.resume', { subject: run, value: 1 }))).toEqual(['notes:ask.present']);
    await me.presses(await me.taps('note.new'), 'notes:button.discard');
    await u.fastForward(3 * 24 * 60);
    expect(await u.world.store.outbox.count({ card: 'draft-due', subject: run, method: 'send' })).toBe(
      reminders.length,
    );
  });
});

describe('validating', () => {
  const submitted = async () => {
    await talk(u, mihai).presses(await upToPlayback(), 'notes:button.submit');
    return last();
  };

  it('is one tap, or one tap and a sentence; the writer opens the note at the comment and corrects it', async () => {
    const { id, version } = await submitted();
    const desk = talk(u, ioana);
    expect(keysIn(await desk.taps('note.return', { subject: id, version }))).toEqual(['coordinator:note.askComment']);
    expect(keysIn(await desk.says('Cine era de față?'))).toEqual(['coordinator:note.returned']);

    const me = talk(u, mihai);
    const shown = await me.taps('note.reopen', { subject: id });
    expect(shown.messages[0]?.lines).toMatchObject([
      { key: 'notes:comment', params: { comment: { words: 'Cine era de față?' } } },
      { key: 'general:playback' },
    ]);
    expect(facts(shown)['notes:label.observed']).toContain('Frigiderul este gol.');
    await me.presses(shown, 'notes:label.present');
    const changed = await me.says('Persoana și familia');
    expect(keysIn(await me.presses(changed, 'notes:button.submit'))).toEqual(['notes:resubmitted']);

    const { version: now } = await last();
    expect(keysIn(await desk.taps('note.validate', { subject: id, version }))).toEqual(['errors:changedMeanwhile']);
    expect(keysIn(await desk.taps('note.validate', { subject: id, version: now }))).toEqual([
      'coordinator:note.validated',
    ]);
    expect(await last()).toMatchObject({ state: 'validated', opinion: { words: 'Cred că le este rușine.' } });
    expect(keysIn(await desk.taps('note.return', { subject: id, version: now }))).toEqual(['notes:alreadyDecided']);
  });

  it('reads facts and opinion apart, with its line in the journal', async () => {
    const { id, version } = await submitted();
    const heard = await talk(u, ioana).taps('note.read', { subject: id, version });
    expect(facts(heard)).toMatchObject({
      'notes:label.observed': expect.stringContaining('Frigiderul'),
      'notes:label.opinion': expect.stringContaining('rușine'),
    });
    expect(buttonsIn(heard.messages).map(({ action }) => action)).toEqual([
      'note.validate',
      'note.return',
      'note.validateWith',
    ]);
    expect((await u.world.store.journal.about(id)).map(({ type }) => type)).toContain('note.read');
    const desk = talk(u, ioana);
    await desk.taps('note.validateWith', { subject: id, version });
    await desk.says('Am sunat la școală.');
    expect((await last()).additions[0]?.words).toBe('Am sunat la școală.');
  });

  it('pressed by a technician names who decides, with a prepared request', async () => {
    const { id, version } = await submitted();
    for (const action of ['note.validate', 'note.return', 'note.validateWith'] as const) {
      const heard = await talk(u, mihai).taps(action, { subject: id, version });
      expect(heard.messages[0]?.lines[0]).toMatchObject({
        key: 'refusals:notYourRole',
        params: { name: 'Ioana Marin' },
      });
      expect(buttonsIn(heard.messages)[0]).toMatchObject({ action: 'request.send', subject: ioana.id });
    }
    expect((await last()).state).toBe('submitted');
  });

  it('a returned note in Slack opens with all its old answers', async () => {
    const { id } = await submitted();
    await u.as(ioana, returnNote, { noteId: id, comment: 'Data?' });
    const opened = await talk(u, mihai, 'slack').taps('note.reopen', { subject: id });
    expect(opened.modal).toMatchObject({
      above: [{ key: 'notes:comment' }],
      fields: [
        { key: 'when' },
        { key: 'present', initial: 'withFamily' },
        { key: 'observed', initial: 'Frigiderul este gol.' },
        { key: 'opinion' },
        { key: 'next' },
      ],
    });
  });
});
