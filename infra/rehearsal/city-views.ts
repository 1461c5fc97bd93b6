import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from './city-run.ts';
import { clockOf, insideOf, insideUnreachable } from './inside.ts';
import { cityPeople } from './people.ts';
import type { CityState, ClockState, DeskState, InsideState, PhoneState } from './shapes.ts';
import type { Troubles } from './troubles.ts';

/** What the page shows of the run that is on now: phones, desks, the inside, the clock. */
export function cityViews(run: () => Run, troubles: Troubles) {
  const phone = (userId: number): PhoneState => run().standIns.telegram.user(userId).state();
  const desk = (userId: string): DeskState => deskOf(run(), userId);
  const inside = async (): Promise<InsideState> => {
    const list = troubles.list();
    if (list.some(({ name, isOn }) => name === 'databaseOff' && isOn)) return insideUnreachable(list);
    return insideOf(run().house, list, run().names).catch(() => insideUnreachable(list));
  };
  const clock = (): Promise<ClockState> => clockOf(run().house.world, run().clockwork.isMoving(), run().names);
  const at = (place: 'phone' | 'desk') => cityPeople.filter((person) => person.place === place);
  return {
    phone,
    desk,
    inside,
    clock,
    async all(): Promise<Omit<CityState, 'number'>> {
      return {
        starting: [],
        people: cityPeople,
        phones: Object.fromEntries(at('phone').map(({ id, account }) => [id, phone(Number(account))])),
        desks: Object.fromEntries(at('desk').map(({ id, account }) => [id, desk(account)])),
        inside: await inside(),
        clock: await clock(),
      };
    },
  };
}

/** What Slack shows, with what a colleague at the next desk would know. */
function deskOf({ standIns, onDuty }: Run, userId: string): DeskState {
  const person = standIns.slack.user(userId);
  const { lastProblem: problem } = person;
  return {
    ...person.state(),
    isOnDuty: onDuty.has(cityIdOf(userId)),
    shortcuts,
    problem: problem && { at: new Date(problem.at).toISOString(), text: problem.says },
  };
}

/** The city name of an account of either chat. */
export const cityIdOf = (account: string): string =>
  cityPeople.find((person) => person.account === account)?.id ?? account;

/** Message shortcuts of the app's manifest. */
const shortcuts = readManifest().features.shortcuts.map(({ callback_id: callbackId, name }) => ({ callbackId, name }));

function readManifest(): { features: { shortcuts: { callback_id: string; name: string }[] } } {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'bots', 'slack', 'manifest.json'), 'utf8'));
}
