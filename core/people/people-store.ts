import type { Connection } from 'mongoose';
import { openCollection } from '../collection.ts';
import type { PersonId } from '../id.ts';
import { nameKeys } from '../language/name-keys.ts';
import type { Channel, PersonRole } from '../roles.ts';
import { erasedWords, type KeyId, keyOfAccount, type Seal } from '../seal.ts';
import { Person } from './person.ts';

/** People on file. Names, phones and accounts are sealed; they are found by blind keys (`language.md` 7). */
export function peopleStore(connection: Connection, seal: Seal) {
  const people = openCollection<Person>(
    {
      name: 'people',
      type: Person,
      classes: {
        role: 'open',
        name: 'personal',
        phone: 'personal',
        birthYear: 'personal',
        language: 'open',
        isLanguageChosen: 'open',
        status: 'open',
        accounts: 'personal',
        epoch: 'open',
        coordinatorId: 'open',
        placeCode: 'open',
        hasStopped: 'open',
        createdAt: 'open',
        openedCases: 'open',
      },
      keyOf: ({ id }) => `person:${id}`,
      whenErased: { name: erasedWords, accounts: [] },
      indexes: [{ fields: { role: 1, status: 1 } }, { fields: { coordinatorId: 1 } }],
      blind: {
        account: { of: (person) => person.accounts.map(({ channel, key }) => `${channel}:${key}`), isUnique: true },
        name: { of: (person) => nameKeys(person.name) },
      },
    },
    connection,
    seal,
  );
  return {
    ...people,
    /** The data keys of what they wrote before they were on file. */
    async accountKeys({ accounts }: Person): Promise<KeyId[]> {
      return accounts.map(({ channel, key }) => keyOfAccount(seal, channel, key));
    },
    async withAccount(channel: Channel, key: string): Promise<Person | undefined> {
      return (await people.byBlind('account', [`${channel}:${key}`]))[0];
    },
    named: (name: string) => people.byBlind('name', nameKeys(name)),
    /** One who cannot be read hides no other: who is told of a danger is asked here. */
    activeWithRole: async (role: PersonRole) =>
      (await people.findSound({ role, status: 'active' }, { sort: { createdAt: 1 } })).sound,
    techniciansOf: (coordinatorId: PersonId) =>
      people.find({ role: 'technician', coordinatorId, status: { $ne: 'left' } }),
    staff: async () =>
      (
        await people.findSound(
          { role: { $in: ['technician', 'coordinator', 'supervisor', 'admin'] }, status: { $ne: 'left' } },
          { sort: { createdAt: 1 } },
        )
      ).sound,
  };
}
