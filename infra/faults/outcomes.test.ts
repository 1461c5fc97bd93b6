import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import type { Lane, OutboxRow } from '#core/delivery/outbox.ts';
import type { Delivery, Sent } from '#core/delivery/sending.ts';
import { closeAccess } from '#core/people/close-access.ts';
import type { Person } from '#core/people/person.ts';
import { phrase } from '#core/phrase.ts';
import type { Delivering } from '#jobs/deliver.ts';
import { dispatcher } from '#jobs/dispatch.ts';
import { runDue } from '#jobs/timers.ts';
import { openFreshUniverse, type Universe } from '../test/universe.ts';

type Posted = { messageId: string; chatId: string };
/** Answers are for new messages to addresses that hold `aim`; everything else is taken. */
type Bot = {
  answers: Sent[];
  aim: string;
  sent: Delivery[];
  posted: Posted | undefined | 'away';
  shut: string[];
  work: Delivering;
};

let u: Universe;
let telegram: Bot;
let slack: Bot;
let mihai: Person;
let ioana: Person;
let andrei: Person;
const pace = { perSecond: 1000, atOnce: 20, kept: 4 };

beforeEach(async () => {
  u = await openFreshUniverse();
  telegram = bot('telegram');
  slack = bot('slack');
  const both = (key: string) => ({
    accounts: (['telegram', 'slack'] as const).map((channel) => ({
      channel,
      key: `${channel}-${key}`,
      address: `${channel}-${key}`,
      linkedAt: u.clock.wall(),
      isDead: false,
    })),
  });
  ioana = await u.person('coordinator', 'Ioana Marin', both('ioana'));
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  await u.onDuty(andrei);
  await u.lastResort(ioana, andrei);
});
afterEach(() => u.close());

function bot(channel: 'telegram' | 'slack'): Bot {
  const self: Bot = { answers: [], aim: '', sent: [], posted: undefined, shut: [], work: {} as Delivering };
  self.work = {
    world: u.world,
    channel,
    async send(delivery) {
      self.sent.push(delivery);
      const isMeant = delivery.method === 'send' && delivery.address.includes(self.aim);
      return (
        (isMeant ? self.answers.shift() : undefined) ?? {
          is: 'sent',
          messageId: String(self.sent.length),
          chatId: delivery.address,
        }
      );
    },
    onBotShut: (why) => void self.shut.push(why),
    onError: () => undefined,
    ...(channel === 'slack'
      ? {
          findPosted: async () => {
            if (self.posted === 'away') throw new Error('away');
            return self.posted ? [self.posted] : [];
          },
        }
      : {}),
  };
  return self;
}

/** Lets seconds pass; each bot sweeps as often as it would. A fresh dispatcher each time: nothing is remembered in a process. */
async function pass(seconds: number): Promise<void> {
  for (let done = 0; done <= seconds; done++) {
    if (done > 0) u.clock.forward(1 / 60);
    await runDue({ world: u.world, onDue: {}, outside: {}, onError: () => {} });
    for (let round = 0; round < 3; round++) {
      const [first, second] = [await swept(telegram), await swept(slack)];
      if (first + second === 0) break;
    }
  }
}
async function swept({ work }: Bot): Promise<number> {
  const one = dispatcher(work, pace);
  const started = await one.sweep();
  await one.rest();
  return started;
}
async function message(to: Person, lane: Lane, channel = 'telegram'): Promise<OutboxRow> {
  const account = to.accounts.find((one) => one.channel === channel);
  if (!account) throw new Error(channel);
  const deps = { store: u.world.store, settings: await u.world.settings(), now: u.clock.wall(), newId: u.world.newId };
  const row = newRow(deps, { ...account, language: 'ro', personId: to.id, epoch: to.epoch }, lane, {
    message: { lines: [phrase('errors:kept')] },
  });
  await u.world.store.outbox.insert(row);
  return row;
}
async function alert(level: 'life' | 'abuse' | 'urgent' = 'abuse'): Promise<string> {
  const raised = await u.as(mihai, raiseAlert, { level, observed: { words: 'Vânătăi.', files: [] } });
  if (raised.is !== 'done') throw new Error('refused');
  return raised.result.id;
}
const now = async ({ id }: { id: string }) => u.world.store.outbox.must(id);
const ringsTo = (one: Bot, id: string) =>
  one.sent
    .filter((delivery) => delivery.method === 'send' && delivery.message.facts)
    .filter(({ address }) => address.includes(id));
