import type { KnownBlock } from '@slack/types';
import { describe, expect, test } from 'vitest';
import type { Message } from '#core/message.ts';
import type { Modal, ModalField } from '#core/modal.ts';
import { languages } from '#core/phrase.ts';
import { viewProblems } from '#infra/rehearsal/slack/view-rules.ts';
import { loadingView } from './modal.ts';
import { renderHome, renderModal } from './render.ts';
import { card, elements, id, plain, read, seal, take, to } from './test/drawn.ts';
import { faultsIn } from './values.ts';

describe('App Home', () => {
  const item = (n: number) => ({ lines: [plain(`Alerta ${n}`), plain('de la 14:02')], buttons: [take] });
  const home: Message = {
    lines: [plain('Ce aveți acum de făcut')],
    sections: [
      {
        title: plain('Alerte deschise'),
        count: 7,
        items: [1, 2, 3].map(item),
        open: { label: plain('Toate'), action: 'alert.list' },
      },
      { title: plain('Note'), count: 0, empty: plain('Nimic'), items: [] },
    ],
  };

  test('lists what needs somebody, says how many more there are, and when it was drawn', () => {
    const view = renderHome(home, to, seal, 30);
    expect(viewProblems(view, 'home')).toEqual([]);
    const said = JSON.stringify(view);
    for (const shown of ['Alerte deschise · 7', 'Alerta 3', 'Încă: 4', 'Nimic', 'Actualizat: 10:00'])
      expect(said).toContain(shown);
    expect(elements(view.blocks as KnownBlock[])).toHaveLength(4);
  });

  test('of a very busy person stays under 100 blocks and keeps the most urgent', () => {
    const busy = {
      ...home,
      sections: [
        {
          title: plain('Alerte'),
          count: 300,
          items: Array.from({ length: 150 }, (_, n) => ({ ...item(n), buttons: [take, read] })),
        },
      ],
    };
    const view = renderHome(busy, to, seal, 30);
    expect([view.blocks.length <= 100, viewProblems(view, 'home')]).toEqual([true, []]);
    expect(JSON.stringify(view)).toContain('Alerta 0');
  });
});

describe('a form as a modal', () => {
  const field = (more: Partial<ModalField> & Pick<ModalField, 'key' | 'kind'>): ModalField => ({
    ask: plain(`Întrebare ${more.key}`),
    isOptional: false,
    ...more,
  });
  const options = (n: number) =>
    Array.from({ length: n }, (_, value) => ({ value: `v${value}`, label: plain(`Opțiunea ${value}`) }));
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
  const block = (key: string) =>
    view.blocks.find(({ block_id: one }) => one === key) as unknown as {
      element: Record<string, unknown>;
      optional: boolean;
    };

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
    const given = (values: Record<string, Record<string, object>>) =>
      faultsIn({ ...(view as object), state: { values } }, to.now);
    expect(
      given({ at: { date: { selected_date: '2026-11-24' } }, at_time: { time: { selected_time: null } } }),
    ).toEqual({ at_time: 'Completați acest câmp.' });
    expect(given({ at: { date: { selected_date: null } }, at_time: { time: { selected_time: '10:00' } } })).toEqual({
      at: 'Completați acest câmp.',
    });
    expect(given({ phone: { phone: { value: '0712' } } })).toHaveProperty('phone');
    expect(given({ short: { words: { value: 'x'.repeat(101) } } })).toEqual({
      short: 'Scurtați, vă rugăm. Cel mult: 100 semne.',
    });
    expect(given({ phone: { phone: { value: '0712 345 678' } }, at: { date: {} }, at_time: { time: {} } })).toEqual({});
  });

  test('something to read is a view without a form, its buttons still work', () => {
    const reading = renderModal({ is: 'reading', title: plain('Citesc alerta'), message: card }, to, seal, 30);
    expect([viewProblems(reading, 'modal'), reading.submit]).toEqual([[], undefined]);
    expect(JSON.stringify(reading)).toContain('NEPRELUATĂ');
    expect(elements(reading.blocks as KnownBlock[])).toHaveLength(2);
  });

  test('a window has no way home, but every "no" of a question, and what a plain button does takes its place', () => {
    const buttons = [
      [
        { label: plain('Da'), action: 'people.close' as const },
        { label: plain('Nu'), action: 'unchanged' as const },
        { label: plain('Detalii'), action: 'people.show' as const, opensForm: true },
        { label: plain('Acasă'), action: 'home' as const },
      ],
    ];
    const message = { lines: [plain('Închidem accesul?')], buttons };
    const { blocks } = renderModal({ is: 'reading', title: plain('Acces'), message }, to, seal, 30);
    expect(elements(blocks as KnownBlock[]).map(({ action_id: name }) => name)).toEqual(['put:0', 'put:1', 'open:2']);
  });

  test.each(languages)('the loading view fits in %s', (language) => {
    expect(viewProblems(loadingView('x', language), 'modal')).toEqual([]);
  });
});
