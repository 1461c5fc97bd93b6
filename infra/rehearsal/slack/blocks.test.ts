import { afterAll, beforeAll, expect, test } from 'vitest';
import { blockProblems, type Surface } from './block-rules.ts';
import { actions, button, codeOf, plain, section, startTeam } from './test-rig.ts';
import { viewProblems } from './view-rules.ts';

let team: Awaited<ReturnType<typeof startTeam>>;
beforeAll(async () => {
  team = await startTeam();
});
afterAll(() => team.slack.close());

const many = <T>(n: number, make: (n: number) => T) => Array.from({ length: n }, (_, i) => make(i));
const option = (n: number, text = 'a', value = `v${n}`) => ({ text: plain(text), value });
const select = (more: object) => ({
  type: 'section',
  text: plain('x'),
  accessory: { type: 'static_select', action_id: 'a', ...more },
});
const inputOf = (element: object, more = {}) => ({ type: 'input', label: plain('x'), element, ...more });
const acted = (...elements: object[]) => ({ type: 'actions', elements });

const good: [string, Surface, object[]][] = [
  ['section text of 3000', 'message', [section('x'.repeat(3000))]],
  ['25 elements', 'message', [acted(...many(25, (n) => button('x', `a${n}`)))]],
  ['header of 150', 'message', [{ type: 'header', text: plain('x'.repeat(150)) }]],
  ['100 options', 'message', [select({ options: many(100, (n) => option(n)) })]],
  ['10 fields of 2000', 'message', [{ type: 'section', fields: many(10, () => plain('x'.repeat(2000))) }]],
  ['context of 10', 'message', [{ type: 'context', elements: many(10, () => plain('x')) }]],
  ['image', 'message', [{ type: 'image', image_url: 'https://x.ro/a.png', alt_text: 'hartă' }]],
  ['100 blocks in a home', 'home', many(100, () => ({ type: 'divider' }))],
  ['file input in a modal', 'modal', [inputOf({ type: 'file_input', action_id: 'f', max_files: 10 })]],
  ['same action_id in two blocks', 'message', [actions(button('x', 'a')), actions(button('x', 'a'))]],
  ['initial option among the options', 'message', [select({ options: [option(1)], initial_option: option(1) })]],
  [
    'radio buttons with mrkdwn',
    'message',
    [
      acted({
        type: 'radio_buttons',
        action_id: 'r',
        options: [{ text: { type: 'mrkdwn', text: '*x*' }, value: 'v' }],
      }),
    ],
  ],
];

test.each(good)('%s passes in a %s', (_, surface, blocks) => {
  expect(blockProblems(blocks, surface)).toEqual([]);
});