function aim(one: Bot, address: string, ...answers: Sent[]): void {
  Object.assign(one, { aim: address, answers });
}
const addressOf = ({ accounts }: Person) => accounts[0]?.address ?? '';

describe('no byte went out: not sent [delivery 4]', () => {
  const refused: Sent = { is: 'not_sent', why: 'no connection' };

  it('again after 1, 2, 5, 15, 60 seconds', async () => {
    const row = await message(mihai, 'routine');
    telegram.answers = Array.from({ length: 20 }, () => refused);
    const at: number[] = [];
    for (let second = 0; second < 90; second++) {
      const before = telegram.sent.length;
      await pass(second === 0 ? 0 : 1);
      if (telegram.sent.length > before) at.push(second);
    }
    expect(at).toEqual([0, 1, 3, 8, 23, 83]);
    expect(await now(row)).toMatchObject({ state: 'not_sent' });
  }, 30_000);

  it('an urgent message takes the other chat as well after 15 seconds (F18)', async () => {
    slack.answers = Array.from({ length: 20 }, () => refused);
    const id = await alert();
    await pass(14);
    expect(ringsTo(telegram, 'ioana')).toHaveLength(0);
    await pass(2);
    expect(ringsTo(telegram, 'ioana')).toHaveLength(1);
    await pass(20);
    expect(ringsTo(telegram, 'ioana')).toHaveLength(1);
    expect((await u.world.store.alerts.must(id)).step).toBe(0);
  });

  it('with no other chat the next person is told after 15 seconds', async () => {
    telegram.answers = [];
    slack.answers = Array.from({ length: 20 }, () => refused);
    await u.world.store.people.save({
      ...ioana,
      accounts: ioana.accounts.filter(({ channel }) => channel === 'slack'),
    });
    await alert();
    await pass(16);
    expect(ringsTo(telegram, addressOf(andrei))).toHaveLength(1);
  });

  it('what could not be put together was surely not sent', async () => {
    const row = await message(mihai, 'routine');
    const { get } = u.world.store.people;
    u.world.store.people.get = async () => {
      throw new Error('the database is away');
    };
    await pass(0);
    u.world.store.people.get = get;
    expect(await now(row)).toMatchObject({ state: 'not_sent', outcome: 'cannot be prepared' });
    await pass(2);
    expect(await now(row)).toMatchObject({ state: 'sent' });
  });
});

describe('too many requests: a gate [delivery 4]', () => {
  it('closes the chat for every row and every later process, and opens (F17)', async () => {
    const first = await message(mihai, 'routine');
    telegram.answers = [{ is: 'not_sent', why: '429', retryAfterSeconds: 2 }];
    await pass(0);
    const second = await message(mihai, 'routine');
    await pass(1);
    expect(telegram.sent).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await pass(3);
    expect(telegram.sent).toHaveLength(3);
    expect([await now(first), await now(second)]).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
  });

  it('two chats refused close the bot; the danger goes first when it opens', async () => {
    await message(mihai, 'routine');
    await message(andrei, 'routine');
    telegram.answers = [
      { is: 'not_sent', why: '429', retryAfterSeconds: 4 },
      { is: 'not_sent', why: '429', retryAfterSeconds: 4 },
    ];
    await pass(0);
    const carmen = await u.person('supervisor', 'Carmen Vlad');
    await message(carmen, 'routine');
    const danger = await message(carmen, 'danger');
    await pass(0);
    expect(telegram.sent).toHaveLength(2);
    const goesOn = async () => {
      await pass(0);
      return telegram.sent.length;
    };
    await expect.poll(goesOn, { timeout: 15_000, interval: 100 }).toBeGreaterThan(2);
    expect(telegram.sent[2]?.rowId).toBe(danger.id);
  });

  it('an urgent row does not wait long at a gate: the other chat gets it', async () => {
    slack.answers = [{ is: 'not_sent', why: 'ratelimited', retryAfterSeconds: 300 }];
    await alert();
    await pass(1);
    expect(ringsTo(telegram, 'ioana')).toHaveLength(1);
  });
});

