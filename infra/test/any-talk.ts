import fc from 'fast-check';
import type { FormName } from '#bots/dialogue/form.ts';
import { forms } from '#bots/screens/forms.ts';
import type { Action } from '#core/actions.ts';
import type { OpenForm } from '#core/conversations/conversation-store.ts';
import type { Person } from '#core/people/person.ts';
import { phrase } from '#core/phrase.ts';
import { type Got, type MailboxTalk, mailboxTalk, type Pressable } from './mailbox-talk.ts';
import { type Done, type Effect, effectOf, promisesOf, snapshot } from './talk-promises.ts';
import type { Universe } from './universe.ts';

/** Who talks, and the buttons by which they begin something. */
export type Stage = { person: Person; opens: { action: Action; subject?: string; value?: number }[] };

const plainActs = ['wrong', 'back', 'leave', 'throwAway', 'send', 'pressTwice', 'danger', 'edit', 'voice'] as const;

/** One thing somebody does; `at` picks among what there is to pick, `minutes` is how long they wait. */
export type Act = { do: 'open' | 'answer' | 'press' | 'pressOld' | 'wait' | (typeof plainActs)[number]; at: number };

const one = (name: Act['do'], most = 7) => fc.record({ do: fc.constant(name), at: fc.nat({ max: most }) });

/** Any talk: mostly forms that are gone on with. */
export const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: one('open') },
    { weight: 12, arbitrary: one('answer') },
    { weight: 2, arbitrary: one('press') },
    { weight: 2, arbitrary: one('pressOld', 40) },
    { weight: 4, arbitrary: one('back', 0) },
    { weight: 2, arbitrary: one('wait', 3) },
    { weight: 8, arbitrary: fc.oneof(...plainActs.map((name) => one(name, 0))) },
  ),
  { minLength: 3, maxLength: 16 },
);

/** Plays a sequence and checks every promise after each act; gives what is stored in the end. */
export async function play(u: Universe, stage: Stage, sequence: Act[], { copies = 1 } = {}): Promise<Effect> {
  const player: Player = {
    u,
    stage,
    chat: mailboxTalk(u, stage.person, { copies }),
    seen: [],
    last: [],
    said: [],
    count: 0,
  };
  const check = promisesOf(stage.person);
  for (const act of sequence) {
    const before = await snapshot(player);
    const done = await moves[act.do](player, act.at);
    if (!done) continue;
    if (done.got) remember(player, done.got);
    check(done, before, await snapshot(player));
  }
  return effectOf(player);
}

type Player = {
  u: Universe;
  stage: Stage;
  chat: MailboxTalk;
  /** Every button they ever got, the newest last; those of the newest messages. */
  seen: Pressable[];
  last: Pressable[];
  said: { words: string; id: number }[];
  count: number;
};

function remember(player: Player, { buttons }: Got): void {
  player.seen.push(...buttons);
  if (buttons.length > 0) player.last = buttons;
}

type Move = (player: Player, at: number) => Promise<Done | undefined>;

const press = async ({ chat }: Player, button: Pressable | undefined): Promise<Done | undefined> =>
  button && { pressed: button, got: await chat.presses(button) };

async function say(player: Player, words: string, editOf?: number): Promise<Done> {
  const id = editOf ?? ++player.count;
  if (!editOf) player.said.push({ words, id });
  return { words, isEdit: editOf !== undefined, got: await player.chat.says(words, id, editOf !== undefined) };
}

/** Words nobody said before. */
const fresh = (player: Player): string => `cuvinte x${String(++player.count).padStart(3, '0')}x`;

const newest = ({ seen }: Player, fits: (button: Pressable) => boolean): Pressable | undefined => seen.findLast(fits);

const moves: Record<Act['do'], Move> = {
  open: (player, at) =>
    press(player, { label: phrase('general:plain', { text: '' }), ...pick(player.stage.opens, at) }),
  async answer(player, at) {
    const form = (await player.chat.talk())?.form;
    if (!form) return say(player, fresh(player));
    if (form.isPlayback) return moves.send(player, at);
    return answer(player, form, at);
  },
  wrong: (player) => say(player, fresh(player)),
  back: async (player) => press(player, await ofForm(player, 'form.back')),
  leave: async (player) => press(player, await ofForm(player, 'form.leave')),
  send: async (player) => press(player, await ofForm(player, 'form.send')),
  throwAway: (player) =>
    press(
      player,
      newest(player, ({ action, value }) => action === 'form.resume' && (value === 0 || value === 3)),
    ),
  press: (player, at) => press(player, pick(player.last, at)),
  pressOld: (player, at) => press(player, pick(player.seen, at)),
  async pressTwice(player) {
    const button = player.last[0];
    if (button) remember(player, await player.chat.presses(button));
    return press(player, button);
  },
  danger: (player) => say(player, `він мене б’є ${fresh(player)}`),
  async edit(player) {
    const known = player.said.at(-1);
    return known && say(player, fresh(player), known.id);
  },
  async voice(player) {
    const message = { chatId: '1', messageId: String(++player.count) };
    const file = { kind: 'voice' as const, ref: `voice-${player.count}`, seconds: 4 };
    return { got: await player.chat.comes({ kind: 'files', files: [file], caption: '', message }) };
  },
  async wait({ u }, at) {
    const minutes = [1, 4, 12, 120][at] ?? 1;
    await u.fastForward(minutes);
    return { waited: minutes };
  },
};

/** What fits the open question: a choice by its button, a number, else words. */
async function answer(player: Player, form: OpenForm, at: number): Promise<Done | undefined> {
  const { fields } = forms[form.name as FormName];
  const version = fields.findIndex(({ key }) => key === form.field);
  const field = fields[version];
  if (field?.kind === 'phone') return { got: await player.chat.says('0740 111 222', ++player.count) };
  if (field?.kind === 'words') return say(player, fresh(player));
  const choices = form.shown?.length ?? 0;
  const button = newest(player, (one) => isPick(one, form.run, version));
  return choices > 0 && button ? press(player, { ...button, value: at % choices }) : undefined;
}

const isPick = ({ action, subject, version }: Pressable, run: string, at: number): boolean =>
  action === 'form.pick' && subject === run && version === at;

/** The newest button of this kind that belongs to the open form and its question, else the newest there was. */
async function ofForm(player: Player, action: Action): Promise<Pressable | undefined> {
  const run = (await player.chat.talk())?.form?.run;
  return (
    newest(player, (one) => one.action === action && one.subject === run) ??
    newest(player, (one) => one.action === action)
  );
}

const pick = <T>(list: readonly T[], at: number): T => list[at % Math.max(1, list.length)] as T;
