import { signButton } from '#bots/dialogue/buttons.ts';
import { handle } from '#bots/dialogue/handle.ts';
import type { FormValues, Incoming, IncomingFile, IncomingKind } from '#bots/dialogue/incoming.ts';
import type { Action } from '#core/actions.ts';
import { inStep } from '#core/execute.ts';
import type { Button, Message } from '#core/message.ts';
import type { Modal } from '#core/modal.ts';
import type { Person } from '#core/people/person.ts';
import type { Channel } from '#core/roles.ts';
import type { Universe } from './universe.ts';

/** What a person got in one step: messages, and the modal that was filled. */
export type Heard = { messages: Message[]; modal: Modal | undefined; toast?: string };

let count = 0;

/** A person at one chat: each thing said is one step through `handle`, as a mailbox item would be; nothing is kept between steps but the stores. */
export function talk(u: Universe, person: Person, channel: Channel = 'telegram') {
  const account = person.accounts.find((one) => one.channel === channel);
  if (!account) throw new Error(`${person.name} has no ${channel}`);
  const lane = `${channel}:${account.key}`;

  async function come(kind: IncomingKind): Promise<Heard> {
    const incoming: Incoming = {
      key: `talk-${++count}`,
      channel,
      lane,
      account: { key: account?.key ?? '', address: account?.address ?? '' },
      ...kind,
    };
    const before = new Set((await u.world.store.outbox.find({ personId: person.id })).map(({ id }) => id));
    const { toast } = await inStep(u.world, incoming.key, (step) => handle(step, incoming), true);
    const rows = (await u.world.store.outbox.find({ personId: person.id }, { sort: { order: 1 } })).filter(
      ({ id, method }) => !before.has(id) && method !== 'home',
    );
    return {
      messages: rows.flatMap(({ message }) => (message ? [message as Message] : [])),
      modal: rows.find(({ modal }) => modal)?.modal as Modal | undefined,
      ...(toast?.text ? { toast: toast.text.key } : {}),
    };
  }
  const message = { chatId: '1', messageId: '1' };
  const token = (button: Button & { action: Action }) =>
    signButton({ ...button, epoch: person.epoch }, lane, new Date(u.clock.wall().getTime() + 86_400_000), u.world.seal);
  const tap = (button: Button & { action: Action }) =>
    come({ kind: 'button', token: token(button), message, ...(channel === 'slack' ? { view: `view-${count}` } : {}) });

  return {
    /** Anything else a person can send. */
    comes: come,
    says: (text: string) => come({ kind: 'text', text, message, isEdited: false, isForwarded: false }),
    sends: (files: IncomingFile[], caption = '') => come({ kind: 'files', files, caption, message }),
    submits: (run: string, values: FormValues) => come({ kind: 'form', run, values }),
    /** A button by what it does, as a card or a menu would carry it. */
    taps: (action: Action, more: { subject?: string; version?: number; value?: number } = {}) =>
      tap({ label: { key: 'general:plain', params: {} }, action, ...more }),
    /** The first button of these messages whose label is this phrase, or says this parameter. */
    presses(heard: Heard, label: string) {
      const button = buttonsIn(heard.messages).find(
        (one) => one.label.key === label || JSON.stringify(one.label).includes(`"${label}"`),
      );
      if (!button) throw new Error(`no button ${label} among ${buttonsIn(heard.messages).map((one) => one.label.key)}`);
      return tap(button);
    },
  };
}

/** All buttons of messages that lead back to us. */
export const buttonsIn = (messages: Message[]): (Button & { action: Action })[] =>
  messages
    .flatMap(({ buttons = [], sections = [] }) => [
      ...buttons.flat(),
      ...sections.flatMap(({ items }) => items.flatMap((item) => item.buttons)),
    ])
    .filter((button): button is Button & { action: Action } => 'action' in button);

/** The keys of what was said, line by line. */
export const keysIn = ({ messages }: Heard): string[] => messages.flatMap(({ lines }) => lines.map(({ key }) => key));
