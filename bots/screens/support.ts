import { keepWords } from '#core/messages/keep-words.ts';
import { day, type Phrase, phrase, words } from '#core/phrase.ts';
import { type FormAnswers, form, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { sayAll } from '../dialogue/say.ts';

/** "I need support": no wrong door [ECSILI]. A nickname is enough; every question but what it is about may be passed over. */
export const askSupportForm = form({
  name: 'ask-support',
  title: phrase('start:modal.support'),
  hasPlayback: true,
  submitLabel: phrase('intake:button.sendRequest'),
  fields: [
    {
      kind: 'words',
      key: 'name',
      ask: phrase('intake:ask.name'),
      above: () => [phrase('intake:intro')],
      label: phrase('start:label.name'),
      isOptional: true,
      isShort: true,
      atMost: 100,
    },
    {
      kind: 'words',
      key: 'town',
      ask: phrase('intake:ask.town'),
      label: phrase('start:label.town'),
      isOptional: true,
      isShort: true,
      atMost: 100,
    },
    {
      kind: 'words',
      key: 'about',
      ask: phrase('intake:ask.more'),
      label: phrase('start:label.about'),
      mayHaveFiles: true,
    },
    {
      kind: 'words',
      key: 'reach',
      ask: phrase('intake:ask.reach'),
      label: phrase('start:label.reach'),
      isOptional: true,
      isShort: true,
      atMost: 200,
    },
  ],
  async submit(turn, answers) {
    const { channel, key, address } = turn.account;
    const from = turn.person
      ? { personId: turn.person.id }
      : { account: { channel, key, address, language: turn.language } };
    const kept = await turn.execute(keepWords, {
      from,
      origin: 'support',
      said: { words: said(answers), files: spoken(answers, 'about').files },
    });
    if (kept.is === 'refused') return refusalSaid(turn, kept);
    const { number, answerDueAt } = kept.result.message;
    return {
      say: [
        {
          lines: [phrase('intake:done', { number, day: day(answerDueAt) })],
          buttons: [[homeButton]],
        },
      ],
    };
  },
});

/** What was answered, with its labels in the team's language. */
const said = (answers: FormAnswers): string => sayAll(parts(answers), 'ro');

const parts = (answers: FormAnswers): Phrase[] =>
  (['name', 'town', 'about', 'reach'] as const)
    .filter((key) => spoken(answers, key).words)
    .map((key) =>
      phrase('general:labelled', { label: phrase(`start:label.${key}`), value: words(spoken(answers, key).words) }),
    );
