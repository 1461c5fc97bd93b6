import { randomBytes } from 'node:crypto';
import { slackFinder } from '#bots/slack/find-posted.ts';
import { slackSend, slackSplit } from '#bots/slack/send.ts';
import { telegramSend, telegramSplit } from '#bots/telegram/send.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import type { Lane, OutboxRow } from '#core/delivery/outbox.ts';
import type { Message } from '#core/message.ts';
import type { Account, Person } from '#core/people/person.ts';
import { phrase } from '#core/phrase.ts';
import type { PersonRole } from '#core/roles.ts';
import type { Delivering } from '#jobs/deliver.ts';
import { type Dispatch, dispatcher } from '#jobs/dispatch.ts';
import type { Pace } from '#jobs/pace.ts';
import { runDue } from '#jobs/timers.ts';
import { watchedFetch } from '../http.ts';
import { startSlackStandIn } from '../rehearsal/slack/stand-in.ts';
import { startTelegramStandIn } from '../rehearsal/telegram/stand-in.ts';
import { openFreshUniverse } from './universe.ts';

/** Nothing waits for its turn: for tests that do not prove pace. */
export const freePace: Pace = { perSecond: 1000, atOnce: 20, kept: 4 };

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>;

/** One person in each chat: Mihai on his phone, Ioana at her desk. */
export const onePerChat = async (office: PostOffice) => ({
  mihai: await office.person('technician', 'Mihai Dobre', ['telegram']),
  ioana: await office.person('coordinator', 'Ioana Marin', ['slack']),
});

/**
 * The outbox on real parts: MongoDB, both chats' real senders over HTTP against the stand-ins, a fresh database. The office's clock stands still
 * until `pass`; gates, leases and pace count in real time.
 */
export async function openPostOffice({ pace = freePace }: { pace?: Pace } = {}) {
  const u = await openFreshUniverse();
  const now = () => u.clock.wall().getTime();
  const telegram = await startTelegramStandIn({
    token: `700100200:${randomBytes(20).toString('hex')}`,
    botName: 'Місток',
    clock: { now },
  });
  const slack = await startSlackStandIn({
    botToken: `xoxb-${randomBytes(12).toString('hex')}`,
    appToken: `xapp-${randomBytes(12).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
    teamName: 'DAS Arad',
    clock: { now },
  });
  const errors: unknown[] = [];
  const settings = { validDays: 30 };
  const seal = u.world.seal;
  const line = { token: telegram.token, apiRoot: telegram.url, watch: watchedFetch() };
  const calling = { token: slack.botToken, apiUrl: slack.apiUrl, watch: watchedFetch() };
  const onError = (_: string, error: unknown) => void errors.push(error);
  const work = {
    telegram: {
      world: u.world,
      channel: 'telegram',
      onError,
      send: telegramSend({ ...line, seal, settings }),
      split: telegramSplit({ seal, settings }),
    },
    slack: {
      world: u.world,
      channel: 'slack',
      onError,
      send: slackSend({ ...calling, seal, settings }),
      split: slackSplit({ seal, settings }),
      findPosted: slackFinder(calling),
    },
  } satisfies Record<string, Delivering>;
  const open = (channel: 'telegram' | 'slack'): Dispatch => dispatcher(work[channel], pace);
  const bots = { telegram: open('telegram'), slack: open('slack') };
  let count = 0;

  const accountOn = (channel: 'telegram' | 'slack', name: string): Account => {
    count += 1;
    const key = channel === 'telegram' ? String(7000 + count) : `U0${String(count).padStart(6, '0')}`;
    if (channel === 'telegram') telegram.addUser({ id: Number(key), firstName: name, hasStarted: true });
    else slack.addUser({ id: key, personId: key, name: key.toLowerCase(), realName: name, locale: 'ro-RO' });
    return { channel, key, address: key, linkedAt: u.clock.wall(), isDead: false };
  };
  /** Sweeps both bots until nothing starts any more. */
  const sweep = async (): Promise<void> => {
    for (let round = 0; round < 20; round++) {
      const started = (await bots.telegram.sweep()) + (await bots.slack.sweep());
      await bots.telegram.rest();
      await bots.slack.rest();
      if (started === 0) return;
    }
  };
  /** Lets seconds pass on the office's clock, with everything that falls due. */
  const pass = async (seconds: number, step = 1): Promise<void> => {
    for (let done = 0; done <= seconds; done += step) {
      if (done > 0) u.clock.forward(step / 60);
      await runDue({ world: u.world, onDue: {}, outside: {}, onError: () => {} });
      await sweep();
    }
  };

  return {
    u,
    telegram,
    slack,
    work,
    bots,
    errors,
    sweep,
    pass,
    outbox: u.world.store.outbox,
    /** Somebody with an account in each of these chats. */
    person: (role: PersonRole, name: string, channels: ('telegram' | 'slack')[], more: Partial<Person> = {}) =>
      u.person(role, name, { ...more, accounts: channels.map((channel) => accountOn(channel, name)) }),
    /** Puts a message for somebody into the outbox, as a step would. */
    async message(
      to: Person,
      lane: Lane,
      { channel = 'telegram', message = saying(), at }: Wish = {},
    ): Promise<OutboxRow> {
      const account = to.accounts.find((one) => one.channel === channel);
      if (!account) throw new Error(`${to.name} is not in ${channel}`);
      const deps = {
        store: u.world.store,
        settings: await u.world.settings(),
        now: u.clock.wall(),
        newId: u.world.newId,
      };
      const row = newRow(deps, { ...account, language: 'ro', personId: to.id, epoch: to.epoch }, lane, { message }, at);
      await u.world.store.outbox.insert(row);
      return row;
    },
    now: ({ id }: { id: string }) => u.world.store.outbox.must(id),
    async close() {
      await bots.telegram.stop();
      await bots.slack.stop();
      await telegram.close();
      await slack.close();
      await u.close();
    },
  };
}

type Wish = { channel?: 'telegram' | 'slack'; message?: Message; at?: Date };

const saying = (): Message => ({ lines: [phrase('errors:kept')] });
