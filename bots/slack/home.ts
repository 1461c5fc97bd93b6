import type { HomeView, KnownBlock } from '@slack/types';
import type { Message } from '#core/message.ts';
import { phrase, time } from '#core/phrase.ts';
import type { Seal } from '#core/seal.ts';
import { factsOf, linesOf, listsOf, small, stateOf, topOf } from './blocks.ts';
import { drawingFor, type To } from './drawing.ts';

const mostBlocks = 100;
const mostSigns = 200_000;

/** App Home: what needs this person now, the buttons of the house, and when it was drawn, as Slack does not draw it again by itself. */
export function renderHome(message: Message, to: To, seal: Seal, validDays: number): HomeView {
  const drawing = drawingFor(to, seal, validDays);
  const lists = listsOf(message.sections, drawing).flatMap((list): KnownBlock[] => [{ type: 'divider' }, ...list]);
  const blocks = [
    ...stateOf(message, drawing),
    ...linesOf(message.lines, drawing),
    ...factsOf(message.facts, drawing),
    ...drawing.buttons(message.buttons ?? []),
    ...lists,
  ];
  const drawnAt = small(drawing.say(phrase('slack:home.updated', { time: time(to.now) })));
  return { type: 'home', callback_id: 'home', blocks: [...topOf(blocks, mostBlocks - 2, mostSigns), drawnAt] };
}
