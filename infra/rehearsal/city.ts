import type { House } from '../start-house.ts';
import { deskActs, phoneActs } from './acts.ts';
import { cityNews } from './city-news.ts';
import { type CityWishes, type Run, type Show, settled, startRun } from './city-run.ts';
import { cityIdOf, cityViews } from './city-views.ts';
import type { Clockwork } from './clockwork.ts';
import { cityPeople, cityPerson } from './people.ts';
import type { StandIns } from './stand-ins.ts';
import { troublesOf } from './troubles.ts';
import type { City } from './web.ts';

export type RunningCity = City & {
  house(): House;
  clockwork(): Clockwork;
  standIns(): StandIns;
  settle(): Promise<void>;
  /** The program ends and starts again on the same database, as after an update; the people notice nothing. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** The rehearsal city: the stand-ins of both chats, the real bots on real databases, invented people, a clock that can be moved. */
export async function openCity(wishes: CityWishes): Promise<RunningCity> {
  const news = cityNews();
  const show: Show = {
    phone: (userId) => news.tellSoon('phone', cityIdOf(String(userId)), () => views.phone(userId)),
    desk: (userId) => news.tellSoon('desk', cityIdOf(userId), () => views.desk(userId)),
  };
  let run = await startRun(wishes, show);
  const now = () => run;
  const troubles = troublesOf(() => run.standIns, wishes.servers);
  const views = cityViews(now, troubles);
  const ticker = ticking(async () => {
    await noteDuty(run, show.desk);
    news.tell('inside', await views.inside());
    news.tell('clock', await views.clock());
  }, 500);
  const end = async () => {
    await troubles.clear();
    await run.close();
  };

  return {
    house: () => run.house,
    clockwork: () => run.clockwork,
    standIns: () => run.standIns,
    settle: () => settled(run),
    restart: () => run.restart(),
    state: async () => ({ number: news.number(), ...(await views.all()) }),
    subscribe: news.subscribe,
    phone: phoneActs((id) => run.standIns.telegram.user(Number(cityPerson(id).account))),
    desk: deskActs((id) => run.standIns.slack.user(cityPerson(id).account)),
    clock: clockActs(now),
    trouble: (name, isOn) => troubles.set(name, isOn),
    file: async (kind, id) => fileOf(run, kind, id),
    async reset() {
      await end();
      run = await startRun(wishes, show);
      news.tell('reset', null);
    },
    async stop() {
      ticker.stop();
      await end();
    },
  };
}

/** Time moves when nothing is left to do. */
const clockActs = (run: () => Run): City['clock'] => ({
  next: () => settled(run()).then(() => run().clockwork.next()),
  forward: (minutes) => settled(run()).then(() => run().clockwork.forward(minutes)),
  to: (iso) => settled(run()).then(() => run().clockwork.moveTo(new Date(iso))),
});

function fileOf({ standIns }: Run, kind: 'telegram' | 'slack', id: string): Awaited<ReturnType<City['file']>> {
  if (kind === 'slack') return standIns.slack.file(id) ?? null;
  const file = standIns.telegram.file(id);
  return file ? { bytes: file.bytes, mimetype: file.mimeType ?? 'application/octet-stream' } : null;
}

/** Who is on duty now, by the roster; a change is shown. */
async function noteDuty({ house, names, onDuty }: Run, show: (userId: string) => void): Promise<void> {
  const slots = await house.world.store.duty.at(house.world.clock.wall());
  const now = new Set(
    slots.map(({ personId }) => cityPeople.find(({ shortName }) => shortName === names.get(personId))?.id ?? ''),
  );
  for (const { id, account, place } of cityPeople) {
    if (place !== 'desk' || now.has(id) === onDuty.has(id)) continue;
    if (now.has(id)) onDuty.add(id);
    else onDuty.delete(id);
    show(account);
  }
}

function ticking(work: () => Promise<void>, everyMs: number) {
  let isStopped = false;
  const next = async () => {
    if (isStopped) return;
    await work().catch(() => {});
    setTimeout(next, everyMs).unref();
  };
  void next();
  return {
    stop() {
      isStopped = true;
    },
  };
}
