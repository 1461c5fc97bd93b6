import { setTimeout as sleep } from 'node:timers/promises';
import { newRow } from '#core/delivery/carry-out.ts';
import { inStep } from '#core/execute.ts';
import { phrase } from '#core/phrase.ts';
import { openBareBot } from './bare.ts';
import { type Act, type Chat, openChat } from './chat.ts';
import { cpuWatch, ms, percentile, ratio, spread } from './figures.ts';
import { type BenchOffice, type BenchServers, openOffice, phones } from './office.ts';
import { listed, type Trip, untilCommit, untilSent } from './trips.ts';

export type BenchWishes = {
  servers: BenchServers;
  mongodPid?: number | undefined;
  isQuick: boolean;
  say: (line: string) => void;
};

/** Counts that make a run: the whole one takes about two minutes, the quick one some seconds. */
const sizes = {
  whole: { alone: 300, lanes: 16, perLane: 60, broadcast: 5000, alerts: 40, perSecond: 250 },
  quick: { alone: 20, lanes: 16, perLane: 4, broadcast: 150, alerts: 3, perSecond: 250 },
};
type Size = (typeof sizes)['whole'];

const start: Act = { says: '/start' };
const words: Act = { says: 'Copilul spune că îi este frică să meargă acasă.' };
const alertActs: Act[] = [{ says: '🚨 Alertă' }, { taps: 'Abuz' }, { taps: 'C-' }];
const earlierActs: Act[] = [{ says: '🚨 Alertă' }, { taps: 'Viață' }, { taps: 'C-' }];

/** Measures everything, one part after another, and says each figure in a line. Gives the trips until sent, for tests. */
export async function bench({
  servers,
  mongodPid,
  isQuick,
  say,
}: BenchWishes): Promise<{ talking: Trip[]; writing: Trip[] }> {
  const size = isQuick ? sizes.quick : sizes.whole;
  const chat = await openChat();
  try {
    const trips = await countTrips(chat, servers, say);
    const ours = await ourBot({ chat, servers, mongodPid, size, say });
    await bareBot({ chat, servers, mongodPid, size, say }, ours);
    await underBroadcast(chat, servers, size, say);
    return trips;
  } finally {
    chat.close();
  }
}

/** Whatever else the process does meanwhile (leases, looks each second) only adds: the fewest of so many runs are the step's own. */
const tripRuns = 6;

/** (a) Without sweeps in between: what one step asks of the database. */
async function countTrips(chat: Chat, servers: BenchServers, say: BenchWishes['say']) {
  const office = await openOffice({ chat, servers, sweepMs: 600_000, technicians: tripRuns + 1 });
  try {
    const { trips, beneficiaries, technicians } = office;
    const act = (ids: number[], acts: Act[]) => chat.ask({ do: 'talk', ids, acts, atOnce: 1 });
    await act(beneficiaries.slice(0, 3), [start]);
    await act(technicians.slice(0, 1), [...alertActs, words]);
    const talking = await fewest(() => trips.of(() => act(beneficiaries.slice(0, 1), [start])));
    const raisers = technicians.slice(1);
    const writing = await fewest(async () => {
      const raiser = raisers.splice(0, 1);
      // An earlier alert on the case: the first words about anybody make a key for them, once (`infra/keyring.ts`).
      await act(raiser, [...earlierActs, words]);
      await act(raiser, alertActs);
      return trips.of(() => act(raiser, [words]));
    });
    tellTrips('a step that answers (/start)', talking, say);
    tellTrips('a step that writes (an alert is raised)', writing, say);
    return { talking: untilSent(talking), writing: untilSent(writing) };
  } finally {
    await office.close();
  }
}

async function fewest(count: () => Promise<Trip[]>): Promise<Trip[]> {
  const counted: Trip[][] = [];
  for (let run = 0; run < tripRuns; run++) counted.push(await count());
  return counted.reduce((least, one) => (untilSent(one).length < untilSent(least).length ? one : least));
}

function tellTrips(what: string, trips: Trip[], say: BenchWishes['say']): void {
  say(
    `Trips to MongoDB, ${what}: ${untilSent(trips).length} from mailbox insert to sent, ${untilCommit(trips).length} of them until the commit; ${trips.length} in all`,
  );
  say(`    ${listed(trips)}`);
}

type Part = { chat: Chat; servers: BenchServers; mongodPid: number | undefined; size: Size; say: BenchWishes['say'] };
type Measured = { alone: number[]; perSecond: number; node: number };

/** (b) and (c): one phone at a time, then sixteen at once. */
async function ourBot(part: Part): Promise<Measured> {
  const office = await openOffice(part);
  try {
    return await measure(part, office.beneficiaries, 'Punte');
  } finally {
    await office.close();
  }
}

