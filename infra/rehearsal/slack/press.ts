import type { BlockAction, BlockSuggestion } from '@slack/bolt';
import { type Choice, chosenValue, keepValue } from './fields.ts';
import { as } from './method.ts';
import type { Actor, Done } from './person.ts';
import { isObject, listOf } from './rules.ts';
import { newResponseUrl } from './side-doors.ts';
import { newTrigger } from './stack.ts';
import { type Found, find, type Surface, surfaceOf, type Target, whereJson, whoJson } from './surface.ts';
import { option, optionGroup } from './text-rules.ts';
import type { Json } from './world.ts';

/** A tap on a button, by its words or action_id. */
export async function press(actor: Actor, target: Target, what: string): Promise<Done> {
  const surface = surfaceOf(actor.world, actor.user, target);
  const found = find(surface, what);
  if (found.element.type !== 'button') throw new Error(`"${what}" is a ${String(found.element.type)}, not a button`);
  const { text, value, url } = found.element;
  return act(actor, surface, found, { text, ...(value === undefined ? {} : { value }), ...(url ? { url } : {}) });
}

/** A choice in a select, overflow, picker, radio group, checkboxes, or typed text that dispatches. */
export async function pick(actor: Actor, target: Target, what: string, choice: Choice): Promise<Done> {
  const surface = surfaceOf(actor.world, actor.user, target);
  const found = find(surface, what);
  const value = chosenValue(actor.world, found.element, choice);
  keepValue(actor.world, actor.user.id, surface.key, found.block, found.element, value);
  actor.world.changed([actor.user.id]);
  if (found.block.type === 'input' && !found.block.dispatch_action) return { isAcked: true, problem: null, answer: {} };
  return act(actor, surface, found, value);
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
function act(actor: Actor, surface: Surface, { block, element }: Found, chosen: Json): Promise<Done> {
  const { world, user } = actor;
  const inView = surface.kind === 'view' ? surface.view.id : undefined;
  const url =
    surface.kind === 'message' ? newResponseUrl(world, user.id, surface.channel.id, surface.message.ts) : undefined;
  const payload: Omit<BlockAction, 'response_url'> & { response_url?: string } = {
    type: 'block_actions',
    ...whoJson(world, user),
    ...whereJson(world, user, surface),
    trigger_id: newTrigger(
      world,
      user.id,
      surface.kind === 'view' && surface.view.type === 'modal' ? inView : undefined,
    ),
    ...(url ? { response_url: url } : {}),
    actions: as([
      {
        action_id: element.action_id,
        block_id: block.block_id,
        ...chosen,
        type: element.type,
        action_ts: world.newTs(),
      },
    ]),
  };
  return actor.bring('press', { type: 'interactive', payload, acceptsAnswer: true });
}

export type Offered = Done & { options: { text: string; value: string }[] };

/** Types into an external select and gets what the app offers. https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export async function askOptions(actor: Actor, target: Target, what: string, typed: string): Promise<Offered> {
  const { world, user } = actor;
  const surface = surfaceOf(world, user, target);
  const { block, element } = find(surface, what);
  const least = Number(element.min_query_length ?? 3);
  if (typed.length < least) return { isAcked: true, problem: null, answer: {}, options: [] };
  const payload: BlockSuggestion = {
    type: 'block_suggestion',
    ...whoJson(world, user),
    ...whereJson(world, user, surface),
    block_id: String(block.block_id),
    action_id: String(element.action_id),
    value: typed,
  };
  const done = await actor.bring('options', { type: 'interactive', payload, acceptsAnswer: true });
  if (!done.isAcked) return { ...done, options: [] };
  const offered = offeredBy(done.answer);
  if (!offered) return { ...actor.trouble('options', 'bad_answer'), options: [] };
  world.offers.set(String(element.action_id), offered);
  return {
    ...done,
    options: offered.map((one) => ({ text: String((one.text as Json).text), value: String(one.value) })),
  };
}

/** Up to 100 options or option groups. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
function offeredBy(answer: Json): Json[] | undefined {
  const problems: string[] = [];
  if (Array.isArray(answer.option_groups))
    listOf(optionGroup, 100, 0)(answer.option_groups, '/option_groups', problems);
  else listOf(option, 100, 0)(answer.options, '/options', problems);
  if (problems.length > 0) return undefined;
  const groups = (answer.option_groups ?? []) as Json[];
  return [...((answer.options ?? []) as Json[]), ...groups.flatMap((group) => group.options as Json[])].filter(
    isObject,
  );
}
