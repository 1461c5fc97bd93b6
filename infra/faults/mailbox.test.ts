import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Incoming, IncomingKind } from '#bots/dialogue/incoming.ts';
import { type MailboxWork, workLane } from '#bots/dialogue/work-mailbox.ts';
import type { MailboxItem } from '#core/delivery/mailbox-store.ts';
import type { Person } from '#core/people/person.ts';
import { faultsIn } from '#jobs/watch.ts';
import { lanesOf } from '../start-lanes.ts';
import { openFreshUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
let work: MailboxWork;
let oksana: Person;
let mihai: Person;
let ioana: Person;
const failed: string[] = [];

beforeEach(async () => {
  u = await openFreshUniverse();
  ioana = await u.person('coordinator', 'Ioana Marin');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id, phone: '+40740555104' });
  oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  await u.case(oksana, ioana, [mihai]);
  await u.lastResort(ioana);
  failed.length = 0;
  work = { world: u.world, read: ({ body }) => read(body), onError: (id) => void failed.push(id) };
});
afterEach(() => u.close());

/** A body says what it is; "poison" cannot be read, what comes of "refused" the database does not take. */
function read(body: unknown): Incoming {
  const incoming = body as Incoming;
  if (incoming.kind === 'text' && incoming.text.includes('poison')) throw new Error('unreadable');
  if (incoming.kind === 'text' && incoming.text === 'refused')
    throw Object.assign(new Error('the document is too large'), { name: 'MongoServerError' });
  return incoming;
}
const laneOf = ({ accounts }: Person) => `telegram:${accounts[0]?.key}`;
const item = (who: Person, order: number, kind: IncomingKind): MailboxItem => ({
  id: `tg:1:${order}`,
  version: 0,
  channel: 'telegram',
  lane: laneOf(who),
  order,
  receivedAt: u.clock.wall(),
  state: 'waiting',
  attempts: 0,
  dueAt: u.clock.wall(),
  body: {
    key: `tg:1:${order}`,
    channel: 'telegram',
    lane: laneOf(who),
    account: { key: who.accounts[0]?.key ?? '', address: who.accounts[0]?.address ?? '' },
    ...kind,
  },
});
const number = (of: number) => Array.from({ length: of }, (_, count) => count);
const text = (words: string): IncomingKind => ({
  kind: 'text',
  text: words,
  isEdited: false,
  isForwarded: false,
  message: { chatId: '1', messageId: '1' },
});
const put = (...items: MailboxItem[]) => u.world.store.mailbox.insertMany(items);
const state = async (order: number) => (await u.world.store.mailbox.must(`tg:1:${order}`)).state;
const saidTo = async ({ id }: Person) =>
  JSON.stringify((await u.world.store.outbox.find({ personId: id })).map(({ message }) => message ?? {}));

/** Works, and lets the pauses between failures pass. */
async function workOn(who: Person): Promise<void> {
  for (let round = 0; round < 8; round++) {
    await workLane(work, laneOf(who));
    u.clock.forward(0.1);
  }
}

describe('F1 the same again', () => {
  it('20 workers on one lane of 50: as many effects as words', async () => {
    await put(...Array.from({ length: 50 }, (_, order) => item(oksana, order, text('дякую'))));
    await Promise.all(Array.from({ length: 20 }, () => workLane(work, laneOf(oksana)).catch(() => {})));
    await workOn(oksana);
    const answers = await u.world.store.outbox.find({ method: 'send' });
    expect(await u.world.store.mailbox.count({ state: 'done' })).toBe(50);
    const first = answers.length;
    await workOn(oksana);
    expect((await u.world.store.outbox.find({ method: 'send' })).length).toBe(first);
  });
});

describe('F2 the order of a lane', () => {
  it('is kept when its first item waits for another try: nothing behind it overtakes, and waiting is no beginning', async () => {
    const { mailbox } = u.world.store;
    const later = new Date(u.clock.wall().getTime() + 3000);
    await put({ ...item(oksana, 1, text('дякую')), dueAt: later }, item(oksana, 2, text('дякую')));
    await workLane(work, laneOf(oksana));
    expect([await state(1), await state(2)]).toEqual(['waiting', 'waiting']);
    expect(await mailbox.must('tg:1:1')).toMatchObject({ version: 0 });
    expect((await mailbox.must('tg:1:1')).starts).toBeUndefined();
    u.clock.forward(0.1);
    expect((await mailbox.begin(laneOf(oksana), u.clock.wall())).begun).toMatchObject({ id: 'tg:1:1', starts: 1 });
    await workLane(work, laneOf(oksana));
    expect([await state(1), await state(2)]).toEqual(['done', 'done']);
  });
});

