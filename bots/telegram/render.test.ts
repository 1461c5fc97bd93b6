import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codesOf, readButton } from '#bots/dialogue/buttons.ts';
import type { Button, Message } from '#core/message.ts';
import { phrase, words } from '#core/phrase.ts';
import { type RenderedFor, renderTelegram } from './render.ts';
import { splitText, textOf } from './render-text.ts';
import { at, seal } from './test/rig.ts';

const to: RenderedFor = { language: 'ro', account: '501', epoch: 3, now: at, isMarked: false };
const draw = (message: Message, more: Partial<RenderedFor> = {}) =>
  renderTelegram(message, { ...to, ...more }, seal, 30);
const plain = (text: string) => phrase('general:plain', { text: words(text) });
const subject = 'a'.repeat(24);
const take: Button = {
  label: phrase('coordinator:button.take'),
  action: 'alert.take',
  subject,
  version: 4,
  style: 'primary',
};

const card: Message = {
  lines: [phrase('alerts:card.life', { placeCode: 'TM-03', number: 5 })],
  state: { tone: 'red', word: phrase('alerts:word.open') },
  facts: [
    { label: phrase('alerts:label.kind'), value: phrase('alerts:kind.life') },
    { label: phrase('alerts:label.owner'), value: plain('Ion *Pop* <b>') },
  ],
  steps: [plain('10:00 trimisă'), plain('10:05 anunțat')],
  buttons: [
    [take, { label: phrase('general:button.read'), action: 'alert.read', subject, version: 4, opensForm: true }],
  ],
  isProtected: true,
};

/** The words each bold entity covers. */
const bold = ({ text, entities }: { text: string; entities: { offset: number; length: number }[] }) =>
  entities.map(({ offset, length }) => text.slice(offset, offset + length));

describe('a card', () => {
  test('its head is one bold line: state with a sign, level, place, number; then facts, then steps', () => {
    const [part] = draw(card).parts;
    expect(part?.text).toBe(
      '● NEPRELUATĂ · 🔴 Viață în pericol · TM-03 · nr.\u00a05\n\nFel: Viață în pericol\nLa cine este: Ion *Pop* <b>\n\n· 10:00 trimisă\n· 10:05 anunțat',
    );
    expect(part && bold(part)).toEqual(['● NEPRELUATĂ · 🔴 Viață în pericol · TM-03 · nr.\u00a05']);
  });

  test('each state has a sign of its own shape', () => {
    const signs = (['red', 'amber', 'blue', 'green', 'grey'] as const).map(
      (tone) => draw({ lines: [], state: { tone, word: plain('x') } }).parts[0]?.text[0],
    );
    expect(signs).toEqual(['●', '▲', '◐', '✓', '○']);
  });

  test('a second copy of an urgent message says "repeat" in front of all', () => {
    expect(draw(card, { isMarked: true }).parts[0]?.text).toMatch(/^Repetare · ● NEPRELUATĂ · 🔴 Viață în pericol/);
    expect(draw({ lines: [plain('a\nb')] }, { isMarked: true }).parts[0]).toMatchObject({
      text: 'Repetare · a\nb',
      entities: [],
    });
  });

  test('protection and silence are passed on', () => {
    expect(draw(card)).toMatchObject({ isProtected: true, isSilent: false });
    expect(draw({ lines: [plain('x')], isSilent: true })).toMatchObject({ isProtected: false, isSilent: true });
  });
});

describe('words', () => {
  test('a plain message has nothing bold, and marks in words stay words', () => {
    expect(draw({ lines: [plain('*a* _b_ <b>c</b> [d](tg://x)')] }).parts).toEqual([
      { text: '*a* _b_ <b>c</b> [d](tg://x)', entities: [] },
    ]);
  });
  test('short phrases stand close, one of several lines has air around it', () => {
    expect(draw({ lines: [plain('a'), plain('b'), plain('c\nd'), plain('e')] }).parts[0]?.text).toBe(
      'a\nb\n\nc\nd\n\ne',
    );
  });
  test('nothing to say makes no part', () => expect(draw({ lines: [], files: [] }).parts).toEqual([]));
  test("the language is the reader's", () =>
    expect(draw(card, { language: 'uk' }).parts[0]?.text).toMatch(/^● НІХТО НЕ ВЗЯВ · 🔴 Загроза життю/));
  test('a place is a map pin beside the text', () => {
    const place = { latitude: 45.7, longitude: 21.2, title: plain('Serviciul'), address: plain('Str. 1') };
    expect(draw({ lines: [plain('x')], place }).place).toEqual({
      latitude: 45.7,
      longitude: 21.2,
      title: 'Serviciul',
      address: 'Str. 1',
    });
  });
});

