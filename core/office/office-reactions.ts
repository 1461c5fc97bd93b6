import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import type { OfficeEvents } from './office-events.ts';

/** What is missing stands on the administrators' home. */
export const officeReactions: Reactions<OfficeEvents> = {
  'office.introduced': (_event, deps) => homesOf(['admin'], deps),
};

/** The homes of everybody with one of these roles are drawn again. */
export async function homesOf(
  roles: ('admin' | 'supervisor')[],
  { store }: Pick<ReactionDeps, 'store'>,
): Promise<Reaction[]> {
  const homes: Reaction[] = [];
  for (const role of roles)
    for (const { id } of await store.people.activeWithRole(role)) homes.push({ do: 'home', of: id });
  return homes;
}
