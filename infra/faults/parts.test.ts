import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Formatted, splitText } from '#bots/telegram/render-text.ts';
import type { Person } from '#core/people/person.ts';
import { phrase, words } from '#core/phrase.ts';
import { onePerChat, openPostOffice, type PostOffice } from '../test/post-office.ts';

/** Words, gaps, accents, emoji of several code points (families, flags, skin tones), in all alphabets that people write. */
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('слово', 'cuvânt', 'ї', 'ș', '\n', '\n\n', ' ', '  ', '—', '1') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('👩‍👩‍👧‍👦', '🇷🇴', '🇺🇦', '👍🏽', '❤️‍🔥', '🏴‍☠️', 'e\u0301', ' \u0301', '👨🏿‍🦽‍➡️'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
);
const text = fc.array(fc.tuple(piece, fc.integer({ min: 1, max: 400 })), { maxLength: 120 }).map((pieces) =>
  pieces
    .map(([one, times]) => one.repeat(times))
    .join('')
    .slice(0, 30_000)
    .toWellFormed(),
);
const formatted = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(30_000), fc.integer({ min: 1, max: 300 })), { maxLength: 8 }))
  .map(([all, spans]): Formatted => {
    const entities: Formatted['entities'] = [];
    for (const [offset, length] of spans.sort(([a], [b]) => a - b)) {
      const end = (entities.at(-1)?.offset ?? 0) + (entities.at(-1)?.length ?? 0);
      if (offset >= end && offset + length <= all.length) entities.push({ type: 'bold', offset, length });
    }
    return { text: all, entities };
  });
const letters = new Intl.Segmenter('uk', { granularity: 'grapheme' });
const boundariesOf = (all: string) => new Set([...letters.segment(all)].map(({ index }) => index).concat(all.length));

describe('a text that is too long (F21)', () => {
  it('is split so that every part has at most 4,096 units, nothing is lost, formats stay valid, emoji whole', () => {
    fc.assert(
      fc.property(formatted, (whole) => {
        const parts = splitText(whole);
        const boundaries = boundariesOf(whole.text);
        let at = 0;
        for (const part of parts) {
          expect(part.text.length).toBeLessThanOrEqual(4096);
          const from = whole.text.indexOf(part.text, at);
          expect(from).toBeGreaterThanOrEqual(at);
          expect(whole.text.slice(at, from).trim()).toBe('');
          at = from + part.text.length;
          // Whole letters at both ends, save where white space was taken off that an accent stood on.
          expect(boundaries.has(from) || /^\s/.test(whole.text.slice(from - 1))).toBe(true);
          expect(boundaries.has(at) || /^\s/.test(whole.text.slice(at))).toBe(true);
          for (const { offset, length } of part.entities) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(length).toBeGreaterThan(0);
            expect(offset + length).toBeLessThanOrEqual(part.text.length);
          }
        }
        expect(whole.text.slice(at).trim()).toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('is never cut inside a format that fits into a part', () => {
    const bold = 'б'.repeat(300);
    const whole = {
      text: `${'а '.repeat(2000)}${bold}`,
      entities: [{ type: 'bold' as const, offset: 4000, length: 300 }],
    };
    expect(splitText(whole).map(({ text: part, entities }) => [part.length, entities.length])).toEqual([
      [3999, 0],
      [300, 1],
    ]);
  });
});

let office: PostOffice;
let mihai: Person;
let ioana: Person;
beforeAll(async () => {
  office = await openPostOffice();
  ({ mihai, ioana } = await onePerChat(office));
});
afterAll(() => office.close());

const long = (signs: number) => ({
  lines: Array.from({ length: 4 }, (_, n) => phrase('general:plain', { text: words(`${n} ${'а'.repeat(signs)}`) })),
});
const onPhone = () =>
  office.telegram
    .user(Number(mihai.accounts[0]?.key))
    .messages()
    .map((message) => message.text.slice(0, 1));

describe('a long message in rows of its own (F21)', () => {
  it('every part is a row; they arrive in order', async () => {
    const row = await office.message(mihai, 'waiting', { message: long(4000) });
    await office.pass(3);
    expect(onPhone()).toEqual(['0', '1', '2', '3']);
    const ids = [row.id, `${row.id}-p2`, `${row.id}-p3`, `${row.id}-p4`];
    for (const id of ids) expect(await office.now({ id })).toMatchObject({ state: 'sent' });
  });

  it('a part that did not leave is sent again by its own row, and the parts after it wait for it', async () => {
    const before = onPhone().length;
    office.telegram.faults.failNext({ status: 400, description: 'x' });
    office.telegram.faults.clear();
    await office.message(mihai, 'routine', { message: long(4000) });
    let posts = 0;
    const end = office.telegram.calls.subscribe(() => {
      posts += 1;
      if (posts === 1) office.telegram.faults.rateLimit({ retryAfter: 1, count: 1, method: 'sendMessage' });
    });
    for (let round = 0; round < 8; round++) {
      await office.pass(2);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    end();
    expect(onPhone().slice(before)).toEqual(['0', '1', '2', '3']);
  });

  it('a part whose answer was lost is not doubled, and the others follow', async () => {
    const before = onPhone().length;
    const row = await office.message(mihai, 'routine', { message: long(4000) });
    let posts = 0;
    const end = office.telegram.calls.subscribe(() => {
      posts += 1;
      if (posts === 1) office.telegram.faults.cut({ where: 'afterAccept', method: 'sendMessage' });
    });
    await office.pass(10);
    end();
    expect(onPhone().slice(before)).toEqual(['0', '1', '2', '3']);
    expect(await office.now({ id: `${row.id}-p2` })).toMatchObject({ state: 'unknown' });
  });

  it('too long after all: the halves are rows, in front of the parts that follow', async () => {
    const before = onPhone().length;
    await office.message(mihai, 'routine', { message: long(4000) });
    office.telegram.faults.failNext({ status: 400, description: 'Bad Request: message is too long' });
    await office.pass(6);
    expect(onPhone().slice(before)).toEqual(['0', 'а', '1', '2', '3']);
  });

  it('in Slack too: at most 50 blocks and 2,800 signs a section, each part a row', async () => {
    await office.message(ioana, 'routine', { channel: 'slack', message: long(7000) });
    await office.pass(4);
    const posts = office.slack.messages(ioana.accounts[0]?.key ?? '');
    expect(posts.length).toBeGreaterThan(2);
    const said = posts.flatMap(({ blocks }) => blocks as { text: { text: string } }[]).map(({ text }) => text.text);
    expect(Math.max(...said.map((one) => one.length))).toBeLessThanOrEqual(2800);
    expect(said.join('').replaceAll(/\s/g, '')).toBe([0, 1, 2, 3].map((n) => n + 'а'.repeat(7000)).join(''));
  });

  it('formats or blocks that are not taken: plain text, once', async () => {
    office.telegram.faults.failNext({ status: 400, description: "Bad Request: can't parse entities: x" });
    office.slack.faults.failNext({ method: 'chat.postMessage', error: 'invalid_blocks' });
    const rows = [
      await office.message(mihai, 'routine', { message: { lines: [phrase('errors:kept')], facts: [] } }),
      await office.message(ioana, 'routine', { channel: 'slack' }),
    ];
    await office.pass(1);
    for (const row of rows) expect(await office.now(row)).toMatchObject({ state: 'sent', attempts: 1 });
  });
});
