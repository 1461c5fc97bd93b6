import type { Button } from '#core/message.ts';
import { phrase } from '#core/phrase.ts';
import { type Answer, say } from '../dialogue/turn.ts';

/** The three doors: just ask, an invitation, support ("no wrong door") [ECSILI]. */
export const doors: Button[] = [
  { label: phrase('start:wide.justAsk'), action: 'start.ask' },
  { label: phrase('start:wide.invitation'), action: 'start.invitation', opensForm: true },
  { label: phrase('start:wide.support'), action: 'start.support', opensForm: true },
];

/** What only somebody on file has: that an invitation comes first, with the doors and 🆘. */
export const notLinked = (): Answer =>
  say({
    lines: [phrase('errors:notLinked')],
    buttons: [...doors, { label: phrase('home:button.urgent'), action: 'help' as const }].map((button) => [button]),
  });
