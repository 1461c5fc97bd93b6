import { signerNamed } from '#core/office/signer.ts';
import type { Actor } from '#core/use-case.ts';
import type { World } from '#core/world.ts';
import { Unusable } from './office-command.ts';

/** Who signs at the command line, as `--as` names them: for the usage of a command. */
export const administratorUsage = `  <admin>  telegram:<id> or slack:<id> of an administrator's account, or an administrator's unused invitation code
           (npm run invite -- --role admin makes one also in hold)`;

/** The administrator whom `--as` names; anybody else is refused in words. */
export async function administratorNamed({ store, clock }: World, as: string): Promise<Actor> {
  const admin = await signerNamed(as, { store, now: clock.wall() });
  if (!admin) throw new Unusable('This names no administrator.');
  return { id: admin.id, roles: [admin.role], actsFor: [admin.id] };
}
