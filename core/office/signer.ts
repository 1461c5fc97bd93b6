import { codeIn } from '../invitations/code.ts';
import { stateOf } from '../invitations/invitation.ts';
import type { Person } from '../people/person.ts';
import { channels } from '../roles.ts';
import type { Deps } from '../world.ts';

/**
 * Who may sign the release of a hold from outside the chats, where nobody can link an account: `named` is the account of an administrator
 * (`telegram:<id>`, `slack:<id>`) or an invitation code of theirs that has not been used. Nobody for anything else, and for who has left.
 */
export async function signerNamed(named: string, deps: Pick<Deps, 'store' | 'now'>): Promise<Person | undefined> {
  const person = (await withAccount(named, deps)) ?? (await withUnusedCode(named, deps));
  return person?.role === 'admin' && person.status !== 'left' ? person : undefined;
}

async function withAccount(named: string, { store }: Pick<Deps, 'store'>): Promise<Person | undefined> {
  const channel = channels.find((one) => named.startsWith(`${one}:`));
  return channel && store.people.withAccount(channel, named.slice(channel.length + 1));
}

async function withUnusedCode(named: string, { store, now }: Pick<Deps, 'store' | 'now'>): Promise<Person | undefined> {
  const code = codeIn(named);
  const invitation = code && (await store.invitations.withCode(code));
  if (!invitation || stateOf(invitation, now) !== 'open') return undefined;
  return store.people.get(invitation.personId);
}
