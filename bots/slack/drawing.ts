import type { ActionsBlockElement, KnownBlock, Button as SlackButton } from '@slack/types';
import type { Button } from '#core/message.ts';
import type { Language, Phrase } from '#core/phrase.ts';
import type { Seal } from '#core/seal.ts';
import { signButton } from '../dialogue/buttons.ts';
import { say } from '../dialogue/say.ts';
import { cut, neutral } from './text.ts';

/** For whom something is drawn. `account` is the Slack user id: buttons are bound to it. */
export type To = { language: Language; account: string; epoch: number; now: Date; isMarked: boolean };

/** One message or view being drawn: its words, and buttons whose ids are unique in it. */
export type Drawing = {
  say(phrase: Phrase): string;
  /** Rows of buttons; numbers to call or to copy stand above them as text, as Slack has no button for either. */
  buttons(rows: Button[][]): KnownBlock[];
  /** A button alone, to stand beside a text; nothing for a number. */
  beside(button: Button): SlackButton | undefined;
};

const mostInRow = 25;
const labelMost = 75;
const dayMs = 24 * 3_600_000;

/** A fresh drawing; its buttons are valid for `validDays`. In a window what a plain button does takes the place of what stands there (`put`). */
export function drawingFor(
  { language, account, epoch, now }: To,
  seal: Seal,
  validDays: number,
  isWindow = false,
): Drawing {
  const expiresAt = new Date(now.getTime() + validDays * dayMs);
  const speak = (phrase: Phrase) => say(phrase, language, now);
  let drawn = 0;

  function pressable(button: Button): SlackButton | undefined {
    const label = cut(speak(button.label), labelMost);
    const face = {
      type: 'button' as const,
      text: { type: 'plain_text' as const, text: label, emoji: true },
      ...(button.style ? { style: button.style } : {}),
    };
    if ('url' in button)
      return isWeb(button.url) ? { ...face, action_id: `url:${drawn++}`, url: button.url } : undefined;
    if (!('action' in button)) return undefined;
    const { action, subject, version, value } = button;
    const token = {
      action,
      epoch,
      ...(subject ? { subject } : {}),
      ...(version === undefined ? {} : { version }),
      ...(value === undefined ? {} : { value }),
    };
    return {
      ...face,
      action_id: `${button.opensForm ? 'open' : isWindow ? 'put' : 'act'}:${drawn++}`,
      value: signButton(token, `slack:${account}`, expiresAt, seal),
    };
  }

  function rowOf(row: Button[]): KnownBlock[] {
    const elements: ActionsBlockElement[] = row.flatMap((button) => pressable(button) ?? []);
    return chunks(elements, mostInRow).map((some) => ({ type: 'actions', elements: some }));
  }

  return {
    say: speak,
    beside: pressable,
    buttons: (rows) => [...rows.flat().flatMap((button) => numberIn(button, speak)), ...rows.flatMap(rowOf)],
  };
}

/** A number to call as a link that dials, a text to copy in a frame. */
function numberIn(button: Button, speak: Drawing['say']): KnownBlock[] {
  const label = neutral(speak(button.label));
  if ('call' in button)
    return [marked(`${label}: <tel:${button.call.replace(/[^\d+]/g, '')}|${neutral(button.call)}>`)];
  if ('copy' in button) return [marked(`${label}: \`${neutral(button.copy.replaceAll('`', '’'))}\``)];
  return [];
}

/** A section whose few signs of mrkdwn are ours; what people said goes in through `neutral`. */
export const marked = (text: string): KnownBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text, verbatim: true },
});

/** In groups of at most `most`. */
export const chunks = <T>(all: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, n) => all.slice(n * most, (n + 1) * most));

const isWeb = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && url.length <= 3000;
