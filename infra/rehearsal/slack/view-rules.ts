import { blockProblems } from './block-rules.ts';
import { refuse } from './refusal.ts';
import { among, anything, fail, flag, isObject, type Rule, shape, string } from './rules.ts';
import { plainText } from './text-rules.ts';
import type { Json } from './world.ts';

/** https://docs.slack.dev/reference/views/modal-views : title, submit, close 24; private_metadata 3000; ids 255. */
const modal = shape({
  'type!': among('modal'),
  'title!': plainText(24),
  'blocks!': anything,
  close: plainText(24),
  submit: plainText(24),
  private_metadata: string(3000, 0),
  callback_id: string(255, 0),
  clear_on_close: flag,
  notify_on_close: flag,
  external_id: string(255, 0),
  submit_disabled: flag,
});

/** https://docs.slack.dev/reference/views/home-tab-views */
const home = shape({
  'type!': among('home'),
  'blocks!': anything,
  private_metadata: string(3000, 0),
  callback_id: string(255, 0),
  external_id: string(255, 0),
});

const forms: Record<'modal' | 'home', Rule> = { modal, home };

/** Problems of a view; empty = fine. */
export function viewProblems(view: unknown, type: 'modal' | 'home'): string[] {
  const problems: string[] = [];
  forms[type](view, '/view', problems);
  if (!isObject(view) || view.blocks === undefined) return problems;
  problems.push(...blockProblems(view.blocks, type, '/view/blocks'));
  const hasInput = Array.isArray(view.blocks) && view.blocks.some((block) => isObject(block) && block.type === 'input');
  if (type === 'modal' && hasInput && !view.submit) fail(problems, 'missing required field: submit', '/view');
  return problems;
}

/**
 * A bad view is `invalid_arguments` with the reasons in response_metadata; over 250 kB `view_too_large`.
 * https://docs.slack.dev/reference/methods/views.open#errors
 */
export function checkView(view: unknown, type: 'modal' | 'home'): Json {
  const problems = viewProblems(view, type);
  if (problems.length > 0) refuse('invalid_arguments', { response_metadata: { messages: problems } });
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) refuse('view_too_large');
  return view as Json;
}
