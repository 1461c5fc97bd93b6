import type { Envelope, Line, Reply } from './line.ts';
import { isObject } from './rules.ts';
import type { Json, SlackUser, World } from './world.ts';

/** What the person sees when the app did not take something. */
export type Problem = {
  at: number;
  act: string;
  reason: 'offline' | 'no_connection' | 'timeout' | 'http_error' | 'bad_answer';
  says: string;
};

export type Done = { isAcked: boolean; problem: Problem | null; answer: Json };

/** What the acts of one person share. */
export type Actor = {
  world: World;
  user: SlackUser;
  lastProblem: Problem | null;
  /** Brings an interaction to the app and waits for its ack. */
  bring(act: string, envelope: Envelope): Promise<Done>;
  trouble(act: string, reason: Problem['reason'], says?: string): Done;
};

/** Wording of Slack's client for each kind of act. */
const wording: Record<string, string> = {
  press: 'didn’t respond',
  submit: 'We had some trouble connecting. Try again?',
  command: 'failed with the error "operation_timeout"',
  shortcut: 'didn’t respond',
  options: 'Couldn’t load results',
};

export function actorOf(world: World, user: SlackUser, line: () => Line): Actor {
  const actor: Actor = { world, user, lastProblem: null, bring, trouble };

  async function bring(act: string, envelope: Envelope): Promise<Done> {
    mayAct(user);
    if (!user.isOnline) return trouble(act, 'offline', 'You are offline');
    const reply: Reply = await line().bring(envelope);
    if (!reply.isAcked) return trouble(act, reply.reason, act === 'command' ? commandWords(reply.reason) : undefined);
    actor.lastProblem = null;
    return { isAcked: true, problem: null, answer: isObject(reply.answer) ? reply.answer : {} };
  }

  function trouble(act: string, reason: Problem['reason'], says = wording[act] ?? 'didn’t respond'): Done {
    actor.lastProblem = {
      at: world.clock.now(),
      act,
      reason,
      says: `${act === 'press' || act === 'shortcut' ? `${world.app.botName} ` : ''}${says}`,
    };
    world.changed([user.id]);
    return { isAcked: false, problem: actor.lastProblem, answer: {} };
  }

  return actor;
}

/** https://docs.slack.dev/interactivity/implementing-slash-commands/#app_command_handling : what the person reads. */
const commandWords = (reason: 'no_connection' | 'timeout' | 'http_error') =>
  `failed with the error "${reason === 'timeout' ? 'operation_timeout' : reason === 'http_error' ? 'http_service_error' : 'dispatch_failed'}"`;

export function mayAct(user: SlackUser): void {
  if (user.isDisabled) throw new Error(`the account of ${user.name} is disabled: nothing can be done from it`);
}
