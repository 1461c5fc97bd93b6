import type { DeskState } from '../shapes.ts';
import { deskOf } from './desk.ts';
import { tellHomeOpened } from './events.ts';
import type { Choice } from './fields.ts';
import type { Line } from './line.ts';
import { actorOf, type Done, mayAct, type Problem } from './person.ts';
import { askOptions, type Offered, pick, press } from './press.ts';
import { command, type GivenFile, globalShortcut, messageShortcut, type Place, say, storeFile, upload } from './say.ts';
import { closeModal, fill, type Submitted, submit } from './submit.ts';
import type { MessageRef, Target } from './surface.ts';
import { viewJson } from './wire.ts';
import { type Block, openDirect, type SlackUser, type World } from './world.ts';

/** One person at the workspace. What Slack's client would not let a person do throws. */
export type SlackPerson = {
  readonly id: string;
  /** The last warning the person saw; null after the next act that went well. */
  readonly lastProblem: Problem | null;
  /** A disabled account does nothing and is `deleted` in users.info. */
  disabled: boolean;
  opensHome(): void;
  /** Opens the direct channel of the app (tab `messages`). */
  opensMessages(): void;
  presses(target: Target, button: string): Promise<Done>;
  picks(target: Target, what: string, choice: Choice): Promise<Done>;
  fills(viewId: string, entries: Record<string, Choice>): void;
  submits(viewId: string): Promise<Submitted>;
  closesModal(viewId: string, how?: { all?: boolean }): Promise<Done>;
  asks(target: Target, what: string, typed: string): Promise<Offered>;
  says(place: Place, text: string, how?: { threadTs?: string }): MessageRef;
  uploads(file: GivenFile): MessageRef & { fileId: string };
  /** A file ready for a file_input; gives the id to use in `fills`. */
  choosesFile(file: GivenFile): string;
  command(name: string, text?: string, place?: Place): Promise<Done>;
  messageShortcut(callbackId: string, ref: MessageRef): Promise<Done>;
  globalShortcut(callbackId: string): Promise<Done>;
  reads(channel: string): void;
  goesOffline(): void;
  goesOnline(): void;
  /** What this person sees; while offline, what was there at the last moment. */
  state(): DeskState;
};

export function personOf(world: World, user: SlackUser, line: () => Line): SlackPerson {
  const actor = actorOf(world, user, line);
  let homeSeen: Block[] = [];
  let frozen: DeskState | undefined;

  const state = () => frozen ?? deskOf(world, user, homeSeen);

  /** https://docs.slack.dev/reference/events/app_home_opened : sent each time, with the view once there is one. */
  function opensHome() {
    mayAct(user);
    if (!user.isOnline) return;
    openDirect(world, user.id);
    const home = world.homes.get(user.id);
    homeSeen = home?.blocks ?? [];
    tellHomeOpened(world, user.id, 'home', home ? viewJson(world, home) : undefined);
    world.changed([user.id]);
  }

  function opensMessages() {
    mayAct(user);
    if (!user.isOnline) return;
    reads(openDirect(world, user.id).id);
    tellHomeOpened(world, user.id, 'messages', undefined);
  }

  function reads(id: string) {
    const last = world.channels.get(id)?.messages.at(-1);
    if (last) user.lastRead.set(id, last.ts);
    world.changed([user.id]);
  }

  function online(isOnline: boolean) {
    frozen = isOnline ? undefined : { ...structuredClone(state()), online: false };
    user.isOnline = isOnline;
    world.changed([user.id]);
  }

  return {
    id: user.id,
    get lastProblem() {
      return actor.lastProblem;
    },
    get disabled() {
      return user.isDisabled;
    },
    set disabled(isDisabled) {
      user.isDisabled = isDisabled;
      world.changed([user.id]);
    },
    opensHome,
    opensMessages,
    reads,
    state,
    presses: (target, button) => press(actor, target, button),
    picks: (target, what, choice) => pick(actor, target, what, choice),
    fills: (viewId, entries) => fill(actor, viewId, entries),
    submits: (viewId) => submit(actor, viewId),
    closesModal: (viewId, how) => closeModal(actor, viewId, how),
    asks: (target, what, typed) => askOptions(actor, target, what, typed),
    says: (place, text, how) => say(actor, place, text, how),
    uploads: (file) => upload(actor, file),
    choosesFile: (file) => storeFile(actor, file),
    command: (name, text, place) => command(actor, name, text, place),
    messageShortcut: (callbackId, ref) => messageShortcut(actor, callbackId, ref),
    globalShortcut: (callbackId) => globalShortcut(actor, callbackId),
    goesOffline: () => online(false),
    goesOnline: () => online(true),
  };
}
