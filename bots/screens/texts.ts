import type { Action } from '#core/actions.ts';
import type { Button } from '#core/message.ts';
import { list, type Phrase, phrase } from '#core/phrase.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { textsToConfirm } from '../dialogue/say.ts';
import { type Handler, say, sayLines } from '../dialogue/turn.ts';

const onePage = 5;

/** Texts a native social worker has yet to confirm, five at a time; `value` is the page. */
const show: Handler = async (turn, { value: page }) => {
  if (turn.person?.role !== 'admin') return sayLines(phrase('refusals:notYours'));
  const texts = textsToConfirm();
  if (texts.length === 0) return say({ lines: [phrase('setup:texts.none')], buttons: [[homeButton]] });
  const shown = texts.slice(page * onePage, (page + 1) * onePage);
  const more: Button[][] =
    texts.length > (page + 1) * onePage
      ? [[{ label: phrase('general:button.showMore'), action: 'texts.show', value: page + 1 }]]
      : [];
  return say({ lines: [phrase('setup:texts.title'), ...shown.map(row)], buttons: [...more, [homeButton]] });
};

const row = ({ key, languages, texts }: ReturnType<typeof textsToConfirm>[number]): Phrase =>
  phrase('setup:texts.row', { key, languages: list(languages), uk: texts.uk, ro: texts.ro });

export const textHandlers = {
  'texts.show': show,
} satisfies Partial<Record<Action, Handler>>;
