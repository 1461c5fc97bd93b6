import { parseArgs } from 'node:util';
import { say } from '#bots/dialogue/say.ts';
import { execute, inStep } from '#core/execute.ts';
import { system } from '#core/people/actor.ts';
import { closeAccess } from '#core/people/close-access.ts';
import { cutAccount } from '#core/people/cut-account.ts';
import type { Person } from '#core/people/person.ts';
import { type Channel, channels } from '#core/roles.ts';
import type { World } from '#core/world.ts';
import { onOffice, Unusable } from './office-command.ts';

const usage = `
  npm run cut -- --account telegram:<id>       a lost phone: this account is nobody's any more, older buttons and waiting messages are void
  npm run cut -- --account slack:<id>
  npm run cut -- --person "Ana Pop"            somebody left: role, buttons, waiting messages, duty, substitutes; open alerts climb at once

  --person takes the number of a person (24 characters), too. Everything counts in every process within seconds.
`;

/** `npm run cut`: cuts a lost account or a leaver, also while no administrator can be reached. */
await onOffice('cut', async ({ world }) => {
  const { person, account } = wishes();
  console.log(`\n${account ? await cutLost(world, account) : await cutPerson(world, person ?? '')}\n`);
});

function wishes(): { person?: string | undefined; account?: string | undefined } {
  try {
    const { values } = parseArgs({ options: { person: { type: 'string' }, account: { type: 'string' } } });
    if (Boolean(values.person) === Boolean(values.account)) throw new Unusable(usage);
    return values;
  } catch {
    throw new Unusable(usage);
  }
}

async function cutLost(world: World, account: string): Promise<string> {
  const [kind, ...rest] = account.split(':');
  const channel = channels.find((one) => one === kind);
  const key = rest.join(':');
  if (!channel || !key) throw new Unusable(usage);
  const person = await world.store.people.withAccount(channel, key);
  if (!person) throw new Unusable('Nobody has this account: it can do nothing already.');
  return cutOff(world, person, channel, key);
}

async function cutOff(world: World, person: Person, channel: Channel, key: string): Promise<string> {
  const cut = await inStep(
    world,
    `cut:${world.newId()}`,
    (step) => execute(step, cutAccount, { actor: system, input: { personId: person.id, channel, key } }),
    true,
  );
  if (cut.is === 'refused') throw new Unusable(say(cut.phrase, 'en'));
  return 'Cut. Buttons and waiting messages of before are void. A new phone gets a new invitation.';
}

async function cutPerson(world: World, named: string): Promise<string> {
  const person = await personNamed(world, named);
  const closed = await inStep(
    world,
    `cut:${world.newId()}`,
    (step) => execute(step, closeAccess, { actor: system, input: { personId: person.id } }),
    true,
  );
  if (closed.is === 'refused') throw new Unusable(say(closed.phrase, 'en'));
  return 'Cut. Open alerts climb now; cases and messages come to a colleague. Look at the duty roster.';
}

async function personNamed({ store }: World, named: string): Promise<Person> {
  const byId = /^[0-9a-f]{24}$/.test(named) ? await store.people.get(named) : undefined;
  const found = byId ? [byId] : (await store.people.named(named)).filter(({ name }) => name === named);
  const there = found.filter(({ status }) => status !== 'left');
  if (there.length === 0) throw new Unusable('Nobody with this name has access. Write it as it stands on file.');
  if (there.length > 1 || !there[0])
    throw new Unusable(
      `Several have this name. Take the number:\n${there.map(({ id, role }) => `  ${id}  ${role}`).join('\n')}`,
    );
  return there[0];
}