describe('keys', () => {
  const keysOf = (message: Message) => {
    const markup = draw(message).parts.at(-1)?.markup;
    return markup && 'inline_keyboard' in markup ? markup.inline_keyboard : [];
  };

  test('a button is a token bound to this account, to its epoch and to what was shown', () => {
    const [key] = keysOf(card).flat();
    const data = key && 'callback_data' in key ? key.callback_data : '';
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    const known = codesOf(['alert.take', 'alert.read']);
    expect(readButton(data, 'telegram:501', at, seal, known)).toEqual({
      is: 'good',
      token: { action: 'alert.take', subject, version: 4, value: 0, epoch: 3 },
    });
    expect(readButton(data, 'telegram:502', at, seal, known)).toEqual({ is: 'forged' });
    expect(readButton(data, 'telegram:501', new Date(at.getTime() + 31 * 86_400_000), seal, known)).toMatchObject({
      is: 'old',
    });
  });

  test('an address opens, a text is copied', () => {
    const rows: Button[][] = [
      [{ label: plain('web'), url: 'https://example.org/x' }],
      [{ label: plain('nr'), copy: 'C-17' }],
    ];
    expect(keysOf({ lines: [plain('x')], buttons: rows })).toEqual([
      [{ text: 'web', url: 'https://example.org/x' }],
      [{ text: 'nr', copy_text: { text: 'C-17' } }],
    ]);
  });

  test('what Telegram would refuse as a key is a line of text: a number, another kind of address, a long text', () => {
    const buttons: Button[][] = [
      [
        { label: plain('Sunați'), call: '112' },
        { label: plain('Linia 116 111'), call: '116 111' },
      ],
      [
        { label: plain('Scrieți'), url: 'mailto:a@b.ro' },
        { label: plain('Aici'), url: 'http://localhost:8080/' },
      ],
      [{ label: plain('Text'), copy: 'z'.repeat(257) }],
    ];
    const { parts } = draw({ lines: [plain('x')], buttons });
    expect(parts[0]?.text).toBe(
      `x\n\nSunați: 112\nLinia 116 111\nScrieți: mailto:a@b.ro\nAici: http://localhost:8080/\nText: ${'z'.repeat(257)}`,
    );
    expect(parts[0]).not.toHaveProperty('markup');
  });

  test('keys without a text still have something to stand under', () => {
    expect(draw({ lines: [], buttons: [[take]] }).parts).toMatchObject([{ text: '…', markup: {} }]);
  });

  test('at most 8 keys in a row and 100 in all; the own keys of a message stay', () => {
    const items = Array.from({ length: 60 }, () => ({ lines: [plain('i')], buttons: [take, take] }));
    const rows = keysOf({
      lines: [plain('x')],
      sections: [{ title: plain('S'), count: 60, items }],
      buttons: [Array.from({ length: 9 }, () => take)],
    });
    expect(rows.flat().length).toBeLessThanOrEqual(100);
    expect(rows.slice(-2).map((row) => row.length)).toEqual([8, 1]);
  });
});

