import { cityPeople } from './people.ts';
import { cityBegins } from './seed.ts';
import type { CityState, DeskState, PhoneState } from './shapes.ts';
import type { City } from './web.ts';
import type { CityEvent } from './web-actions.ts';

type Part = CityState['starting'][number]['name'];

/** The city before it is there: the page is served at once, shows what is being started, and hands over when it stands. */
export function wakingCity() {
  const parts: Part[] = ['database', 'redis', 'people', 'telegram', 'slack'];
  const done = new Set<Part>();
  const listeners = new Map<(event: CityEvent) => void, () => void>();
  let real: City | undefined;
  let number = 0;

  const starting = () => parts.map((name) => ({ name, isDone: done.has(name) }));
  const tell = (event: Omit<CityEvent, 'number'>) => {
    number += 1;
    for (const listener of listeners.keys()) listener({ ...event, number });
  };
  const whenThere = <K extends 'phone' | 'desk' | 'clock'>(part: K): City[K] =>
    new Proxy({} as City[K], {
      get:
        (_, act) =>
        (...given: unknown[]) =>
          (real?.[part] as Record<PropertyKey, ((...given: unknown[]) => unknown) | undefined> | undefined)?.[act]?.(
            ...given,
          ),
    });

  const city: City = {
    state: async () => real?.state() ?? asleep(number, starting()),
    subscribe(listener) {
      listeners.set(listener, real?.subscribe(listener) ?? (() => {}));
      return () => {
        listeners.get(listener)?.();
        listeners.delete(listener);
      };
    },
    phone: whenThere('phone'),
    desk: whenThere('desk'),
    clock: whenThere('clock'),
    trouble: (name, isOn) => real?.trouble(name, isOn),
    reset: () => real?.reset(),
    file: async (kind, id) => real?.file(kind, id) ?? null,
  };
  return {
    city,
    isDone(...names: Part[]) {
      for (const name of names) done.add(name);
      tell({ name: 'starting', state: starting() });
    },
    /** From now on the page sees the real one. */
    handOver(to: City) {
      real = to;
      tell({ name: 'reset', state: null });
      for (const listener of listeners.keys()) listeners.set(listener, to.subscribe(listener));
    },
  };
}

function asleep(number: number, starting: CityState['starting']): CityState {
  const at = cityBegins.toISOString();
  const phones = cityPeople.filter(({ place }) => place === 'phone').map(({ id }) => [id, sleepingPhone(id)]);
  const desks = cityPeople
    .filter(({ place }) => place === 'desk')
    .map(({ id, account }) => [id, sleepingDesk(id, account)]);
  return {
    number,
    starting,
    people: cityPeople,
    phones: Object.fromEntries(phones),
    desks: Object.fromEntries(desks),
    inside: {
      isReachable: false,
      troubles: [],
      outbox: { pending: 0, attempting: 0, sent: 0, not_sent: 0, unknown: 0, refused: 0, last: [] },
      timers: { total: 0, next: [] },
      told: [],
      journal: [],
    },
    clock: { at, wall: at, next: null, today: [], isMoving: false },
  };
}

const sleepingPhone = (personId: string): PhoneState => ({
  personId,
  online: true,
  hasBlockedBot: false,
  hasStarted: true,
  bot: { name: 'Місток · Punte', shortDescription: '', description: '' },
  isTyping: false,
  messages: [],
  homeKeys: null,
  toast: null,
  unread: 0,
  lockScreen: null,
});

const sleepingDesk = (personId: string, userId: string): DeskState => ({
  personId,
  userId,
  online: true,
  team: { name: 'DAS Arad' },
  channels: [],
  messages: {},
  home: null,
  homeBadge: 0,
  modals: [],
  users: {},
  unread: 0,
});