describe('the chat refuses [delivery 4]', () => {
  const dead: Sent = { is: 'refused', why: '403', isAddressDead: true };

  it('a blocked bot: the chat is dead, the other chat at once, the next word revives it (F19)', async () => {
    slack.answers = [dead];
    await alert();
    await pass(0);
    expect(ringsTo(telegram, 'ioana')).toHaveLength(1);
    const { accounts } = await u.world.store.people.must(ioana.id);
    expect(accounts.map(({ channel, isDead }) => [channel, isDead])).toEqual([
      ['telegram', false],
      ['slack', true],
    ]);
  });

  it('no chat left: the next person at once, and whoever answers for them is told (F19)', async () => {
    slack.answers = [dead];
    const first = await alert();
    aim(telegram, 'ioana', dead);
    await pass(0);
    expect(ringsTo(telegram, addressOf(andrei))).toHaveLength(1);
    expect((await u.world.store.alerts.must(first)).toldIds).toContain(andrei.id);
  });

  it('a technician who cannot be reached: the coordinator is told once', async () => {
    await message(mihai, 'routine');
    await message(mihai, 'routine');
    telegram.answers = [dead, dead];
    await pass(1);
    const told = (await u.world.store.outbox.find({ personId: ioana.id })).filter(({ message: said }) =>
      JSON.stringify(said ?? {}).includes('staffUnreachable'),
    );
    expect(told).toHaveLength(1);
  });

  it('a refused edit rings nobody', async () => {
    const id = await alert();
    await pass(0);
    const { send } = slack.work;
    slack.work.send = (delivery) => (delivery.method === 'edit' ? Promise.resolve(dead) : send(delivery));
    const row = (await u.world.store.outbox.find({ subject: id, card: 'alert', method: 'send' }))[0] as OutboxRow;
    await u.world.store.outbox.insert({
      ...row,
      id: 'edit-x',
      method: 'edit',
      target: row.id,
      state: 'pending',
      version: 0,
      attempts: 0,
    });
    await pass(0);
    expect((await u.world.store.alerts.must(id)).toldIds).toEqual([ioana.id]);
  });

  it('a chat that moved: the new address everywhere, the same row again (F20)', async () => {
    const [first, second] = [await message(mihai, 'routine'), await message(mihai, 'digest')];
    telegram.answers = [{ is: 'refused', why: '400', movedTo: '-100777' }];
    await pass(1);
    const [refused, ...again] = telegram.sent.map(({ rowId, address }) => [rowId, address]);
    expect(refused).toEqual([first.id, addressOf(mihai)]);
    expect(again.sort()).toEqual(
      [
        [first.id, '-100777'],
        [second.id, '-100777'],
      ].sort(),
    );
    expect(addressOf(await u.world.store.people.must(mihai.id))).toBe('-100777');
  });

  it('a revoked token: nothing is lost, somebody hears of it, the urgent goes by the other bot (F34)', async () => {
    const shut: Sent = { is: 'refused', why: 'invalid_auth', isBotShut: true };
    slack.answers = Array.from({ length: 5 }, () => shut);
    const row = await message(ioana, 'routine', 'slack');
    await alert();
    await pass(1);
    expect(slack.shut).toContain('invalid_auth');
    expect(ringsTo(telegram, 'ioana')).toHaveLength(1);
    expect(await now(row)).toMatchObject({ state: 'not_sent' });
    slack.answers = [];
    await pass(61);
    expect(await now(row)).toMatchObject({ state: 'sent' });
  });

  it('an alert that cannot be put into words goes to the next person', async () => {
    slack.answers = [{ is: 'refused', why: 'cannot be drawn' }];
    aim(telegram, 'ioana', { is: 'refused', why: 'cannot be drawn' });
    await alert();
    await pass(0);
    expect(ringsTo(telegram, addressOf(andrei))).toHaveLength(1);
  });

  it('an owner who cannot even be asked does not have the alert any more', async () => {
    const id = await alert('life');
    await pass(0);
    await u.as(ioana, takeAlert, { alertId: id as never });
    aim(slack, 'ioana', dead);
    aim(telegram, 'ioana', dead);
    u.clock.forward(10);
    await pass(1);
    expect((await u.world.store.alerts.must(id)).state).toBe('open');
    expect(ringsTo(telegram, addressOf(andrei)).length).toBeGreaterThan(0);
  });
});

