import { day, lines, phrase, type Phrase, words } from '#core/phrase.ts';
import type { PersonId } from '#core/id.ts';
import { addWorkingDays } from '#core/time.ts';
import { form, type FormAnswers, spoken } from '../dialogue/form.ts';
import type { Turn } from '../dialogue/turn.ts';

/** "I need support": no wrong door [ECSILI]. A nickname is enough; every question but what it is about may be passed over. */
export const askSupportForm = form({
  name: 'ask-support',
  title: phrase('start:title.support'),
  hasPlayback: true,
  submitLabel: phrase('intake:button.sendRequest'),
  fields: [
    { kind: 'words', key: 'name', ask: phrase('intake:ask.name'), above: () => [phrase('intake:intro')], label: phrase('start:label.name'), isOptional: true, isShort: true, atMost: 100 },
    { kind: 'words', key: 'town', ask: phrase('intake:ask.town'), label: phrase('start:label.town'), isOptional: true, isShort: true, atMost: 100 },
    { kind: 'words', key: 'about', ask: phrase('intake:ask.more'), label: phrase('start:label.about'), mayHaveFiles: true },
    { kind: 'words', key: 'reach', ask: phrase('intake:ask.reach'), label: phrase('start:label.reach'), isOptional: true, isShort: true, atMost: 200 },
  ],
  async submit(turn, answers) {
    await passOn(turn, answers);
    return { say: [{ lines: [phrase('start:support.sent')], buttons: [[{ label: phrase('general:button.home'), action: 'home' }]] }] };
  },
});

/**
 * SEAM: until `core/messages/keep-words` keeps a stranger's words as a message with a date of answer, they go as they are to
 * whoever is on duty and to the supervisors.
 */
async function passOn(turn: Turn, answers: FormAnswers): Promise<void> {
  const { now, settings } = turn;
  const until = addWorkingDays(now, settings.messages.answerWorkingDays, settings.closedDays);
  const message = {
    lines: [phrase('messages:notice.stranger', { placeCode: '—', day: day(until) }), phrase('general:plain', { text: lines(said(answers)) })],
    files: spoken(answers, 'about').files,
    isProtected: true,
  };
  for (const to of await readers(turn)) turn.also({ do: 'tell', to, message, lane: 'waiting' });
}

const said = (answers: FormAnswers): Phrase[] =>
  (['name', 'town', 'about', 'reach'] as const)
    .filter((key) => spoken(answers, key).words)
    .map((key) => phrase('general:labelled', { label: phrase(`start:label.${key}`), value: words(spoken(answers, key).words) }));

async function readers({ store, now }: Turn): Promise<PersonId[]> {
  const onDuty = (await store.duty.at(now)).map(({ personId }) => personId);
  const supervisors = (await store.people.activeWithRole('supervisor')).map(({ id }) => id);
  return [...new Set([...onDuty, ...supervisors])];
}
