import type { SlackStandInOptions } from './stand-in.ts';
import { idsOf, type Pace, rising, type World } from './world.ts';

/** https://docs.slack.dev/reference/scopes : what the methods here ask for. */
const allScopes = [
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:write',
  'team:read',
  'users:read',
  'users:read.email',
];

const usualEvents = ['app_home_opened', 'message.im', 'message.channels', 'message.groups'];

/** ack and trigger 3 s; redelivery at once, after 1 and 5 minutes: docs.slack.dev/apis/events-api/#retries */
const usualPace: Pace = {
  ackMs: 3000,
  triggerMs: 3000,
  redeliverAfterMs: [0, 60_000, 300_000],
  lookEveryMs: 100,
  pingMs: 10_000,
  refreshMs: 1000,
};

/** An empty team with one app in it. */
export function freshWorld(options: SlackStandInOptions, origin: () => string): World {
  const newId = idsOf(options.teamName);
  return {
    clock: options.clock,
    pace: { ...usualPace, ...options.pace },
    team: { id: newId('T'), name: options.teamName, domain: 'stand-in' },
    app: {
      id: newId('A'),
      botId: newId('B'),
      botUserId: newId('U'),
      botName: options.botName ?? 'Punte',
      verificationToken: newId('verification'),
    },
    botToken: options.botToken,
    appToken: options.appToken,
    signingSecret: options.signingSecret,
    scopes: new Set(options.scopes ?? allScopes),
    subscriptions: new Set(options.subscriptions ?? usualEvents),
    users: new Map(),
    channels: new Map(),
    files: new Map(),
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    values: new Map(),
    offers: new Map(),
    origin,
    newTs: rising(options.clock),
    newId,
    changed(userIds) {
      for (const id of userIds) options.onChange?.(id);
    },
    record: () => {},
    emit: () => {},
  };
}