describe('bytes went out and no answer came: unknown [delivery 4]', () => {
  const unknown: Sent = { is: 'unknown', why: 'no answer' };

  it('Telegram, routine: never again, and recorded', async () => {
    const row = await message(mihai, 'routine');
    telegram.answers = [unknown];
    await pass(60);
    expect(telegram.sent).toHaveLength(1);
    expect(await now(row)).toMatchObject({ state: 'unknown' });
  });

  it('Telegram, urgent: once more, marked; then another way; never a third copy', async () => {
    await u.world.store.people.save({
      ...ioana,
      accounts: ioana.accounts.filter(({ channel }) => channel === 'telegram'),
    });
    await alert();
    aim(telegram, 'ioana', unknown, unknown);
    await pass(40);
    expect(ringsTo(telegram, 'ioana').map(({ isMarked }) => isMarked)).toEqual([false, true]);
    expect(ringsTo(telegram, addressOf(andrei))).toHaveLength(1);
  });

  it('Slack, found by its own id: sent, not repeated', async () => {
    const row = await message(ioana, 'routine', 'slack');
    slack.answers = [unknown];
    slack.posted = { messageId: '1.1', chatId: 'D1' };
    await pass(0);
    expect(await now(row)).toMatchObject({ state: 'unknown' });
    await pass(3);
    expect(await now(row)).toMatchObject({ state: 'sent', messageId: '1.1' });
    expect(slack.sent).toHaveLength(1);
  });

  it('Slack, routine, absent after 30 seconds: it was not sent, and goes again', async () => {
    const row = await message(ioana, 'routine', 'slack');
    slack.answers = [unknown];
    await pass(29);
    expect(slack.sent).toHaveLength(1);
    await pass(3);
    expect(await now(row)).toMatchObject({ state: 'sent' });
    expect(slack.sent).toHaveLength(2);
  });

  it('Slack, routine, while Slack cannot be asked: it waits for the answer', async () => {
    const row = await message(ioana, 'routine', 'slack');
    slack.answers = [unknown];
    slack.posted = 'away';
    await pass(60);
    expect(await now(row)).toMatchObject({ state: 'unknown' });
    slack.posted = { messageId: '1.1', chatId: 'D1' };
    await pass(25);
    expect(await now(row)).toMatchObject({ state: 'sent' });
  });

  it('Slack, urgent, absent at 2 seconds: once more, marked; then the other chat', async () => {
    slack.answers = [unknown, unknown];
    await alert();
    await pass(3);
    expect(ringsTo(slack, 'ioana').map(({ isMarked }) => isMarked)).toEqual([false, true]);
    await pass(3);
    expect(ringsTo(telegram, 'ioana')).toHaveLength(1);
  });

  it('an edit without an answer is simply made again', async () => {
    const row = await message(ioana, 'waiting', 'slack');
    await pass(0);
    const edit = {
      ...(await now(row)),
      id: 'edit-1',
      method: 'edit' as const,
      state: 'pending' as const,
      target: row.id,
      version: 0,
      attempts: 0,
    };
    await u.world.store.outbox.insert(edit);
    const { send } = slack.work;
    slack.work.send = async () => unknown;
    await pass(0);
    expect(await now(edit)).toMatchObject({ state: 'not_sent' });
    slack.work.send = send;
    await pass(2);
    expect(await now(edit)).toMatchObject({ state: 'sent' });
  });

  it('a worker that died in the middle leaves an unknown, never a fresh row (F5)', async () => {
    const row = await message(mihai, 'routine');
    await u.world.store.outbox.claim(row.id, u.clock.wall(), new Date(0));
    await pass(5);
    expect(telegram.sent).toHaveLength(0);
    expect(await now(row)).toMatchObject({ state: 'unknown' });
  });

  it('a yes that comes late is taken: no second copy goes out', async () => {
    const row = await message(mihai, 'danger');
    let answer: (sent: Sent) => void = () => {};
    const slow = dispatcher({ ...telegram.work, send: () => new Promise<Sent>((resolve) => (answer = resolve)) }, pace);
    await slow.sweep();
    await expect.poll(async () => (await now(row)).state).toBe('attempting');
    await u.world.store.outbox.change(row.id, {}, { leaseUntil: new Date(0) });
    await pass(0);
    expect(await now(row)).toMatchObject({ state: 'not_sent', isMarked: true });
    answer({ is: 'sent', messageId: '7', chatId: '7' });
    await slow.rest();
    expect(await now(row)).toMatchObject({ state: 'sent', messageId: '7' });
  });
});

