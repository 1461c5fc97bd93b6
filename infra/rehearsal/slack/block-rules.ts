import { imageFields, inActions, inContext, inInput, inModalInput, inSection, oneImage } from './element-rules.ts';
import { among, anything, both, byType, fail, flag, isObject, listOf, type Rule, shape, string } from './rules.ts';
import { anyText, plainText } from './text-rules.ts';
import type { Block, Json } from './world.ts';

export type Surface = 'message' | 'modal' | 'home';

const frame = { 'type!': anything, block_id: string(255) };

/** https://docs.slack.dev/reference/block-kit/blocks/section-block : text 1-3000, up to 10 fields of 2000. */
const section = both(
  shape({
    ...frame,
    text: anyText(3000),
    fields: listOf(anyText(2000), 10),
    accessory: byType(inSection),
    expand: flag,
  }),
  (value, at, problems) => {
    if (isObject(value) && !value.text && !value.fields) fail(problems, 'missing required field: text or fields', at);
  },
);

/** https://docs.slack.dev/reference/block-kit/blocks/input-block : label 2000, hint 2000. */
const input = (table: Record<string, Rule>) =>
  shape({
    ...frame,
    'label!': plainText(2000),
    'element!': byType(table),
    dispatch_action: flag,
    hint: plainText(2000),
    optional: flag,
  });

const everywhere: Record<string, Rule> = {
  section,
  /** https://docs.slack.dev/reference/block-kit/blocks/actions-block : up to 25 elements. */
  actions: shape({ ...frame, 'elements!': listOf(byType(inActions), 25) }),
  /** https://docs.slack.dev/reference/block-kit/blocks/context-block : up to 10 elements. */
  context: shape({ ...frame, 'elements!': listOf(byType(inContext), 10) }),
  /** https://docs.slack.dev/reference/block-kit/blocks/divider-block */
  divider: shape(frame),
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block : plain text, 150. */
  header: shape({ ...frame, 'text!': plainText(150), level: anything }),
  /** https://docs.slack.dev/reference/block-kit/blocks/image-block : title 2000, alt_text 2000. */
  image: both(shape({ ...frame, ...imageFields, title: plainText(2000) }), oneImage),
  /** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block : only its frame is checked here. */
  rich_text: shape({ ...frame, 'elements!': listOf(anything, 1000) }),
};

const bySurface: Record<Surface, Record<string, Rule>> = {
  /** https://docs.slack.dev/reference/block-kit/blocks/markdown-block : messages only, 12,000. */
  message: {
    ...everywhere,
    input: input(inInput),
    markdown: shape({ ...frame, 'text!': string(12_000) }),
    table: anything,
  },
  /** https://docs.slack.dev/reference/block-kit/blocks/alert-block : modals only. */
  modal: {
    ...everywhere,
    input: input(inModalInput),
    alert: shape({ ...frame, 'text!': anyText(3000), level: among('default', 'info', 'warning', 'error', 'success') }),
  },
  home: { ...everywhere, input: input(inInput) },
};

/** Problems of a list of blocks, as Slack words them; empty = fine. 50 blocks a message, 100 a view. */
export function blockProblems(blocks: unknown, surface: Surface, at = '/blocks'): string[] {
  const problems: string[] = [];
  listOf(byType(bySurface[surface]), surface === 'message' ? 50 : 100, 0)(blocks, at, problems);
  if (Array.isArray(blocks)) uniqueIds(blocks.filter(isObject) as Block[], at, problems);
  return problems;
}

/**
 * `block_id` unique per message or view, `action_id` unique within its block.
 * https://docs.slack.dev/reference/block-kit/blocks/ and .../block-elements/button-element (action_id)
 */
function uniqueIds(blocks: Block[], at: string, problems: string[]) {
  const seen = new Set<unknown>();
  blocks.forEach((block, n) => {
    if (block.block_id !== undefined && seen.has(block.block_id)) {
      fail(problems, `block_id ${String(block.block_id)} already exists`, `${at}/${n}/block_id`);
    }
    seen.add(block.block_id);
    const ids = elementsOf(block).flatMap((element) => (element.action_id === undefined ? [] : [element.action_id]));
    const twice = ids.find((id, m) => ids.indexOf(id) !== m);
    if (twice !== undefined) fail(problems, `action_id ${String(twice)} already exists`, `${at}/${n}`);
  });
}

/** The elements a block carries: those of an actions block, the accessory, the element of an input. */
export const elementsOf = (block: Json): Json[] =>
  [block.type === 'actions' ? (block.elements ?? []) : [], block.accessory ?? [], block.element ?? []]
    .flat()
    .filter(isObject);

/** Slack gives each block and element an id when the app gave none. */
export function withIds(blocks: Block[], newId: () => string): Block[] {
  const copies = structuredClone(blocks);
  for (const block of copies) {
    block.block_id ??= newId();
    for (const element of elementsOf(block)) if (element.type !== 'image') element.action_id ??= newId();
  }
  return copies;
}

/**
 * All blocks of one message together: not documented, about 13,200 characters with some 125 a block.
 * https://github.com/slackapi/bolt-js/issues/2509 and /2867
 */
export function isTooMuch(blocks: Block[]): boolean {
  return JSON.stringify(blocks).length > 13_200 || textLength(blocks) + 125 * blocks.length > 13_200;
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + textLength(one), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + Object.values(value).reduce((sum: number, one) => sum + textLength(one), 0);
}