const bad: [string, Surface, object[], string][] = [
  [
    'section text over 3000',
    'message',
    [section('x'.repeat(3001))],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['an empty section text', 'message', [section('')], 'must be more than 0 characters'],
  ['a section without text and fields', 'message', [{ type: 'section' }], 'missing required field: text or fields'],
  ['button text over 75', 'message', [actions(button('x'.repeat(76), 'a'))], 'must be less than 76'],
  [
    'button text in mrkdwn',
    'message',
    [acted({ type: 'button', action_id: 'a', text: { type: 'mrkdwn', text: 'x' } })],
    'must be one of plain_text',
  ],
  ['action_id over 255', 'message', [actions(button('x', 'a'.repeat(256)))], 'must be less than 256'],
  [
    'action_id twice in a block',
    'message',
    [actions(button('x', 'a'), button('y', 'a'))],
    'action_id a already exists',
  ],
  ['button value over 2000', 'message', [actions(button('x', 'a', 'v'.repeat(2001)))], 'must be less than 2001'],
  [
    'an unknown button style',
    'message',
    [acted({ ...button('x', 'a'), style: 'green' })],
    'must be one of primary, danger',
  ],
  [
    'an additional property',
    'message',
    [acted({ ...button('x', 'a'), colour: 'red' })],
    'invalid additional property: colour',
  ],
  [
    'block_id twice',
    'message',
    [
      { type: 'divider', block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ],
    'block_id b already exists',
  ],
  ['block_id over 255', 'message', [{ type: 'divider', block_id: 'b'.repeat(256) }], 'must be less than 256'],
  ['26 elements', 'message', [acted(...many(26, (n) => button('x', `a${n}`)))], 'no more than 25 items'],
  ['an actions block without elements', 'message', [acted()], 'no less than 1 items'],
  ['header over 150', 'message', [{ type: 'header', text: plain('x'.repeat(151)) }], 'must be less than 151'],
  ['header in mrkdwn', 'message', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], 'plain_text'],
  ['option text over 75', 'message', [select({ options: [option(1, 'x'.repeat(76))] })], 'must be less than 76'],
  [
    'option value over 150',
    'message',
    [select({ options: [option(1, 'x', 'v'.repeat(151))] })],
    'must be less than 151',
  ],
  ['101 options', 'message', [select({ options: many(101, (n) => option(n)) })], 'no more than 100 items'],
  ['a select without options', 'message', [select({})], 'needs either options or option_groups'],
  [
    'an initial option that is none',
    'message',
    [select({ options: [option(1)], initial_option: option(2) })],
    'must match an option',
  ],
  [
    '6 options in an overflow',
    'message',
    [acted({ type: 'overflow', action_id: 'a', options: many(6, (n) => option(n)) })],
    'no more than 5',
  ],
  [
    '11 checkboxes',
    'message',
    [acted({ type: 'checkboxes', action_id: 'a', options: many(11, (n) => option(n)) })],
    'no more than 10',
  ],
  ['11 context elements', 'message', [{ type: 'context', elements: many(11, () => plain('x')) }], 'no more than 10'],
  ['a button in a context', 'message', [{ type: 'context', elements: [button('x', 'a')] }], 'unsupported type: button'],
  ['11 fields', 'message', [{ type: 'section', fields: many(11, () => plain('x')) }], 'no more than 10'],
  ['a field over 2000', 'message', [{ type: 'section', fields: [plain('x'.repeat(2001))] }], 'must be less than 2001'],
  [
    'an image without alt_text',
    'message',
    [{ type: 'image', image_url: 'https://x.ro/a.png' }],
    'missing required field: alt_text',
  ],
  ['a multi select in actions', 'message', [acted({ type: 'multi_users_select', action_id: 'a' })], 'unsupported type'],
  ['an input without element', 'modal', [{ type: 'input', label: plain('x') }], 'missing required field: element'],
  ['a button as input', 'modal', [inputOf(button('x', 'a'))], 'unsupported type: button'],
  [
    'a file input in a message',
    'message',
    [inputOf({ type: 'file_input', action_id: 'f' })],
    'unsupported type: file_input',
  ],
  [
    'a bad first date',
    'modal',
    [inputOf({ type: 'datepicker', action_id: 'd', initial_date: '23.11.2026' })],
    'YYYY-MM-DD',
  ],
  ['a bad first time', 'modal', [inputOf({ type: 'timepicker', action_id: 'd', initial_time: '25:00' })], 'HH:mm'],
  ['an alert in a message', 'message', [{ type: 'alert', text: plain('x') }], 'unsupported type: alert'],
  ['markdown in a modal', 'modal', [{ type: 'markdown', text: 'x' }], 'unsupported type: markdown'],
  ['51 blocks in a message', 'message', many(51, () => ({ type: 'divider' })), 'no more than 50'],
  ['101 blocks in a home', 'home', many(101, () => ({ type: 'divider' })), 'no more than 100'],
  [
    'placeholder over 150',
    'modal',
    [inputOf({ type: 'plain_text_input', placeholder: plain('x'.repeat(151)) })],
    'must be less than 151',
  ],
  [
    'emoji in mrkdwn text',
    'message',
    [{ type: 'section', text: { type: 'mrkdwn', text: 'x', emoji: true } }],
    'invalid additional property: emoji',
  ],
];

test.each(bad)('%s is refused in a %s', (_, surface, blocks, says) => {
  expect(blockProblems(blocks, surface).join('\n')).toContain(says);
});

const modal = { type: 'modal', title: plain('Notă'), submit: plain('Trimit'), blocks: [section('x')] };
const views: [string, object, string][] = [
  [
    'title over 24',
    { ...modal, title: plain('x'.repeat(25)) },
    'must be less than 25 characters [json-pointer:/view/title/text]',
  ],
  ['no title', { ...modal, title: undefined }, 'missing required field: title'],
  ['submit over 24', { ...modal, submit: plain('x'.repeat(25)) }, '/view/submit/text'],
  ['close over 24', { ...modal, close: plain('x'.repeat(25)) }, '/view/close/text'],
  ['private_metadata over 3000', { ...modal, private_metadata: 'x'.repeat(3001) }, '/view/private_metadata'],
  ['callback_id over 255', { ...modal, callback_id: 'x'.repeat(256) }, '/view/callback_id'],
  ['101 blocks', { ...modal, blocks: many(101, () => ({ type: 'divider' })) }, 'no more than 100'],
  [
    'an input without submit',
    { ...modal, submit: undefined, blocks: [inputOf({ type: 'plain_text_input', action_id: 'a' })] },
    'missing required field: submit',
  ],
  ['a home as modal', { ...modal, type: 'home' }, 'must be one of modal'],
];

test.each(views)('a modal with %s is refused', (_, view, says) => {
  expect(viewProblems(view, 'modal').join('\n')).toContain(says);
});

test('a bad message answers invalid_blocks with the reasons, all of it together msg_blocks_too_long', async () => {
  const { web } = team;
  const posted = web.chat.postMessage({ channel: 'C1ALERT', text: 'x', blocks: [section('x'.repeat(3001))] });
  await expect(posted).rejects.toMatchObject({
    data: { error: 'invalid_blocks', errors: [expect.stringContaining('3001')] },
  });
  const long = many(5, () => section('x'.repeat(2900)));
  expect(await codeOf(web.chat.postMessage({ channel: 'C1ALERT', text: 'x', blocks: long }))).toBe(
    'msg_blocks_too_long',
  );
  const attachments = [{ color: '#B3241F', blocks: [section('x'.repeat(3001))] }];
  expect(await codeOf(web.chat.postMessage({ channel: 'C1ALERT', text: 'x', attachments }))).toBe(
    'invalid_attachments',
  );
  expect(await codeOf(web.apiCall('chat.postMessage', { channel: 'C1ALERT', blocks: '{' }))).toBe(
    'invalid_blocks_format',
  );
});
