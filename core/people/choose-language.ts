import { z } from 'zod';
import { PersonId } from '../id.ts';
import { languages } from '../phrase.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import { personSubject } from './contact.ts';

/** The language a person chose by a button; from now on everything comes in it. */
export const chooseLanguage = defineUseCase({
  name: 'choose-language',
  input: z.object({ personId: PersonId, language: z.enum(languages) }),
  subject: ({ personId }, deps) => personSubject(personId, deps),

  async run({ personId, language }, { store }) {
    const person = await store.people.must(personId);
    if (person.language === language && person.isLanguageChosen) return unchanged(person);
    const saved = await store.people.save({ ...person, language, isLanguageChosen: true });
    return { events: [{ type: 'language.chosen', about: { kind: 'person', id: personId }, personId }], result: saved };
  },
});
