import { findDanger, isDangerReady } from '#core/language/danger.ts';
import { menuAction } from '../screens/menu.ts';
import type { Incoming } from './incoming.ts';

/** What somebody said, as a person reads it; empty where nothing was said in words. */
export function wordsOf(incoming: Incoming): string {
  if (incoming.kind === 'text' || incoming.kind === 'command' || incoming.kind === 'shortcut') return incoming.text;
  if (incoming.kind === 'files') return incoming.caption;
  if (incoming.kind === 'contact') return [incoming.of, incoming.phone].filter(Boolean).join(' · ');
  return incoming.kind === 'place' ? `📍 ${incoming.latitude}, ${incoming.longitude}` : '';
}

/** Whether an action belongs to help in danger or to an alert. */
export const isDangerAction = (action: string): boolean => /^(help|alert)(\.|$)/.test(action);

/** Whether the words hold a danger word, or are those of a button of the menu that asks for help. */
export function speaksOfDanger(incoming: Incoming): boolean {
  const words = wordsOf(incoming);
  return findDanger(words).length > 0 || isDangerAction(menuAction(words) ?? '');
}

/**
 * The mark by which a receiver lets an item go before others; nothing of what was said is in it. None for what cannot be read, nor while the danger words of
 * this process are not ready (its first seconds): storing never waits for them.
 */
export const pressingMark = (incoming: Incoming | undefined): { isPressing?: true } =>
  incoming && isDangerReady() && speaksOfDanger(incoming) ? { isPressing: true } : {};