async function measure({ chat, mongodPid, size, say }: Part, ids: number[], who: string): Promise<Measured> {
  const times = (count: number) => Array.from({ length: count }, () => start);
  await chat.ask({ do: 'talk', ids, acts: times(2), atOnce: 4 });
  const alone = await chat.ask({ do: 'talk', ids: ids.slice(0, 1), acts: times(size.alone), atOnce: 1 });
  say(`${who}, one phone at a time, update to accepted answer: ${spread(alone)}`);
  const cpu = cpuWatch(mongodPid);
  const at = performance.now();
  const took = await chat.ask({
    do: 'talk',
    ids: ids.slice(0, size.lanes),
    acts: times(size.perLane),
    atOnce: size.lanes,
  });
  const perSecond = (took.length / (performance.now() - at)) * 1000;
  const used = cpu();
  const node = used.node / took.length;
  const mongod = used.mongod === undefined ? '' : `, mongod ${ms(used.mongod / took.length)}`;
  say(
    `${who}, ${size.lanes} phones at once: ${perSecond.toFixed(0)} answers/s, ${spread(took)}, CPU a step: Node ${ms(node)}${mongod}`,
  );
  return { alone, perSecond, node };
}

/** (d) The bare bot in the same run, and ours as ratios to it. */
async function bareBot(part: Part, ours: Measured): Promise<void> {
  const ids = phones(9_000_000, part.size.lanes);
  await part.chat.ask({ do: 'add', ids, language: 'ro' });
  const bot = await openBareBot(part.chat, part.servers.mongodbUri);
  const bare = await measure(part, ids, 'Bare bot (grammY, one insert, a reply)').finally(() => bot.stop());
  const at = (share: number) => ratio(percentile(ours.alone, share), percentile(bare.alone, share));
  part.say(
    `Punte against the bare bot: p50 ${at(0.5)}, p99 ${at(0.99)}, CPU of Node ${ratio(ours.node, bare.node)}, answers/s ${ratio(ours.perSecond, bare.perSecond)}`,
  );
}

/** (e) An alert has its way while thousands of routine messages go out. */
async function underBroadcast(chat: Chat, servers: BenchServers, size: Size, say: BenchWishes['say']): Promise<void> {
  const pace = { perSecond: size.perSecond, atOnce: 24, kept: 8 };
  const office = await openOffice({ chat, servers, pace, technicians: size.alerts });
  const readers = phones(5_000_000, size.broadcast);
  await chat.ask({ do: 'add', ids: readers, language: 'uk' });
  try {
    const at = performance.now();
    await broadcast(office, readers);
    const gone = allGone(chat, readers, at);
    const took = await alertsAfter(office, chat);
    const duringMs = performance.now() - at;
    const seconds = await gone;
    say(
      `Alert to the coordinator's phone while ${readers.length} routine messages go out: ${spread(took)}; pace ${size.perSecond}/s, the alerts took ${(duringMs / 1000).toFixed(1)} s`,
    );
    say(`The broadcast was through after ${seconds.toFixed(1)} s: ${(readers.length / seconds).toFixed(0)} messages/s`);
  } finally {
    await office.close();
  }
}

const aStep = 500;

/** Routine rows for all readers, some hundred in a step. */
async function broadcast({ house }: BenchOffice, readers: number[]): Promise<void> {
  for (let from = 0; from < readers.length; from += aStep) {
    await inStep(house.world, `broadcast-${from}`, async ({ tray, deps }) => {
      for (const key of readers.slice(from, from + aStep).map(String))
        tray.rows.push(
          newRow(deps, { channel: 'telegram', key, address: key, language: 'uk', epoch: 0 }, 'routine', {
            message: { lines: [phrase('general:saved')] },
          }),
        );
    });
  }
}

/** Milliseconds from the technician's last word to the coordinator's phone, one alert after another. */
async function alertsAfter({ technicians, coordinator }: BenchOffice, chat: Chat): Promise<number[]> {
  const took: number[] = [];
  for (const technician of technicians) {
    await chat.ask({ do: 'talk', ids: [technician], acts: alertActs, atOnce: 1 });
    took.push(...(await chat.ask({ do: 'talk', ids: [technician], acts: [words], atOnce: 1, hearer: coordinator })));
  }
  return took;
}

/** Seconds until each reader has the message. */
async function allGone(chat: Chat, readers: number[], from: number): Promise<number> {
  for (;;) {
    if ((await chat.ask({ do: 'count', ids: readers })).every((posts) => posts > 0))
      return (performance.now() - from) / 1000;
    await sleep(100);
  }
}
