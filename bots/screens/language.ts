import type { Action } from '#core/actions.ts';
import type { Button } from '#core/message.ts';
import { chooseLanguage } from '#core/people/choose-language.ts';
import { type Language, languages, phrase } from '#core/phrase.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Handler, Turn } from '../dialogue/turn.ts';
import { homeScreen } from './home.ts';

/** The languages, each in its own name. */
export const languageButtons = (): Button[] =>
  languages.map((language, value) => ({ label: phrase(`start:button.${language}`), action: 'language.set', value }));

const show: Handler = async () => ({
  say: [{ lines: [phrase('start:chooseLanguage')], buttons: [languageButtons()] }],
});

/** From now on everything comes in this language; somebody not on file is remembered with the talk. */
const set: Handler = async (turn, { value }) => {
  const language = languages[value];
  if (!language) return show(turn, { subject: '', version: 0, value });
  const refused = await keep(turn, language);
  if (refused) return refused;
  const home = await homeScreen(turn);
  return { ...home, instead: { lines: [phrase('start:languageSet')] } };
};

async function keep(turn: Turn, language: Language): Promise<Answer | undefined> {
  turn.conversation.language = language;
  turn.language = language;
  if (!turn.person) return undefined;
  const chosen = await turn.execute(chooseLanguage, { personId: turn.person.id, language });
  if (chosen.is === 'refused') return refusalSaid(turn, chosen);
  turn.person = chosen.result;
  return undefined;
}

export const languageHandlers = {
  language: show,
  'language.set': set,
} satisfies Partial<Record<Action, Handler>>;
