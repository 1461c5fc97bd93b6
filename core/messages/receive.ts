import { z } from 'zod';
import { FileId, type MessageId, PersonId } from '../id.ts';
import { contactOf } from '../people/contact.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { addMinutes } from '../time.ts';
import type { Done } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { aboutMessage, answerDueOf, type KeptMessage, type Part, ReturnAddress } from './kept-message.ts';
import { readersOf } from './readers.ts';

/** Words as long as any chat lets through; a voice or a photo alone is enough. */
export const Said = z.object({
  words: z.string().max(50_000).default(''),
  files: z.array(FileId).max(20).default([]),
  ref: z.string().max(200).optional(),
  albumRef: z.string().max(200).optional(),
});
export type Said = z.infer<typeof Said>;

/** Who wrote: somebody on file, or an account that is answered there. */
export const Sender = z.object({ personId: PersonId.optional(), account: ReturnAddress.optional() });
export type Sender = z.infer<typeof Sender>;

/** `isNew` is false when it joined a message that waits. */
export type Received = { message: KeptMessage; isNew: boolean };

/** Keeps what was said: joined to its album or to what the same person wrote a moment ago, else as a message of its own. */
export async function receive(
  from: Sender,
  origin: KeptMessage['origin'],
  said: Said,
  deps: Deps,
): Promise<Done<Received>> {
  if (!said.words.trim() && said.files.length === 0) throw new Refusal(phrase('errors:empty'));
  const album = said.albumRef ? await deps.store.messages.withRef(said.albumRef) : undefined;
  const waiting = album ?? (await justWritten(from, origin, deps));
  return waiting ? join(waiting, said, deps) : keep(from, origin, said, deps);
}

/** Somebody who writes a thought in three lines sends one message (`delivery.md` 5). */
async function justWritten(
  { personId, account }: Sender,
  origin: KeptMessage['origin'],
  { store, now, settings }: Deps,
): Promise<KeptMessage | undefined> {
  const since = addMinutes(now, -settings.messages.foldMinutes);
  const waiting = personId
    ? await store.messages.waitingOf(personId, since)
    : account && (await store.messages.waitingFrom(senderOf(account), since));
  return waiting?.origin === origin ? waiting : undefined;
}

const senderOf = ({ channel, key }: ReturnAddress) => `${channel}:${key}`;

async function join(message: KeptMessage, said: Said, { store, now }: Deps): Promise<Done<Received>> {
  const saved = await store.messages.save({ ...message, parts: [...message.parts, partOf(said, now)] });
  return { events: [{ type: 'message.added', ...aboutMessage(message) }], result: { message: saved, isNew: false } };
}

async function keep(from: Sender, origin: KeptMessage['origin'], said: Said, deps: Deps): Promise<Done<Received>> {
  const { store, now, newId, settings } = deps;
  const contact = await whose(from, deps);
  const readerIds = await readersOf({ ...contact, ...from }, deps);
  const message: KeptMessage = {
    ...from,
    ...contact,
    id: newId<MessageId>(),
    version: 0,
    number: `M-${await store.counters.next('message')}`,
    origin,
    readerIds,
    parts: [partOf(said, now)],
    receivedAt: now,
    answerDueAt: answerDueOf(now, settings),
    state: 'waiting',
    answers: [],
    isFlagged: from.personId !== undefined && (await store.alerts.openOfPerson(from.personId)).length > 0,
  };
  await store.messages.insert(message);
  return {
    events: [{ type: 'message.kept', ...aboutMessage(message), origin, people: readerIds }],
    result: { message, isNew: true },
  };
}

/** The case of who wrote, and who answers for them. */
async function whose({ personId }: Sender, { store }: Deps): Promise<Pick<KeptMessage, 'caseId' | 'coordinatorId'>> {
  if (!personId) return {};
  const known = await store.cases.ofPerson(personId);
  const coordinatorId = await contactOf(await store.people.must(personId), { store });
  return { ...(known ? { caseId: known.id } : {}), ...(coordinatorId ? { coordinatorId } : {}) };
}

const partOf = (said: Said, at: Date): Part => ({ ...said, at, former: [] });