describe('F7 an item that ends its process', () => {
  it('is counted before each beginning, runs alone after three ends and is parked after 25', async () => {
    await put(item(oksana, 1, text('дякую')));
    for (let death = 0; death < 3; death++) await u.world.store.mailbox.begin(laneOf(oksana), u.clock.wall());
    let alone = 0;
    const careful: MailboxWork = {
      ...work,
      alone(run) {
        alone += 1;
        return run();
      },
    };
    await workLane(careful, laneOf(oksana));
    expect(alone).toBe(1);
    expect(await state(1)).toBe('done');

    await put(item(oksana, 2, text('дякую')), item(oksana, 3, text('дякую')));
    for (let death = 0; death < 25; death++) await u.world.store.mailbox.begin(laneOf(oksana), u.clock.wall());
    await workOn(oksana);
    expect([await state(2), await state(3)]).toEqual(['parked', 'done']);
  });

  it('charges none that only wait for their turn to run alone: a host that is killed often parks nothing', async () => {
    await put(item(oksana, 1, text('дякую')));
    for (let end = 0; end < 3; end++) await u.world.store.mailbox.begin(laneOf(oksana), u.clock.wall());
    const killedWhileItWaits: MailboxWork = { ...work, alone: async () => 'empty' as never };
    for (let end = 0; end < 40; end++) await workLane(killedWhileItWaits, laneOf(oksana));
    expect(await u.world.store.mailbox.must('tg:1:1')).toMatchObject({ state: 'waiting', starts: 3 });
    await workLane({ ...work, alone: (run) => run() }, laneOf(oksana));
    expect(await u.world.store.mailbox.must('tg:1:1')).toMatchObject({ state: 'done', starts: 4 });
  });

  it('an outage is nobody’s failure: nothing is parked for it', async () => {
    await put(item(oksana, 1, text('дякую')));
    const { of } = u.world.store.conversations;
    u.world.store.conversations.of = async () => {
      throw Object.assign(new Error('not primary'), { name: 'MongoServerError' });
    };
    for (let round = 0; round < 30; round++) {
      await workLane(work, laneOf(oksana));
      u.clock.forward(0.1);
    }
    u.world.store.conversations.of = of;
    await workOn(oksana);
    expect(await state(1)).toBe('done');
  });
});

describe('F32 an item nobody can work on', () => {
  it('is parked after five tries, its person is told with 112 first, the lane goes on, a human is told to call', async () => {
    await u.world.store.conversations.insert({
      id: laneOf(oksana),
      version: 0,
      personId: oksana.id,
      drafts: [],
      misses: 0,
      hasStopped: false,
      fence: 0,
      touchedAt: u.clock.wall(),
    });
    await put(item(oksana, 1, text('poison')), item(oksana, 2, text('дякую')));
    await workOn(oksana);
    expect([await state(1), await state(2)]).toEqual(['parked', 'done']);
    const answers = JSON.stringify(await u.world.store.outbox.find({}));
    expect(answers).toContain('errors:parked');
    expect(answers).toContain('emergency:call112');
    expect(await saidTo(ioana)).toContain('people:notice.parked');
  });

  it('with a danger word in it is raised: it fails open', async () => {
    await put(item(oksana, 1, text('допоможіть, він мене б’є')));
    const ofPerson = u.world.store.people.withAccount;
    u.world.store.people.withAccount = async () => {
      throw new Error('a fault of ours');
    };
    await workOn(oksana);
    u.world.store.people.withAccount = ofPerson;
    expect(await state(1)).toBe('parked');
    const [alert] = await u.world.store.alerts.find({});
    expect(alert).toMatchObject({ state: 'open', level: 'life' });
    expect(alert?.toldIds).toContain(ioana.id);
  });

  it('in the middle of an alert form it is an alert, and whoever is told learns whom to call', async () => {
    const open = {
      name: 'raise-alert',
      run: 'r',
      field: 'observed',
      answers: { level: 'abuse' },
      isPlayback: false,
      isChanging: false,
      startedAt: u.clock.wall(),
      touchedAt: u.clock.wall(),
    };
    await u.world.store.conversations.insert({
      id: laneOf(mihai),
      version: 0,
      personId: mihai.id,
      form: open,
      drafts: [],
      misses: 0,
      hasStopped: false,
      fence: 0,
      touchedAt: u.clock.wall(),
    });
    await put(item(mihai, 1, text('poison')));
    await workOn(mihai);
    expect(await u.world.store.alerts.first({})).toMatchObject({ level: 'abuse', raisedBy: mihai.id });
    expect(await saidTo(ioana)).toMatch(/alerts:notice.unreadable.*Mihai Dobre.*\+40740555104/);
  });

  it('a body that does not open is parked at once; its person and a human hear of it; the lane goes on', async () => {
    await put(item(oksana, 1, text('дякую')));
    await workOn(oksana);
    await put(item(oksana, 2, text('дякую')), item(oksana, 3, text('дякую')));
    await u.world.store.mailbox.setAside(['tg:1:2'], { channel: 'nothing' as never });
    await workOn(oksana);
    expect(await u.world.store.mailbox.count({ state: 'parked' })).toBe(1);
    expect(await state(3)).toBe('done');
    expect(await saidTo(oksana)).toMatch(/emergency:call112.*errors:parked/);
    expect(await saidTo(ioana)).toContain('people:notice.parked');
  });

  it('that the database refuses each time is seen after a minute and parked after five: it does not hold up its lane for ever', async () => {
    await put(item(oksana, 1, text('refused')), item(oksana, 2, text('дякую')));
    await workOn(oksana);
    u.clock.forward(1);
    await workOn(oksana);
    expect(await state(1)).toBe('waiting');
    expect(await faultsIn(u.world)).toEqual(['2 words of people have waited for more than a minute']);
    u.clock.forward(5);
    await workOn(oksana);
    expect([await state(1), await state(2)]).toEqual(['parked', 'done']);
  });
});

