import type { PersonId } from '#core/id.ts';
import type { Person } from '#core/people/person.ts';
import type { Channel } from '#core/roles.ts';

type Who = Pick<Person, 'role' | 'name'> & { id: PersonId; channel: Channel; key: string; at: Date };

/** Somebody who has linked one account, as they lie in the database. */
export const linked = ({ id, role, name, channel, key, at }: Who, more: Partial<Person> = {}): Person => ({
  id,
  version: 0,
  role,
  name,
  language: 'ro',
  isLanguageChosen: true,
  status: 'active',
  epoch: 1,
  hasStopped: false,
  createdAt: at,
  accounts: [{ channel, key, address: key, linkedAt: at, isDead: false }],
  ...more,
});
