import type { CaseId, DutyId, PersonId } from '#core/id.ts';
import type { Person } from '#core/people/person.ts';
import type { Channel, PersonRole } from '#core/roles.ts';
import type { Store } from '#core/store.ts';
import { randomIds } from '../../new-id.ts';
import type { SlackStandIn } from '../../rehearsal/slack/stand-in.ts';
import type { TelegramStandIn } from '../../rehearsal/telegram/stand-in.ts';
import { raiseLimits } from '../../test/raised-limits.ts';
import type { Canaries } from './canary.ts';

/** Somebody in a scene, with the account they use. */
export type Figure = { person: Person; account: string };

/** Everybody of a scene: staff who can be rung, and beneficiaries with a case each. */
export type Cast = {
  coordinator: Figure;
  duty: Figure;
  supervisor: Figure;
  technician: Figure;
  beneficiaries: Figure[];
};

type Place = {
  store: Store;
  now: Date;
  telegram: TelegramStandIn;
  slack: SlackStandIn | undefined;
  canaries: Canaries;
};

const newId = randomIds();

/** Puts people on file and into the chats; coordinators sit in Slack where there is one. Their names, phones and accounts are canaries. */
export async function castScene(count: number, place: Place): Promise<Cast> {
  const { store, now, slack } = place;
  const desk: Channel = slack ? 'slack' : 'telegram';
  const coordinator = await enter('coordinator', 'Kanarka Koordynator', 1, desk, place);
  const duty = await enter('coordinator', 'Kanarka Cherhovyi', 2, desk, place);
  const supervisor = await enter('supervisor', 'Kanarka Supervizor', 3, 'telegram', place);
  const coordinatorId = coordinator.person.id;
  const technician = await enter('technician', 'Kanarka Tehnician', 4, 'telegram', place, { coordinatorId });
  const beneficiaries: Figure[] = [];
  for (let number = 0; number < count; number++) {
    const one = await enter('beneficiary', `Канарейка${number} Потерпіла${number}`, 100 + number, 'telegram', place);
    await openCase(one.person, coordinator.person, technician.person, number, place);
    beneficiaries.push(one);
  }
  const from = new Date(now.getTime() - 3_600_000);
  const to = new Date(now.getTime() + 60 * 24 * 3_600_000);
  await store.duty.insert({ id: newId<DutyId>(), version: 0, personId: duty.person.id, from, to });
  const lastResort = [supervisor.person.id, duty.person.id];
  await store.office.put({ ...(await store.office.get()), lastResort });
  await raiseLimits(store);
  return { coordinator, duty, supervisor, technician, beneficiaries };
}

async function enter(
  role: PersonRole,
  name: string,
  number: number,
  channel: Channel,
  { store, now, telegram, slack, canaries }: Place,
  more: Partial<Person> = {},
): Promise<Figure> {
  const account = channel === 'telegram' ? String(918_273_000 + number) : `U0KANARKA${number}`;
  const [firstName = name, lastName = ''] = name.split(' ');
  if (channel === 'telegram')
    telegram.addUser({ id: Number(account), firstName, lastName, languageCode: 'uk', hasStarted: true });
  else slack?.addUser({ id: account, personId: account, name: firstName, realName: name, locale: 'ro-RO' });
  const phone = `+40740${918_000 + number}`;
  canaries.add(account, name, phone, lastName.length > 5 ? lastName : name);
  const person: Person = {
    id: newId<PersonId>(),
    version: 0,
    role,
    name,
    phone,
    language: role === 'beneficiary' ? 'uk' : 'ro',
    isLanguageChosen: true,
    status: 'active',
    accounts: [{ channel, key: account, address: account, linkedAt: now, isDead: false }],
    epoch: 1,
    hasStopped: false,
    createdAt: now,
    ...more,
  };
  await store.people.insert(person);
  return { person, account };
}

const openCase = (of: Person, coordinator: Person, technician: Person, number: number, { store, now }: Place) =>
  store.cases.insert({
    id: newId<CaseId>(),
    version: 0,
    number: `C-${1000 + number}`,
    placeCode: 'AR-07',
    personId: of.id,
    coordinatorId: coordinator.id,
    technicianIds: [technician.id],
    stage: 'monitoring',
    openedAt: now,
  });
