import { randomBytes } from 'node:crypto';
import type { CaseId, PersonId } from '#core/id.ts';
import type { Person } from '#core/people/person.ts';
import type { PersonRole } from '#core/roles.ts';
import { realClock } from '../clock.ts';
import { makeLog } from '../log.ts';
import { masterKeysOf } from '../master-keys.ts';
import { connectMongo } from '../mongo.ts';
import { randomIds } from '../new-id.ts';
import { openSeal } from '../seal.ts';
import { telegramChat } from '../start-chats.ts';
import { type ChatPart, type House, openHouse } from '../start-house.ts';
import { raiseLimits } from '../test/raised-limits.ts';
import type { Chat } from './chat.ts';
import { type Trips, watchTrips } from './trips.ts';

export type BenchServers = { mongodbUri: string; redisUrl: string };

/** An office on Telegram only, with the people the measurements need. */
export type BenchOffice = {
  house: House;
  trips: Trips;
  beneficiaries: number[];
  technicians: number[];
  coordinator: number;
  close(): Promise<void>;
};

/** Pace of a run that does not measure pace: nothing waits for its turn. */
const freePace: ChatPart['pace'] = { perSecond: 100_000, atOnce: 64, kept: 8 };

/** Chat ids: phones are told apart by their hundred thousands. */
export const phones = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, place) => from + place);

type Wishes = { chat: Chat; servers: BenchServers; pace?: ChatPart['pace']; sweepMs?: number; technicians?: number };

/** Opens the office on a database of its own; `close` drops it. Each technician visits one case of the one coordinator. */
export async function openOffice({
  chat,
  servers,
  pace = freePace,
  sweepMs = 500,
  technicians: count = 2,
}: Wishes): Promise<BenchOffice> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const connection = await connectMongo(monitored(servers.mongodbUri), name);
  const trips = watchTrips(connection.getClient());
  const house = await openHouse({
    connection,
    seal: await openSeal(connection, masterKeysOf(randomBytes(32))),
    clock: realClock(),
    newId: randomIds(),
    redisUrl: servers.redisUrl,
    prefix: `{${name}}`,
    sweepMs,
    log: makeLog({ name: 'bench', level: 'error' }),
    chats: async (world) => [
      await telegramChat(
        world,
        { token: chat.token, apiRoot: chat.url, webhook: undefined },
        makeLog({ name: 'bench', level: 'error' }),
        pace,
      ),
    ],
  });
  const first = nextHundredThousand();
  const people = {
    beneficiaries: phones(first, 64),
    technicians: phones(first + 1000, count),
    coordinator: first + 2000,
  };
  await chat.ask({
    do: 'add',
    ids: [...people.beneficiaries, ...people.technicians, people.coordinator],
    language: 'ro',
  });
  await seed(house, people);
  return {
    house,
    trips,
    ...people,
    async close() {
      await house.stop();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

let hundredThousands = 0;
const nextHundredThousand = () => 100_000 * ++hundredThousands;

function monitored(uri: string): string {
  const address = new URL(uri);
  address.searchParams.set('monitorCommands', 'true');
  return address.toString();
}

async function seed(
  { world }: House,
  { beneficiaries, technicians, coordinator }: Pick<BenchOffice, 'beneficiaries' | 'technicians' | 'coordinator'>,
): Promise<void> {
  const { store, newId, clock } = world;
  const decides = personOn(world, 'coordinator', coordinator);
  const visits = technicians.map((chat) => ({ ...personOn(world, 'technician', chat), coordinatorId: decides.id }));
  const served = beneficiaries.map((chat) => personOn(world, 'beneficiary', chat));
  await store.people.insertMany([decides, ...visits, ...served]);
  await store.office.put({ ...(await store.office.get()), lastResort: [decides.id] });
  await raiseLimits(store);
  await store.cases.insertMany(
    visits.map((technician, place) => ({
      id: newId<CaseId>(),
      version: 0,
      number: `C-${place + 11}`,
      placeCode: 'AR-07',
      personId: (served[place % served.length] as Person).id,
      coordinatorId: decides.id,
      technicianIds: [technician.id],
      stage: 'monitoring' as const,
      openedAt: clock.wall(),
    })),
  );
}

/** Somebody whose only chat is this phone. */
function personOn({ newId, clock }: House['world'], role: PersonRole, chat: number): Person {
  const [key, now] = [String(chat), clock.wall()];
  return {
    id: newId<PersonId>(),
    version: 0,
    role,
    name: `Person ${key}`,
    language: 'ro',
    isLanguageChosen: true,
    status: 'active',
    epoch: 1,
    hasStopped: false,
    createdAt: now,
    accounts: [{ channel: 'telegram', key, address: key, linkedAt: now, isDead: false }],
  };
}
