import type { Action } from '#core/actions.ts';
import type { Button } from '#core/message.ts';
import { missingItems, type SetUpItem } from '#core/office/set-up-state.ts';
import { lines, phrase } from '#core/phrase.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { textsToConfirm } from '../dialogue/say.ts';
import { type Handler, say, sayLines } from '../dialogue/turn.ts';

/** What an office still lacks before alerts surely reach somebody, each with the button that mends it. */
const show: Handler = async (turn) => {
  if (turn.person?.role !== 'admin') return sayLines(phrase('refusals:notYours'));
  const missing = await missingItems(turn);
  const texts = textsToConfirm().length > 0;
  const items = [...missing, ...(texts ? (['texts'] as const) : [])].map((item) => phrase(`setup:missingItem.${item}`));
  const mend = [...new Set(missing.map((item) => mends[item]).filter((button) => button !== undefined))].map(
    (button) => [button],
  );
  if (items.length === 0) return say({ lines: [phrase('setup:ready')], buttons: [[homeButton]] });
  return say({
    lines: [
      phrase(missing.length > 0 ? 'setup:title' : 'setup:ready'),
      ...(missing.includes('lastResort') ? [phrase('setup:explain')] : []),
      phrase('setup:missing'),
      phrase('general:plain', { text: lines(items) }),
    ],
    buttons: [...mend, ...(texts ? [[showTexts]] : []), [homeButton]],
  });
};
const showTexts: Button = { label: phrase('setup:button.texts'), action: 'texts.show' };
const invite: Button = { label: phrase('home:button.inviteStaff'), action: 'people.invite', opensForm: true };

/** What can be mended from here; the alarm and the chats are set where the program is started. */
const mends: Partial<Record<SetUpItem, Button>> = {
  coordinator: invite,
  supervisor: invite,
  duty: { label: phrase('duty:button.add'), action: 'duty.set', opensForm: true },
  lastResort: { label: phrase('home:button.lastResort'), action: 'duty.lastResort', opensForm: true },
};

export const setupHandlers = {
  'setup.show': show,
} satisfies Partial<Record<Action, Handler>>;