describe('F31 a flood of one account', () => {
  it('does not hide the lanes of the others from the sweep', async () => {
    await put(...Array.from({ length: 300 }, (_, order) => item(oksana, order, text('дякую'))));
    await put(item(mihai, 5000, text('poison')));
    const worked = new Set<string>();
    const chat = {
      channel: 'telegram',
      read(one: MailboxItem) {
        worked.add(one.lane);
        return read(one.body);
      },
    };
    const lanes = lanesOf(u.world, [chat as never], () => {});
    await lanes.sweep();
    await expect.poll(() => worked.has(laneOf(mihai))).toBe(true);
    await lanes.rest();
  }, 60_000);

  it('whoever may be in danger goes before all who came earlier, and before those who have begun to wait', async () => {
    const others = await Promise.all(number(40).map((count) => u.person('beneficiary', `Олена ${count}`)));
    const worked: string[] = [];
    const chat = {
      channel: 'telegram',
      read(one: MailboxItem) {
        worked.push(one.id);
        return read(one.body);
      },
    };
    const lanes = lanesOf(u.world, [chat as never], () => {});
    const words = others.flatMap((one, place) => number(3).map((n) => item(one, place * 3 + n, text('дякую'))));
    await put(...words, { ...item(oksana, 5000, text('допоможіть')), isPressing: true });
    await lanes.sweep();
    await expect.poll(() => worked.length).toBeGreaterThan(20);
    await put({ ...item(mihai, 6000, text('на допомогу')), isPressing: true });
    await lanes.sweep();
    const before = worked.length;
    await lanes.rest();
    expect(worked.indexOf('tg:1:5000')).toBeLessThan(8);
    expect(worked.indexOf('tg:1:6000')).toBeLessThan(before + 9);
    expect(new Set(worked).size).toBe(122);
  }, 60_000);

  it('and an item that must run alone keep nobody waiting for longer than one item', async () => {
    const order: string[] = [];
    const chat = {
      channel: 'telegram',
      read(one: MailboxItem) {
        order.push(one.lane);
        return read(one.body);
      },
    };
    const lanes = lanesOf(u.world, [chat as never], () => {});
    await put(...number(60).map((count) => item(oksana, count, text('дякую'))), {
      ...item(ioana, 5000, text('bună')),
      starts: 3,
    });
    await lanes.sweep();
    await expect.poll(() => order.length, { timeout: 20_000 }).toBeGreaterThan(3);
    await put(item(mihai, 6000, text('bună')));
    await lanes.sweep();
    await lanes.rest();
    expect(order.indexOf(laneOf(ioana))).toBeLessThan(10);
    expect(order.indexOf(laneOf(mihai))).toBeLessThan(30);
    expect(order).toHaveLength(62);
  }, 60_000);
});
