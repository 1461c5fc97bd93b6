import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { revokeInvitation } from '../invitations/revoke-invitation.ts';
import { closeAccess } from '../people/close-access.ts';
import { inviteStaff } from '../people/invite-staff.ts';
import type { Person } from '../people/person.ts';
import { signerNamed } from './signer.ts';

let u: Universe;
let vera: Person;
beforeAll(async () => {
  u = await openUniverse();
  vera = await u.person('admin', 'Vera Pop');
});
afterAll(() => u.close());

const signer = (named: string) => signerNamed(named, { store: u.world.store, now: u.clock.wall() });
const accountOf = ({ accounts: [one] }: Person) => `${one?.channel}:${one?.key}`;
async function invited(role: 'admin' | 'supervisor', name: string) {
  const done = await u.as(vera, inviteStaff, { role, name, language: 'ro' });
  if (done.is !== 'done') throw new Error(done.phrase.key);
  return { code: done.result.code, personId: done.result.person.id };
}

describe('the release of a hold is signed from outside the chats [delivery 7]', () => {
  it('by an administrator, named by an account', async () => {
    expect((await signer(accountOf(vera)))?.id).toBe(vera.id);
  });

  it('by an administrator, named by a code that has not been used, as it is printed', async () => {
    const { code, personId } = await invited('admin', 'Dan Rus');
    expect((await signer(code))?.id).toBe(personId);
    expect((await signer(`${code.slice(0, 5)} ${code.slice(5)}`.toLowerCase()))?.id).toBe(personId);
  });

  it('by no other role, by account or by code', async () => {
    expect(await signer(accountOf(await u.person('supervisor', 'Carmen Vlad')))).toBeUndefined();
    expect(await signer((await invited('supervisor', 'Elena Rusu')).code)).toBeUndefined();
  });

  it('not by a code that was taken back or is too old', async () => {
    const back = await invited('admin', 'Petru Ilie');
    await u.as(vera, revokeInvitation, { personId: back.personId });
    expect(await signer(back.code)).toBeUndefined();
    const old = await invited('admin', 'Ana Rusu');
    u.clock.forward(15 * 24 * 60);
    expect(await signer(old.code)).toBeUndefined();
  });

  it('not by an administrator who has left', async () => {
    const gone = await u.person('admin', 'Ion Micu');
    await u.as(vera, closeAccess, { personId: gone.id });
    expect(await signer(accountOf(gone))).toBeUndefined();
  });

  it.each(['', 'telegram:', 'telegram:1', 'signal:1001', 'ABCDE FGHJK', 'vera'])('not by "%s"', async (named) => {
    expect(await signer(named)).toBeUndefined();
  });
});