describe('a home', () => {
  const home: Message = {
    lines: [phrase('coordinator:title')],
    sections: [
      {
        title: phrase('home:section.alerts'),
        count: 3,
        items: [
          { lines: [plain('A'), plain('de la 10')], tone: 'red', buttons: [take] },
          { lines: [plain('B')], buttons: [] },
        ],
      },
      { title: phrase('home:section.notes'), count: 0, empty: phrase('home:section.empty'), items: [] },
      {
        title: phrase('home:section.requests'),
        count: 1,
        items: [{ lines: [plain('C')], buttons: [take] }],
        open: { label: plain('Toate'), action: 'request.list' },
      },
    ],
  };

  test('headings with counts, items numbered like their keys', () => {
    const [part] = draw(home).parts;
    expect(part?.text).toBe(
      'Ce aveți acum de făcut\n\nAlerte deschise · 3\n1. ● A\n   de la 10\n· B\n… +1\n\nNote de validat\nAici nu așteaptă nimic.\n\nCereri · 1\n2. C',
    );
    expect(part && bold(part)).toEqual([
      'Ce aveți acum de făcut',
      'Alerte deschise · 3',
      'Note de validat',
      'Cereri · 1',
    ]);
    expect(part?.markup).toMatchObject({
      inline_keyboard: [[{ text: '1. ✋ Preiau' }], [{ text: '2. ✋ Preiau' }], [{ text: 'Toate' }]],
    });
  });

  const keyboard = [[phrase('home:button.alert'), phrase('home:button.cases')]];
  test('a fixed keyboard stands under the message', () => {
    expect(draw({ lines: [plain('x')], keyboard }).parts).toMatchObject([
      {
        text: 'x',
        markup: {
          keyboard: [[{ text: '🚨 Alertă' }, { text: '📁 Cazurile mele' }]],
          is_persistent: true,
          resize_keyboard: true,
          input_field_placeholder: 'Scrieți sau trimiteți un mesaj vocal',
        },
      },
    ]);
  });
  test('beside buttons it has a short part of its own, after the one that counts', () => {
    const { parts } = draw({ ...home, keyboard });
    expect(parts.map(({ markup }) => Object.keys(markup ?? {})[0])).toEqual(['inline_keyboard', 'keyboard']);
    expect(parts[1]?.text).toBe('Meniul principal');
  });
});

describe('long texts', () => {
  const letters = new Intl.Segmenter('uk', { granularity: 'grapheme' });
  const squeezed = (text: string) => text.replace(/\s+/g, '');

  test('a text is cut between paragraphs, and the buttons are on its last part', () => {
    const { parts } = draw({
      lines: [plain('а'.repeat(3000)), plain('б'.repeat(900)), plain(`в\n${'г'.repeat(3000)}`)],
      buttons: [[take]],
    });
    expect(parts.map(({ text }) => text)).toEqual([
      `${'а'.repeat(3000)}\n${'б'.repeat(900)}`,
      `в\n${'г'.repeat(3000)}`,
    ]);
    expect(parts.map(({ markup }) => markup !== undefined)).toEqual([false, true]);
  });

  test('parts have at most 4,096 units, lose no letter and break none [F21]', () => {
    const piece = fc.constantFrom(
      '👩‍👧',
      '🇺🇦',
      '👍🏽',
      'é',
      'ș',
      'п’ятниця',
      ' ',
      '\n',
      '\n\n',
      'x'.repeat(700),
      '😀'.repeat(300),
      '❤️',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 40, max: 4096 }), (pieces, most) => {
        const whole = textOf([
          [{ text: 'Cap', isBold: true }],
          pieces
            .join('')
            .split('\n')
            .map((text) => ({ text, isBold: text.length > 600 })),
        ]);
        const parts = splitText(whole, most);
        expect(squeezed(parts.map(({ text }) => text).join(''))).toBe(squeezed(whole.text));
        const seen = parts
          .flatMap(({ text }) => [...letters.segment(text)].map(({ segment }) => segment))
          .filter((one) => one.trim());
        expect(seen).toEqual(
          [...letters.segment(whole.text)].map(({ segment }) => segment).filter((one) => one.trim()),
        );
        for (const { text, entities } of parts) {
          expect(text.length).toBeLessThanOrEqual(most);
          expect(text.isWellFormed() && text === text.trim()).toBe(true);
          for (const { offset, length } of entities)
            expect(offset >= 0 && length > 0 && offset + length <= text.length).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a bold line that is cut is bold in both parts', () => {
    const parts = splitText(textOf([[{ text: 'w'.repeat(5000), isBold: true }]]));
    expect(parts.map(({ entities }) => entities)).toEqual([
      [{ type: 'bold', offset: 0, length: 4096 }],
      [{ type: 'bold', offset: 0, length: 904 }],
    ]);
  });
});
