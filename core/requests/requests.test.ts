import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import type { Case } from '../cases/case.ts';
import { readCase } from '../cases/read-case.ts';
import type { Message } from '../message.ts';
import type { Person } from '../people/person.ts';
import { useCases } from '../permissions.ts';
import { answerRequest } from './answer-request.ts';
import { readRequest } from './read-request.ts';
import { askedOfCode, codeOfAsked } from './request.ts';
import { sendRequest } from './send-request.ts';

let u: Universe;
let ioana: Person;
let andrei: Person;
let mihai: Person;
let foreign: Case;

beforeAll(async () => {
  u = await openUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  foreign = await u.case(await u.person('beneficiary', 'Elena Popescu'), andrei, []);
});
beforeEach(() => u.fastForward(1));
afterAll(() => u.close());

const asked = (more = {}) => ({
  askedBy: mihai.id,
  decidedBy: andrei.id,
  asked: 'read-case',
  caseNumber: foreign.number,
  words: '',
  ...more,
});
const heardBy = async (person: Person) =>
  (await u.world.store.outbox.find({ personId: person.id, method: 'send' }, { sort: { createdAt: 1 } })).map(
    (row) => (row.message as Message | undefined) ?? row.card,
  );

async function send(more = {}) {
  const sent = await u.as(mihai, sendRequest, asked(more));
  if (sent.is !== 'done') throw new Error(sent.phrase.key);
  return sent.result;
}

describe('a prepared request [GUIDE]', () => {
  it('a refusal says whose decision it is, what was asked and on which case', async () => {
    const refused = await u.as(mihai, readCase, { caseId: foreign.id });
    expect(refused).toMatchObject({
      is: 'refused',
      decidedBy: andrei.id,
      asked: 'read-case',
      caseNumber: foreign.number,
    });
  });

  it('goes to whoever decides; asked again it is the same one', async () => {
    const request = await send();
    expect(await heardBy(andrei)).toEqual(['request']);
    expect((await send()).id).toBe(request.id);
    expect(await heardBy(andrei)).toEqual(['request']);
    await u.as(andrei, answerRequest, { requestId: request.id, agrees: true, reason: '' });
  });

  it('is decided only by whoever it was sent to; the asker hears yes', async () => {
    const request = await send();
    expect(await u.as(ioana, answerRequest, { requestId: request.id, agrees: true, reason: '' })).toMatchObject({
      is: 'refused',
    });
    expect(await u.as(mihai, answerRequest, { requestId: request.id, agrees: true, reason: '' })).toMatchObject({
      is: 'refused',
    });
    expect(await u.as(andrei, answerRequest, { requestId: request.id, agrees: true, reason: '' })).toMatchObject({
      is: 'done',
    });
    expect((await heardBy(mihai)).at(-1)).toMatchObject({ lines: [{ key: 'refusals:notice.agreed' }] });
    expect(await u.as(andrei, answerRequest, { requestId: request.id, agrees: false, reason: 'nu' })).toMatchObject({
      phrase: { key: 'refusals:alreadyAnswered' },
    });
  });

  it('a no needs its reason, and the asker reads it', async () => {
    const request = await send({ asked: 'close-case' });
    expect(await u.as(andrei, answerRequest, { requestId: request.id, agrees: false, reason: ' ' })).toMatchObject({
      is: 'refused',
    });
    await u.as(andrei, answerRequest, { requestId: request.id, agrees: false, reason: 'Mai sunt pași de făcut.' });
    expect((await heardBy(mihai)).at(-1)).toMatchObject({
      lines: [
        { key: 'refusals:notice.declined', params: { reason: { words: 'Mai sunt pași de făcut.' } } },
        { key: 'refusals:prepared.close' },
      ],
    });
  });

  it('what the asker adds is read with a reading line and stands in no card and no journal', async () => {
    const request = await send({ asked: 'assess-case', words: 'Fetița tușește de două luni.' });
    expect(await u.as(ioana, readRequest, { requestId: request.id })).toMatchObject({ is: 'refused' });
    expect(await u.as(andrei, readRequest, { requestId: request.id })).toMatchObject({
      is: 'done',
      result: { words: 'Fetița tușește de două luni.' },
    });
    const lines = await u.world.store.journal.about(request.id);
    expect(lines.map(({ type }) => type)).toEqual(['request.sent', 'request.read']);
    expect(JSON.stringify(lines)).not.toContain('tușește');
  });

  it('each use case has a code of its own for the button', () => {
    for (const name of Object.keys(useCases)) expect(askedOfCode(codeOfAsked(name))).toBe(name);
  });
});
