import { z } from 'zod';
import type { Account, Person } from '../people/person.ts';
import { day, languages, phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { channels } from '../roles.ts';
import { addWorkingDays } from '../time.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { aboutInvitation, type Invitation, stateOf } from './invitation.ts';

/** What came of a code: the account is linked, or the check is still open. */
export type Accepted =
  | { is: 'linked'; person: Person; isOtherChat: boolean }
  | { is: 'askYear' }
  | { is: 'wrongYear'; checksLeft: number }
  | { is: 'stopped' };

const From = z.object({ channel: z.enum(channels), key: z.string(), address: z.string() });

/**
 * Links the account that brings a code to the person on file. A beneficiary says the year of birth first; after too many
 * wrong answers a human goes on. Each reason why a code is no use has a kind sentence of its own.
 */
export const acceptInvitation = defineUseCase({
  name: 'accept-invitation',
  input: z.object({
    code: z.string().max(200),
    year: z.string().max(200).optional(),
    account: From,
    language: z.enum(languages).optional(),
  }),

  async subject({ code }, { store }) {
    const invitation = await store.invitations.withCode(code);
    if (!invitation) throw new Refusal(phrase('start:link.unknownCode'));
    return invitation;
  },

  async run({ code, year, account, language }, deps): Promise<Done<Accepted>> {
    const invitation = (await deps.store.invitations.withCode(code)) as Invitation;
    const person = await deps.store.people.must(invitation.personId);
    await refuseIfLinked(account, person, deps);
    refuseIfVoid(invitation, deps);
    if (person.status === 'left') throw new Refusal(phrase('start:link.revoked'));
    if (invitation.purpose === 'otherChat' && hasChat(person, account))
      throw new Refusal(phrase('start:link.slackOnly'));

    if (invitation.needsYear && year === undefined) return unchanged({ is: 'askYear' });
    if (invitation.needsYear && yearIn(year ?? '') !== person.birthYear) return failCheck(invitation, deps);
    return link(invitation, person, { ...account, linkedAt: deps.now, isDead: false }, language, deps);
  },
});

type From = z.infer<typeof From>;

const hasChat = (person: Person, { channel }: From) => person.accounts.some((account) => account.channel === channel);

/** One account is one person: it is linked already, or it is somebody else's. */
async function refuseIfLinked({ channel, key }: From, person: Person, { store }: Deps): Promise<void> {
  const linked = await store.people.withAccount(channel, key);
  if (!linked || linked.status === 'left') return;
  throw new Refusal(phrase(linked.id === person.id ? 'start:link.already' : 'start:link.otherPerson'));
}

function refuseIfVoid(invitation: Invitation, { now, settings }: Deps): void {
  const state = stateOf(invitation, now);
  if (state === 'used') throw new Refusal(phrase('start:link.used'));
  if (state === 'revoked') throw new Refusal(phrase('start:link.revoked'));
  if (state === 'expired') throw new Refusal(phrase('start:link.expired'));
  if (state === 'stopped') throw new Refusal(stopped({ now, settings }));
}

/** The check did not work out: until when a human answers. */
export const stopped = ({ now, settings }: Pick<Deps, 'now' | 'settings'>) =>
  phrase('start:link.checkStopped', {
    day: day(addWorkingDays(now, settings.messages.answerWorkingDays, settings.closedDays)),
  });

const yearIn = (text: string) => Number(text.match(/\d{4}/)?.[0]);

async function failCheck(invitation: Invitation, { store }: Deps): Promise<Done<Accepted>> {
  const checksLeft = invitation.checksLeft - 1;
  const isOver = checksLeft <= 0;
  await store.invitations.save({ ...invitation, checksLeft, state: isOver ? 'stopped' : 'open' });
  const about = aboutInvitation(invitation);
  const failed = { type: 'invitation.check-failed' as const, ...about, checksLeft };
  if (!isOver) return { events: [failed], result: { is: 'wrongYear', checksLeft } };
  return { events: [failed, { type: 'invitation.stopped', ...about }], result: { is: 'stopped' } };
}

/** The person's account of this chat is from now on this one; an earlier one, a lost phone say, loses its buttons. */
async function link(
  invitation: Invitation,
  person: Person,
  account: Account,
  language: Person['language'] | undefined,
  { store, now }: Deps,
): Promise<Done<Accepted>> {
  const { channel } = account;
  await leaveToNewHolder(account, { store });
  const others = person.accounts.filter((one) => one.channel !== channel);
  const isNewPhone = others.length < person.accounts.length;
  const linked = await store.people.save({
    ...person,
    ...(language ? { language, isLanguageChosen: true } : {}),
    status: 'active',
    accounts: [...others, account],
    epoch: person.epoch + (isNewPhone ? 1 : 0),
    hasStopped: false,
  });
  await store.invitations.save({ ...invitation, state: 'used', usedAt: now });
  const isOtherChat = invitation.purpose === 'otherChat';
  return {
    events: [{ type: 'invitation.used', ...aboutInvitation(invitation), channel, isOtherChat }],
    result: { is: 'linked', person: linked, isOtherChat },
  };
}

/** An account of somebody who left is free for whoever holds it now. */
async function leaveToNewHolder({ channel, key }: Account, { store }: Pick<Deps, 'store'>): Promise<void> {
  const former = await store.people.withAccount(channel, key);
  if (!former) return;
  await store.people.save({
    ...former,
    accounts: former.accounts.filter((one) => one.channel !== channel || one.key !== key),
  });
}
