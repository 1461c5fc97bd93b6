import { keepWords } from '#core/messages/keep-words.ts';
import type { KeptMessage } from '#core/messages/kept-message.ts';
import type { Said, Sender } from '#core/messages/receive.ts';
import { sendMessage } from '#core/messages/send-message.ts';
import { contactOf, presentFor } from '#core/people/contact.ts';
import type { Person } from '#core/people/person.ts';
import { isStaff } from '#core/roles.ts';
import type { Turn } from '../dialogue/turn.ts';

/** What is said to the team, as far as the use cases demand it. */
type Words = Partial<Said> & Pick<Said, 'words' | 'files'>;

/** Who writes: somebody on file, or an account that is answered there. */
export function senderOf({ person, account, language }: Turn): Sender {
  if (person) return { personId: person.id };
  const { channel, key, address } = account;
  return { account: { channel, key, address, language } };
}

/** Keeps what the program could do nothing with: a human reads it. */
export const keep = (turn: Turn, said: Words) =>
  turn.execute(keepWords, { from: senderOf(turn), origin: 'notUnderstood', said: { ...said, ...refsOf(turn) } });

/** Sends words that were meant for the team. */
export const sendToTeam = (turn: Turn, said: Words, origin: KeptMessage['origin'] = 'written') =>
  turn.person
    ? turn.execute(sendMessage, { personId: turn.person.id, said })
    : turn.execute(keepWords, { from: senderOf(turn), origin, said });

/** By what a correction, or the rest of an album, finds the message again; the chat's own ids. */
export function refsOf({ incoming }: Turn): Pick<Said, 'ref' | 'albumRef'> {
  const message = 'message' in incoming ? incoming.message : undefined;
  if (!message?.messageId || incoming.kind === 'button') return {};
  const albumId = incoming.kind === 'files' ? incoming.albumId : undefined;
  const chat = `${incoming.channel}:${incoming.account.key}:${message.chatId}`;
  return { ref: `${chat}:${message.messageId}`, ...(albumId ? { albumRef: `${chat}:album:${albumId}` } : {}) };
}

/** Who answers for this person, and who stands in while they are away. */
export async function contactFor(turn: Turn): Promise<{ contact: Person; present: Person } | undefined> {
  const id = turn.person && (await contactOf(turn.person, turn));
  const contact = id && (await turn.store.people.get(id));
  const present = id && (await presentFor(id, turn));
  return contact && present ? { contact, present } : undefined;
}

export const isOfStaff = ({ person }: Turn): boolean => person !== undefined && isStaff(person.role);
