import type { KnownBlock } from '@slack/types';
import type { Button, Message } from '#core/message.ts';
import { phrase, words } from '#core/phrase.ts';
import { blockProblems } from '#infra/rehearsal/slack/block-rules.ts';
import { loneSeal } from '#infra/test/lone-seal.ts';
import { renderSlackFitted, type To } from '../render.ts';

export const seal = loneSeal(7);
export const now = new Date('2026-11-24T08:00:00Z');
export const to: To = { language: 'ro', account: 'U1', epoch: 3, now, isMarked: false };
export const id = 'ab'.repeat(12);
export const plain = (text: string) => phrase('general:plain', { text: words(text) });
export const take: Button = { label: plain('Preiau'), action: 'alert.take', subject: id, version: 4, style: 'primary' };
export const read: Button = { label: plain('Citesc'), action: 'alert.read', subject: id, version: 4, opensForm: true };
export const card: Message = {
  lines: [plain('Alertă · Arad-3 · nr. 12'), plain('Despre alertă')],
  state: { tone: 'red', word: plain('NEPRELUATĂ') },
  facts: [
    { label: plain('Fel'), value: plain('Viață în pericol') },
    { label: plain('De la'), value: plain('*14:02*') },
  ],
  steps: [plain('14:02 anunțată: Ioana Marin'), plain('14:17 anunțat: Andrei Stan')],
  buttons: [[take, read]],
};
export const draw = (message: Message, more: Partial<To> = {}) =>
  renderSlackFitted(message, { ...to, ...more }, seal, 30);
export type Pressable = { action_id: string; value?: string; style?: string; url?: string };
export const elements = (blocks: KnownBlock[]) =>
  blocks.flatMap((block): unknown[] =>
    block.type === 'actions' ? block.elements : block.type === 'section' && block.accessory ? [block.accessory] : [],
  ) as Pressable[];
export const allBlocks = ({ blocks, attachments = [] }: ReturnType<typeof renderSlackFitted>) => [
  ...blocks,
  ...attachments.flatMap((one) => (one as { blocks: KnownBlock[] }).blocks),
];
export const fits = (message: ReturnType<typeof renderSlackFitted>) => [
  ...blockProblems(message.blocks, 'message'),
  ...(message.attachments ?? []).flatMap((one) => blockProblems((one as { blocks: unknown }).blocks, 'message')),
];

/** All texts in which Slack would interpret signs. */
export function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)];
}
