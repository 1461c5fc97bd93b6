import type { KnownBlock } from '@slack/types';
import { describe, expect, test } from 'vitest';
import type { Action } from '#core/actions.ts';
import type { Button, Message } from '#core/message.ts';
import type { Modal, ModalField } from '#core/modal.ts';
import { languages, phrase, words } from '#core/phrase.ts';
import { blockProblems, isTooMuch } from '#infra/rehearsal/slack/block-rules.ts';
import { viewProblems } from '#infra/rehearsal/slack/view-rules.ts';
import { makeSeal } from '#infra/seal.ts';
import { codesOf, readButton } from '../dialogue/buttons.ts';
import { loadingView } from './modal.ts';
import { renderHome, renderModal, renderPlain, renderSlack, type To } from './render.ts';
import { faultsIn } from './values.ts';

const seal = makeSeal(Buffer.alloc(32, 7));
const now = new Date('2026-11-24T08:00:00Z');
const to: To = { language: 'ro', account: 'U1', epoch: 3, now, isMarked: false };
const id = 'ab'.repeat(12);
const plain = (text: string) => phrase('general:plain', { text: words(text) });
const take: Button = { label: plain('Preiau'), action: 'alert.take', subject: id, version: 4, style: 'primary' };
const read: Button = { label: plain('Citesc'), action: 'alert.read', subject: id, version: 4, opensForm: true };
const card: Message = {
  lines: [plain('Alertă · Arad-3 · nr. 12'), plain('Despre alertă')],
  state: { tone: 'red', word: plain('NEPRELUATĂ') },
  facts: [{ label: plain('Fel'), value: plain('Viață în pericol') }, { label: plain('De la'), value: plain('*14:02*') }],
  steps: [plain('14:02 anunțată: Ioana Marin'), plain('14:17 anunțat: Andrei Stan')],
  buttons: [[take, read]],
};
const draw = (message: Message, more: Partial<To> = {}) => renderSlack(message, { ...to, ...more }, seal, 30);
type Pressable = { action_id: string; value?: string; style?: string; url?: string };
const elements = (blocks: KnownBlock[]) =>
  blocks.flatMap((block): unknown[] => (block.type === 'actions' ? block.elements : block.type === 'section' && block.accessory ? [block.accessory] : [])) as Pressable[];
const allBlocks = ({ blocks, attachments = [] }: ReturnType<typeof renderSlack>) => [...blocks, ...attachments.flatMap((one) => (one as { blocks: KnownBlock[] }).blocks)];
const fits = (message: ReturnType<typeof renderSlack>) => [...blockProblems(message.blocks, 'message'), ...(message.attachments ?? []).flatMap((one) => blockProblems((one as { blocks: unknown }).blocks, 'message'))];

