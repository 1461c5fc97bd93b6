import type { DeskMessage } from '../shapes.ts';
import { type Calls, recordCalls } from './calls.ts';
import { messagesOf } from './desk.ts';
import { type Asked, type Door, openDoor, type Told } from './door.ts';
import { eventsOf } from './events.ts';
import { type Faults, faultControls, noFaults } from './faults.ts';
import { freshWorld } from './fresh-world.ts';
import type { Line } from './line.ts';
import { chatMethods } from './methods-chat.ts';
import { conversationMethods } from './methods-conversations.ts';
import { fileMethods } from './methods-files.ts';
import { peopleMethods } from './methods-people.ts';
import { viewMethods } from './methods-views.ts';
import { sideDoor } from './side-doors.ts';
import { type SignedLine, signedLineOf } from './signed.ts';
import { socketsOf } from './sockets.ts';
import { personOf, type SlackPerson } from './user.ts';
import { webApiOf } from './web-api.ts';
import { type Clock, membersOf, openDirect, type Pace, type World } from './world.ts';

export type SlackStandInOptions = {
  botToken: string;
  appToken: string;
  signingSecret: string;
  teamName: string;
  clock: Clock;
  botName?: string;
  port?: number;
  /** Given: signed HTTP mode, else Socket Mode. */
  http?: { eventsUrl: string };
  /** Scopes of the bot token; all that any method here asks for, unless given. */
  scopes?: string[];
  /** Bot events of the manifest; app_home_opened and the message events unless given. */
  subscriptions?: string[];
  pace?: Partial<Pace>;
  /** Called after each change of what this person sees. */
  onChange?: (userId: string) => void;
};

type NewUser = { id: string; personId: string; name: string; realName: string; locale: string; email?: string };
type NewChannel = {
  id: string;
  name: string;
  topic: string;
  members: string[];
  isBotIn: boolean;
  isPrivate?: boolean;
  isArchived?: boolean;
};

export type SlackStandIn = {
  /** Ends with `/api/`: for `slackApiUrl`. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  botUserId: string;
  botId: string;
  teamId: string;
  appId: string;
  port: number;
  scopes: Set<string>;
  subscriptions: Set<string>;
  pace: Pace;
  calls: Calls;
  faults: Faults;
  /**
   * Tokens revoked and given anew, the signing secret regenerated. A revoked token answers `token_revoked` or `invalid_auth`, its sockets end.
   * https://docs.slack.dev/reference/methods/auth.revoke
   */
  renew(secrets: { botToken: string; appToken: string; signingSecret: string }): void;
  addUser(user: NewUser): SlackPerson;
  addChannel(channel: NewChannel): void;
  archive(channelId: string): void;
  user(id: string): SlackPerson;
  /** Everything said in a channel, ephemeral messages included. A user id means the direct channel with the app. */
  messages(channelOrUser: string): DeskMessage[];
  /** The bytes of a file that is shared, as somebody in the workspace would open them. */
  file(id: string): { bytes: Uint8Array; mimetype: string } | undefined;
  /** Sockets connected now. */
  sockets(): number;
  /** Sends events that are due again on the injected clock, at once. */
  redeliver(): void;
  /** Settles when no event is on its way to the app. */
  quiet(): Promise<void>;
  /** Only in HTTP mode: the challenge, the requests sent so far, and a way to post one again. */
  signed: Pick<SignedLine, 'verify' | 'sent' | 'post'> | null;
  close(): Promise<void>;
};

/** A strict Slack on 127.0.0.1. https://docs.slack.dev/apis/ */
export async function startSlackStandIn(options: SlackStandInOptions): Promise<SlackStandIn> {
  const faults = noFaults();
  const calls = recordCalls();
  const world: World = freshWorld(options, () => `http://127.0.0.1:${door.port()}`);
  const door: Door = openDoor(answer, () => faults.slowMs, options.port);
  const sockets = socketsOf(world, door.server, faults);
  const signedLine = options.http ? signedLineOf(world, options.http.eventsUrl, faults) : null;
  let isDown = false;
  const line = (): Line => (isDown ? deadLine : (signedLine ?? sockets));
  const events = eventsOf(world, line, faults);
  world.emit = events.emit;
  world.record = calls.add;
  const methods = {
    ...chatMethods,
    ...conversationMethods,
    ...fileMethods,
    ...peopleMethods,
    ...viewMethods,
    'apps.connections.open': sockets.open,
  };
  const webApi = webApiOf(world, methods, faults, calls.add);
  const people = new Map<string, SlackPerson>();
  await door.up();

  function answer(asked: Asked): Promise<Told> | Told {
    return asked.path.startsWith('/api/') ? webApi(asked) : sideDoor(world, asked);
  }

  async function down() {
    isDown = true;
    sockets.drop();
    await door.down();
  }

  async function up() {
    await door.up();
    isDown = false;
  }

  function addUser(given: NewUser) {
    const user = { ...given, isDisabled: false, isOnline: true, lastRead: new Map<string, string>() };
    world.users.set(user.id, user);
    openDirect(world, user.id);
    const person = personOf(world, user, line);
    people.set(user.id, person);
    return person;
  }

  function user(id: string): SlackPerson {
    const person = people.get(id);
    if (!person) throw new Error(`no user ${id}`);
    return person;
  }

  return {
    apiUrl: `${world.origin()}/api/`,
    port: door.port(),
    botToken: options.botToken,
    appToken: options.appToken,
    botUserId: world.app.botUserId,
    botId: world.app.botId,
    appId: world.app.id,
    teamId: world.team.id,
    scopes: world.scopes,
    subscriptions: world.subscriptions,
    pace: world.pace,
    calls,
    faults: faultControls(faults, {
      down,
      up,
      refreshSockets: sockets.refresh,
      dropSockets: sockets.drop,
      muteSockets: sockets.mute,
    }),
    renew(secrets) {
      Object.assign(world, secrets);
      sockets.drop();
    },
    addUser,
    user,
    addChannel: (given) => addChannel(world, given),
    archive: (id) => archive(world, id),
    messages: (id) => saidIn(world, id),
    file: (id) => sharedFile(world, id),
    sockets: sockets.count,
    redeliver: events.redeliver,
    quiet: events.quiet,
    signed: signedLine,
    async close() {
      events.close();
      sockets.close();
      await door.down();
    },
  };
}

function sharedFile({ files }: World, id: string): { bytes: Uint8Array; mimetype: string } | undefined {
  const file = files.get(id);
  return file?.state === 'complete' ? { bytes: file.content, mimetype: file.mimetype } : undefined;
}

/** Slack itself is away: nothing reaches the app. */
const deadLine: Line = {
  bring: () => Promise.resolve({ isAcked: false, reason: 'no_connection' }),
  close: () => {},
};

function addChannel(world: World, { isBotIn, members, ...given }: NewChannel) {
  world.channels.set(given.id, {
    isPrivate: false,
    isArchived: false,
    ...given,
    kind: 'channel',
    members: new Set([...members, ...(isBotIn ? [world.app.botUserId] : [])]),
    createdAt: world.clock.now(),
    messages: [],
  });
  world.changed(members);
}

function archive(world: World, id: string) {
  const channel = world.channels.get(id);
  if (!channel) throw new Error(`no channel ${id}`);
  channel.isArchived = true;
  world.changed(membersOf(channel, world));
}

function saidIn(world: World, id: string): DeskMessage[] {
  const channel = world.users.has(id) ? openDirect(world, id) : world.channels.get(id);
  if (!channel) throw new Error(`no channel ${id}`);
  return messagesOf(world, channel, undefined);
}
