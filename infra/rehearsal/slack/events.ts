import type { ViewOutput } from '@slack/bolt';
import type { AppHomeOpenedEvent, View } from '@slack/types';
import type { FaultState } from './faults.ts';
import type { Line, Reply } from './line.ts';
import { as } from './method.ts';
import { directOf, type Json, type World } from './world.ts';

type Late = { dueAt: number; body: Json; attempt: number; reason: string };

export type Events = {
  emit(event: Json & { type: string }): void;
  /** Sends redeliveries that are due on the injected clock; called by itself at `pace.lookEveryMs`. */
  redeliver(): void;
  /** Settles when nothing is on its way to the app. */
  quiet(): Promise<void>;
  close(): void;
};

/**
 * The Events API: three further tries when an event is not acknowledged.
 * https://docs.slack.dev/apis/events-api/#retries : at once, after 1 minute, after 5 minutes
 */
export function eventsOf(world: World, line: () => Line, faults: FaultState): Events {
  let late: Late[] = [];
  const underway = new Set<Promise<void>>();

  function emit(event: Json & { type: string }) {
    if (!isSubscribed(world, event)) return;
    const copies = event.type === 'message' ? faults.copies : 1;
    for (let n = 0; n < copies; n++) start(bodyOf(world, structuredClone(event)), 0, '');
  }

  function start(body: Json, attempt: number, reason: string) {
    const run = bring(body, attempt, reason).finally(() => underway.delete(run));
    underway.add(run);
  }

  async function bring(body: Json, attempt: number, reason: string) {
    const retry = attempt > 0 ? { retry: { attempt, reason } } : {};
    const reply = await line().bring({ type: 'events_api', payload: body, acceptsAnswer: false, ...retry });
    if (!reply.isAcked) again(body, attempt + 1, reply);
  }

  function again(body: Json, attempt: number, reply: Extract<Reply, { isAcked: false }>) {
    const wait = world.pace.redeliverAfterMs[attempt - 1];
    if (wait === undefined) return;
    late.push({ dueAt: world.clock.now() + wait, body, attempt, reason: reasonOf(reply.reason) });
  }

  function redeliver() {
    const now = world.clock.now();
    const due = late.filter((one) => one.dueAt <= now);
    late = late.filter((one) => one.dueAt > now);
    for (const one of due) start(one.body, one.attempt, one.reason);
  }

  const looks = setInterval(redeliver, world.pace.lookEveryMs).unref();
  return {
    emit,
    redeliver,
    quiet: async () => {
      while (underway.size > 0) await Promise.all(underway);
    },
    close: () => clearInterval(looks),
  };
}

/** https://docs.slack.dev/apis/events-api/#retries : values of x-slack-retry-reason. */
const reasonOf = (reason: 'no_connection' | 'timeout' | 'http_error') =>
  reason === 'timeout' ? 'http_timeout' : reason === 'no_connection' ? 'connection_failed' : 'http_error';

const channelNames: Record<string, string> = { im: 'message.im', channel: 'message.channels', group: 'message.groups' };
const scopes: Record<string, string> = {
  'message.im': 'im:history',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
};

/** An event comes only with its subscription in the manifest and its scope. */
function isSubscribed(world: World, event: Json & { type: string }): boolean {
  const name = event.type === 'message' ? (channelNames[String(event.channel_type)] ?? '') : event.type;
  const scope = scopes[name];
  return world.subscriptions.has(name) && (scope === undefined || world.scopes.has(scope));
}

/** The outer event: https://docs.slack.dev/apis/events-api/#callback-field */
const bodyOf = (world: World, event: Json): Json => ({
  token: world.app.verificationToken,
  team_id: world.team.id,
  context_team_id: world.team.id,
  context_enterprise_id: null,
  api_app_id: world.app.id,
  event,
  type: 'event_callback',
  event_id: world.newId('Ev'),
  event_time: Math.floor(world.clock.now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: world.team.id,
      user_id: world.app.botUserId,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
  event_context: `4-${world.newId('')}`,
});

/** https://docs.slack.dev/reference/events/app_home_opened */
export function tellHomeOpened(
  world: World,
  userId: string,
  tab: 'home' | 'messages',
  view: ViewOutput | undefined,
): void {
  const channel = directOf(world, userId)?.id ?? '';
  const shown = view ? { view: as<View>(view) } : {};
  const event: AppHomeOpenedEvent = {
    type: 'app_home_opened',
    user: userId,
    channel,
    tab,
    event_ts: world.newTs(),
    ...shown,
  };
  world.emit({ ...event });
}