describe('a message', () => {
  test('shows its neutral first line in the notification and first of all', () => {
    const { text, blocks } = draw(card);
    expect(text).toBe('Alertă · Arad-3 · nr. 12');
    expect(JSON.stringify(blocks[0])).toContain('Alertă · Arad-3 · nr. 12');
  });

  test('with a state has a coloured bar and the state in words', () => {
    const { attachments } = draw(card);
    expect(attachments).toMatchObject([{ color: '#B3241F', blocks: [{ text: { text: '*NEPRELUATĂ*' } }, {}, { fields: [{ text: '*Fel*\nViață în pericol' }, {}] }, { type: 'actions' }, { type: 'context' }] }]);
    expect(fits(draw(card))).toEqual([]);
  });

  test('without a state is plain blocks and no bar', () => {
    expect(draw({ lines: [plain('Bună')] })).toEqual({ text: 'Bună', blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Bună', emoji: false } }] });
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
      expect(text.replace(/^<https:\/\/www\.openstreetmap\.org\/[^|>]+\|[^>]*>/, '')).not.toMatch(/<|(?<!\u200b)[_~`]|\*b\*/);
    }
  });

  test('that is long goes on in further sections and is never refused', () => {
    const long = draw({ lines: [plain('Început'), plain('cuvânt '.repeat(900)), plain('sfârșit')], buttons: [[take]] });
    expect(fits(long)).toEqual([]);
    expect(long.blocks.length).toBeGreaterThan(2);
    expect(JSON.stringify(long.blocks)).toContain('sfârșit');
    const longest = draw({ lines: Array.from({ length: 40 }, () => plain('cuvânt '.repeat(500))), buttons: [[take]], facts: [{ label: plain('a'), value: plain('b '.repeat(3000)) }] });
    expect([fits(longest), isTooMuch(longest.blocks as never)]).toEqual([[], false]);
    expect(elements(longest.blocks)).toHaveLength(1);
    expect(JSON.stringify(longest.blocks)).toContain('…');
  });

  test('shows a place as a link to the map', () => {
    const place = { latitude: 46.17, longitude: 21.31, title: plain('Sediu'), address: plain('str. Unirii 5') };
    expect(mrkdwnIn(draw({ lines: [plain('x')], place }).blocks)).toEqual(['<https://www.openstreetmap.org/?mlat=46.17&amp;mlon=21.31#map=17/46.17/21.31|Sediu>\nstr. Unirii 5']);
  });

  test('in plain words, when Slack refused its blocks, still says everything', () => {
    expect(renderPlain(card, to, seal, 4000).text).toBe('Alertă · Arad-3 · nr. 12\nDespre alertă\nNEPRELUATĂ\nFel: Viață în pericol\nDe la: *14:02*\n14:02 anunțată: Ioana Marin\n14:17 anunțat: Andrei Stan');
  });
});

describe('a button', () => {
  test('carries a signed token for this person alone, and its id says whether it opens a form', () => {
    const [first, second] = elements(allBlocks(draw(card)));
    expect(first).toMatchObject({ action_id: 'act:0', style: 'primary' });
    expect(second).toMatchObject({ action_id: 'open:1' });
    const actions = codesOf(['alert.take', 'alert.read'] as Action[]);
    expect(readButton(first?.value ?? '', 'slack:U1', now, seal, actions)).toEqual({ is: 'good', token: { action: 'alert.take', subject: id, version: 4, value: 0, epoch: 3 } });
    expect(readButton(first?.value ?? '', 'slack:U2', now, seal, actions).is).toBe('forged');
    const later = new Date(now.getTime() + 31 * 86_400_000);
    expect(readButton(first?.value ?? '', 'slack:U1', later, seal, actions).is).toBe('old');
  });

  test('has an id of its own in the whole message', () => {
    const many = draw({ lines: [plain('x')], buttons: Array.from({ length: 4 }, () => Array.from({ length: 8 }, () => take)) });
    const ids = elements(many.blocks).map(({ action_id: one }) => one);
    expect([new Set(ids).size, fits(many)]).toEqual([32, []]);
  });

  test('to call is a number that dials, to copy a number in a frame, to open a link', () => {
    const drawn = draw({
      lines: [plain('x')],
      buttons: [[{ label: plain('Sunați'), call: '0712 345 678' }, { label: plain('Cod'), copy: 'AB-12' }, { label: plain('Hartă'), url: 'https://das.ro' }, { label: plain('Rău'), url: 'javascript:x' }]],
    });
    expect(mrkdwnIn(drawn.blocks)).toEqual(['Sunați: <tel:0712345678|0712 345 678>', 'Cod: `AB-12`']);
    expect(elements(drawn.blocks)).toMatchObject([{ url: 'https://das.ro', action_id: 'url:0' }]);
    expect(fits(drawn)).toEqual([]);
  });
});

describe('App Home', () => {
  const item = (n: number) => ({ lines: [plain(`Alerta ${n}`), plain('de la 14:02')], buttons: [take] });
  const home: Message = {
    lines: [plain('Ce aveți acum de făcut')],
    sections: [
      { title: plain('Alerte deschise'), count: 7, items: [1, 2, 3].map(item), open: { label: plain('Toate'), action: 'alert.list' } },
      { title: plain('Note'), count: 0, empty: plain('Nimic'), items: [] },
    ],
  };

  test('lists what needs somebody, says how many more there are, and when it was drawn', () => {
    const view = renderHome(home, to, seal, 30);
    expect(viewProblems(view, 'home')).toEqual([]);
    const said = JSON.stringify(view);
    for (const shown of ['Alerte deschise · 7', 'Alerta 3', 'Încă: 4', 'Nimic', 'Actualizat: 10:00']) expect(said).toContain(shown);
    expect(elements(view.blocks as KnownBlock[])).toHaveLength(4);
  });

  test('of a very busy person stays under 100 blocks and keeps the most urgent', () => {
    const busy = { ...home, sections: [{ title: plain('Alerte'), count: 300, items: Array.from({ length: 150 }, (_, n) => ({ ...item(n), buttons: [take, read] })) }] };
    const view = renderHome(busy, to, seal, 30);
    expect([view.blocks.length <= 100, viewProblems(view, 'home')]).toEqual([true, []]);
    expect(JSON.stringify(view)).toContain('Alerta 0');
  });
});

describe('a form as a modal', () => {
  const field = (more: Partial<ModalField> & Pick<ModalField, 'key' | 'kind'>): ModalField => ({ ask: plain(`Întrebare ${more.key}`), isOptional: false, ...more });
  const options = (n: number) => Array.from({ length: n }, (_, value) => ({ value: `v${value}`, label: plain(`Opțiunea ${value}`) }));
  const form: Modal = {
    is: 'form',
    run: id,
    title: plain('Predau alerta unui alt coordonator'),
    above: [plain('Viață în pericol? Sunați 112.')],
    submit: plain('Trimit'),
    fields: [
      field({ key: 'few', kind: 'choice', options: options(3), initial: 'v1' }),
      field({ key: 'many', kind: 'choice', options: options(130) }),
      field({ key: 'none', kind: 'choice', options: [] }),
      field({ key: 'seen', kind: 'words', mayHaveFiles: true, isOptional: true, atMost: 4000 }),
      field({ key: 'short', kind: 'words', isShort: true, atMost: 100 }),
      field({ key: 'at', kind: 'moment', initial: '2026-11-24T08:05:00.000Z' }),
      field({ key: 'phone', kind: 'phone' }),
    ],
  };
  const view = renderModal(form, to, seal, 30);
  const block = (key: string) => view.blocks.find(({ block_id: one }) => one === key) as unknown as { element: Record<string, unknown>; optional: boolean };

  test('is a view Slack takes, with its title cut at a word', () => {
    expect(viewProblems(view, 'modal')).toEqual([]);
    expect(view.title.text).toBe('Predau alerta unui alt…');
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ run: id, language: 'ro' });
  });

  test('shows up to ten choices at once, more as a list of at most a hundred', () => {
    expect(block('few').element).toMatchObject({ type: 'radio_buttons', initial_option: { value: 'v1' } });
    expect(block('many').element).toMatchObject({ type: 'static_select' });
    expect(block('many').element.options).toHaveLength(100);
    expect(block('none')).toBeUndefined();
  });

  test('asks day and hour in two fields, in Romanian time', () => {
    expect(block('at').element).toMatchObject({ type: 'datepicker', initial_date: '2026-11-24' });
    expect(block('at_time').element).toMatchObject({ type: 'timepicker', initial_time: '10:05' });
  });

  test('takes files beside the words', () => {
    expect(block('seen').element).toMatchObject({ type: 'plain_text_input', multiline: true, max_length: 3000 });
    expect(block('seen_files')).toMatchObject({ optional: true, element: { type: 'file_input' } });
    expect(block('short').element).toMatchObject({ multiline: false, max_length: 100 });
  });

  test('is checked where it can be without asking anybody', () => {
    const given = (values: Record<string, Record<string, object>>) => faultsIn({ ...(view as object), state: { values } });
    expect(given({ at: { date: { selected_date: '2026-11-24' } }, at_time: { time: { selected_time: null } } })).toEqual({ at_time: 'Completați acest câmp.' });
    expect(given({ at: { date: { selected_date: null } }, at_time: { time: { selected_time: '10:00' } } })).toEqual({ at: 'Completați acest câmp.' });
    expect(given({ phone: { phone: { value: '0712' } } })).toHaveProperty('phone');
    expect(given({ short: { words: { value: 'x'.repeat(101) } } })).toEqual({ short: 'Scurtați, vă rugăm. Cel mult: 100 semne.' });
    expect(given({ phone: { phone: { value: '0712 345 678' } }, at: { date: {} }, at_time: { time: {} } })).toEqual({});
  });

  test('something to read is a view without a form, its buttons still work', () => {
    const reading = renderModal({ is: 'reading', title: plain('Citesc alerta'), message: card }, to, seal, 30);
    expect([viewProblems(reading, 'modal'), reading.submit]).toEqual([[], undefined]);
    expect(JSON.stringify(reading)).toContain('NEPRELUATĂ');
    expect(elements(reading.blocks as KnownBlock[])).toHaveLength(2);
  });

  test.each(languages)('the loading view fits in %s', (language) => {
    expect(viewProblems(loadingView('x', language), 'modal')).toEqual([]);
  });
});

function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)];
}
