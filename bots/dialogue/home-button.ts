import type { Button } from '#core/message.ts';
import { phrase } from '#core/phrase.ts';

/** The way home, under what would leave nowhere to go (`experience.md` 2). */
export const homeButton: Button = { label: phrase('general:button.home'), action: 'home' };
