import type { Servers } from '../setup/servers.ts';
import type { Trouble, TroubleName } from './shapes.ts';
import type { StandIns } from './stand-ins.ts';

export type Troubles = {
  list(): Trouble[];
  set(name: TroubleName, isOn: boolean): Promise<void>;
  clear(): Promise<void>;
};

const names: TroubleName[] = ['telegram429', 'slack429', 'telegramSlow', 'slackSlow', 'redisOff', 'databaseOff'];
const anHour = 3_600_000;

/** The switches of the page. They act at the doors of the stand-ins and of the databases, never inside the house. */
export function troublesOf(standIns: () => StandIns, servers: Servers): Troubles {
  const isOn = new Set<TroubleName>();
  const chatsAnew = () => {
    const { telegram, slack } = standIns();
    telegram.faults.clear();
    slack.faults.lift();
    if (isOn.has('telegram429')) telegram.faults.rateLimit({ retryAfter: 5, until: Date.now() + anHour });
    if (isOn.has('slack429')) slack.faults.rateLimit({ retryAfter: 5, until: Date.now() + anHour });
    telegram.faults.slow(isOn.has('telegramSlow') ? 2500 : 0);
    slack.faults.slow(isOn.has('slackSlow') ? 2500 : 0);
  };
  const act: Partial<Record<TroubleName, (on: boolean) => Promise<void> | undefined>> = {
    redisOff: (on) => (on ? servers.redis?.stop() : servers.redis?.start()),
    databaseOff: (on) => (on ? servers.mongo?.pause() : servers.mongo?.resume()),
  };
  const set = async (name: TroubleName, on: boolean): Promise<void> => {
    if (isOn.has(name) === on) return;
    if (on) isOn.add(name);
    else isOn.delete(name);
    const server = act[name];
    if (server) await server(on);
    else chatsAnew();
  };
  return {
    set,
    list: () =>
      names.map((name) => ({
        name,
        isOn: isOn.has(name),
        saysKey: isOn.has(name) ? `says.${name}` : null,
        says: { seconds: name.endsWith('429') ? 5 : 2.5 },
      })),
    async clear() {
      for (const name of [...isOn]) await set(name, false);
    },
  };
}
