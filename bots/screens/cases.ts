import type { Case } from '#core/cases/case.ts';
import { may } from '#core/permissions.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import type { Option } from '../dialogue/form.ts';
import type { Turn } from '../dialogue/turn.ts';

/** A case as somebody who works on it knows it: number and name. */
export async function nameOnCase({ number, personId }: Case, { store }: Pick<Turn, 'store'>): Promise<Phrase> {
  return phrase('work:caseOption', { number, name: (await store.people.get(personId))?.name ?? '—' });
}

/** Cases of the asker whose number or name fits what was typed, in any spelling (`language.md` 7). */
export async function findCases(turn: Turn, text: string): Promise<Option[]> {
  const people = await turn.store.people.named(text);
  const options: Option[] = [];
  for (const { id } of people) {
    const found = await turn.store.cases.ofPerson(id);
    if (found && may(turn.ability, 'read-case', found)) options.push({ value: found.id, label: await nameOnCase(found, turn) });
  }
  return options;
}
