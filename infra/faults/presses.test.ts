import type { Update } from '@grammyjs/types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signButton } from '#bots/dialogue/buttons.ts';
import { workLane } from '#bots/dialogue/work-mailbox.ts';
import { keepUpdates } from '#bots/telegram/keep-updates.ts';
import { incomingOf } from '#bots/telegram/receive.ts';
import type { Alert } from '#core/alerts/alert.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import type { Person } from '#core/people/person.ts';
import { addMinutes } from '#core/time.ts';
import { openUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
const people: Person[] = [];
beforeAll(async () => {
  u = await openUniverse();
  for (let count = 0; count < 50; count++) people.push(await u.person('coordinator', `Ana ${count}`));
  await u.lastResort(...people.slice(0, 2));
});
afterAll(() => u.close());

const botId = '700100200';
let last = 1000;

/** Everybody presses "Preiau" at the same moment, each on the own card, in the own chat. */
async function allPress({ id, version }: Alert): Promise<void> {
  const updates = people.map(({ accounts, epoch }): Update => {
    const key = accounts[0]?.key ?? '';
    const until = addMinutes(u.clock.wall(), 60_000);
    const from = { id: Number(key), is_bot: false, first_name: 'Ana' };
    const chat = { id: Number(key), type: 'private' as const, first_name: 'Ana' };
    const data = signButton(
      { action: 'alert.take', subject: id, version, epoch },
      `telegram:${key}`,
      until,
      u.world.seal,
    );
    last += 1;
    return {
      update_id: last,
      callback_query: {
        id: String(last),
        from,
        chat_instance: '1',
        data,
        message: { message_id: last, date: 1, chat, from, text: '…' },
      },
    } as Update;
  });
  await keepUpdates(updates, { world: u.world, botId });
  for (let rounds = 0; rounds < 40; rounds++) {
    const lanes = await u.world.store.mailbox.waitingLanes(u.clock.wall());
    if (lanes.length === 0 && (await u.world.store.mailbox.count({ state: 'waiting' })) === 0) return;
    await Promise.all(lanes.map((lane) => workLane({ world: u.world, read, onError: () => {} }, lane)));
    u.clock.forward(0.05);
  }
  throw new Error('presses are left over');
}
const read = (item: { body?: unknown }) =>
  incomingOf(item.body as Update, { botId, botUsername: 'punte', name: 'Punte', seal: u.world.seal } as never);

it('three times fifty people press Preiau at once: one owner, one change, one line; 49 are told who it is (F30) (R13)', async () => {
  for (let time = 0; time < 3; time++) {
    const mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: (people[time] as Person).id });
    const raised = await u.as(mihai, raiseAlert, { level: 'life', observed: { words: '', files: [] } });
    if (raised.is !== 'done') throw new Error('refused');
    const alert = raised.result;
    const before = new Set((await u.world.store.outbox.find({})).map(({ id }) => id));
    await allPress(alert);

    const taken = await u.world.store.alerts.must(alert.id);
    expect([taken.state, taken.version]).toEqual(['taken', alert.version + 1]);
    const owner = people.find(({ id }) => id === taken.ownerId) as Person;
    const lines = (await u.world.store.journal.about(alert.id)).filter(({ type }) => type === 'alert.taken');
    expect(lines).toHaveLength(1);

    const answers = (await u.world.store.outbox.find({})).filter(({ id }) => !before.has(id));
    const told = answers.filter(({ message }) => JSON.stringify(message ?? '').includes('escalation:alreadyTaken'));
    expect(new Set(told.map(({ personId }) => personId)).size).toBe(49);
    expect(told.map(({ personId }) => personId)).not.toContain(owner.id);
    for (const { message } of told) expect(JSON.stringify(message)).toContain(owner.name);
    expect(await u.world.store.mailbox.parked()).toBe(0);
  }
}, 180_000);
