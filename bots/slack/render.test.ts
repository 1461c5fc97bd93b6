import { describe, expect, test } from 'vitest';
import type { Action } from '#core/actions.ts';
import type { Message } from '#core/message.ts';
import { isTooMuch } from '#infra/rehearsal/slack/block-rules.ts';
import { codesOf, readButton } from '../dialogue/buttons.ts';
import { renderPlain } from './render.ts';
import { allBlocks, card, draw, elements, fits, id, mrkdwnIn, now, plain, seal, take, to } from './test/drawn.ts';

describe('a message', () => {
  test('shows its neutral first line in the notification and first of all', () => {
    const { text, blocks } = draw(card);
    expect(text).toBe('Alertă · Arad-3 · nr. 12');
    expect(JSON.stringify(blocks[0])).toContain('Alertă · Arad-3 · nr. 12');
  });

  test('with a state has a coloured bar and the state in words', () => {
    const { attachments } = draw(card);
    expect(attachments).toMatchObject([
      {
        color: '#B3241F',
        blocks: [
          { text: { text: '*NEPRELUATĂ*' } },
          {},
          { fields: [{ text: '*Fel*\nViață în pericol' }, {}] },
          { type: 'actions' },
          { type: 'context' },
        ],
      },
    ]);
    expect(fits(draw(card))).toEqual([]);
  });

  test('without a state is plain blocks and no bar', () => {
    expect(draw({ lines: [plain('Bună')] })).toEqual({
      text: 'Bună',
      blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Bună', emoji: false } }],
    });
  });

  test('that goes a second time says so in its first line', () => {
    expect(draw(card, { isMarked: true }).text).toBe('Repetare · Alertă · Arad-3 · nr. 12');
  });

  test('never lets Slack interpret what a person said', () => {
    const evil = '<!channel> <https://x.ro|aici> *b* `c` & :fire:';
    const everywhere: Message = {
      ...card,
      lines: [plain(evil), plain(evil)],
      facts: [{ label: plain('Text'), value: plain(evil) }],
      steps: [plain(evil)],
      place: { latitude: 46.17, longitude: 21.31, title: plain(`${evil}|`), address: plain(evil) },
    };
    const drawn = draw(everywhere);
    expect(fits(drawn)).toEqual([]);
    expect(drawn.text).not.toMatch(/<|>/);
    for (const text of mrkdwnIn(allBlocks(drawn))) {
      expect(text.replace(/^<https:\/\/www\.openstreetmap\.org\/[^|>]+\|[^>]*>/, '')).not.toMatch(
        /<|(?<!\u200b)[_~`]|\*b\*/,
      );
    }
  });

  test('that is long goes on in further sections and is never refused', () => {
    const long = draw({ lines: [plain('Început'), plain('cuvânt '.repeat(900)), plain('sfârșit')], buttons: [[take]] });
    expect(fits(long)).toEqual([]);
    expect(long.blocks.length).toBeGreaterThan(2);
    expect(JSON.stringify(long.blocks)).toContain('sfârșit');
    const longest = draw({
      lines: Array.from({ length: 40 }, () => plain('cuvânt '.repeat(500))),
      buttons: [[take]],
      facts: [{ label: plain('a'), value: plain('b '.repeat(3000)) }],
    });
    expect([fits(longest), isTooMuch(longest.blocks as never)]).toEqual([[], false]);
    expect(elements(longest.blocks)).toHaveLength(1);
    expect(JSON.stringify(longest.blocks)).toContain('…');
  });

  test('shows a place as a link to the map', () => {
    const place = { latitude: 46.17, longitude: 21.31, title: plain('Sediu'), address: plain('str. Unirii 5') };
    expect(mrkdwnIn(draw({ lines: [plain('x')], place }).blocks)).toEqual([
      '<https://www.openstreetmap.org/?mlat=46.17&amp;mlon=21.31#map=17/46.17/21.31|Sediu>\nstr. Unirii 5',
    ]);
  });

  test('in plain words, when Slack refused its blocks, still says everything', () => {
    expect(renderPlain(card, to, seal, 4000).text).toBe(
      'Alertă · Arad-3 · nr. 12\nDespre alertă\nNEPRELUATĂ\nFel: Viață în pericol\nDe la: *14:02*\n14:02 anunțată: Ioana Marin\n14:17 anunțat: Andrei Stan',
    );
  });
});

describe('a button', () => {
  test('carries a signed token for this person alone, and its id says whether it opens a form', () => {
    const [first, second] = elements(allBlocks(draw(card)));
    expect(first).toMatchObject({ action_id: 'act:0', style: 'primary' });
    expect(second).toMatchObject({ action_id: 'open:1' });
    const actions = codesOf(['alert.take', 'alert.read'] as Action[]);
    expect(readButton(first?.value ?? '', 'slack:U1', now, seal, actions)).toEqual({
      is: 'good',
      token: { action: 'alert.take', subject: id, version: 4, value: 0, epoch: 3 },
    });
    expect(readButton(first?.value ?? '', 'slack:U2', now, seal, actions).is).toBe('forged');
    const later = new Date(now.getTime() + 31 * 86_400_000);
    expect(readButton(first?.value ?? '', 'slack:U1', later, seal, actions).is).toBe('old');
  });

  test('has an id of its own in the whole message', () => {
    const many = draw({
      lines: [plain('x')],
      buttons: Array.from({ length: 4 }, () => Array.from({ length: 8 }, () => take)),
    });
    const ids = elements(many.blocks).map(({ action_id: one }) => one);
    expect([new Set(ids).size, fits(many)]).toEqual([32, []]);
  });

  test('to call is a number that dials, to copy a number in a frame, to open a link', () => {
    const drawn = draw({
      lines: [plain('x')],
      buttons: [
        [
          { label: plain('Sunați'), call: '0712 345 678' },
          { label: plain('Cod'), copy: 'AB-12' },
          { label: plain('Hartă'), url: 'https://das.ro' },
          { label: plain('Rău'), url: 'javascript:x' },
        ],
      ],
    });
    expect(mrkdwnIn(drawn.blocks)).toEqual(['Sunați: <tel:0712345678|0712 345 678>', 'Cod: `AB-12`']);
    expect(elements(drawn.blocks)).toMatchObject([{ url: 'https://das.ro', action_id: 'url:0' }]);
    expect(fits(drawn)).toEqual([]);
  });
});