describe('asked again before each attempt [delivery 4]', () => {
  it('a queued message to somebody whose access was cut is void, what they are told at the end is not (F35)', async () => {
    const admin = await u.person('admin', 'Adriana Pop');
    const row = await message(mihai, 'routine');
    await u.as(admin, closeAccess, { personId: mihai.id });
    await pass(0);
    expect(await now(row)).toMatchObject({ state: 'refused', outcome: 'not needed' });
    expect(telegram.sent.map(({ address }) => address)).toEqual([addressOf(mihai)]);
  });

  it('an urgent step whose person left meanwhile chooses anew at once', async () => {
    const admin = await u.person('admin', 'Adriana Pop');
    await alert();
    await u.as(admin, closeAccess, { personId: ioana.id });
    await pass(0);
    expect(ringsTo(telegram, addressOf(andrei))).toHaveLength(1);
  });

  it('after hours without a chat only the newest ring of an alert goes out, and none of one that is over (F18)', async () => {
    await u.world.store.people.save({
      ...ioana,
      accounts: ioana.accounts.filter(({ channel }) => channel === 'slack'),
    });
    const [waiting, over] = [await alert('life'), await alert('abuse')];
    slack.answers = Array.from({ length: 400 }, () => ({ is: 'not_sent', why: 'no connection' }) as const);
    for (let minutes = 0; minutes < 60; minutes += 5) {
      u.clock.forward(5);
      await pass(1);
    }
    await u.as(andrei, takeAlert, { alertId: over as never });
    const { nextStepAt: _, ...alertNow } = await u.world.store.alerts.must(over);
    await u.world.store.alerts.save({ ...alertNow, state: 'closed' });
    slack.answers = [];
    const before = slack.sent.length;
    u.clock.forward(1.1);
    await pass(1);
    const after = slack.sent.slice(before).filter(({ method }) => method === 'send');
    expect(after).toHaveLength(1);
    expect((await u.world.store.alerts.must(waiting)).state).toBe('open');
  }, 30_000);
});

describe('one bad row [delivery 2]', () => {
  it('that cannot be opened is put aside; the others go (F32)', async () => {
    const [bad, good] = [await message(mihai, 'danger'), await message(mihai, 'routine')];
    await u.world.store.outbox.setAside([bad.id], { lane: 0, method: 'nothing' as never });
    await pass(0);
    expect(await now(good)).toMatchObject({ state: 'sent' });
    expect(await u.world.store.outbox.unreadable()).toBe(1);
  });

  it('a whole window of one closed chat is not in the way of others (F31)', async () => {
    telegram.answers = [{ is: 'not_sent', why: '429', retryAfterSeconds: 60 }];
    await message(mihai, 'waiting');
    await pass(0);
    for (let row = 0; row < 210; row++) await message(mihai, 'waiting');
    const other = await message(andrei, 'routine');
    await pass(1);
    expect(await now(other)).toMatchObject({ state: 'sent' });
  });
});
