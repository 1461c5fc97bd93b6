import { phrase, when } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import type { OfficeEvents } from './office-events.ts';

/** What is missing stands on the administrators' home. */
export const officeReactions: Reactions<OfficeEvents> = {
  'office.introduced': (_event, deps) => homesOf(['admin'], deps),
  'office.held': () => [],
  'office.prepared': () => [],
  'office.holdSigned': () => [],
  'office.released': ({ lostSince }, deps) => (lostSince ? tellStaffWhatIsLost(new Date(lostSince), deps) : []),
  'office.buttonsVoided': () => [],
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

/** Everybody on staff hears since when something is missing, and sees their page with buttons that count. */
async function tellStaffWhatIsLost(since: Date, { store }: ReactionDeps): Promise<Reaction[]> {
  const message = { lines: [phrase('setup:notice.restored', { when: when(since) })] };
  return (await store.people.staff()).flatMap(({ id }): Reaction[] => [
    { do: 'tell', to: id, message, lane: 'waiting' },
    { do: 'home', of: id },
  ]);
}
