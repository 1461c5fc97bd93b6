import { z } from 'zod';
import type { DomainEvent } from '../events.ts';
import { ErasureId } from '../id.ts';
import { revoke } from '../invitations/make-invitation.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import type { Actor } from '../use-case.ts';
import { defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { dropTraces } from './drop-traces.ts';
import { aboutErasure, type Erasure } from './erasure.ts';
import { keysOfPerson } from './keys-of-person.ts';
import { refuseIfNeeded } from './may-be-erased.ts';

/**
 * The second person's yes or no; never the one who asked. A yes ends access, takes away what leads to the person and lets their keys be destroyed: it
 * cannot be undone. Refuses while an alert of theirs is open.
 */
export const answerErasure = defineUseCase({
  name: 'answer-erasure',
  input: z.object({ erasureId: ErasureId, approves: z.boolean() }),
  subject: ({ erasureId }, { store }) => store.erasures.get(erasureId),

  async run({ approves }, deps) {
    const { store, actor, now, subject } = deps;
    const erasure = await store.erasures.must(subject.id);
    if (isTheirs(erasure, approves, actor)) return unchanged(erasure);
    if (!actor.id || erasure.state !== 'asked') throw new Refusal(phrase('refusals:gone'));
    const answered = { ...erasure, answeredBy: actor.id, answeredAt: now };
    if (approves) return approve(answered, deps);
    const declined = await store.erasures.save({ ...answered, state: 'declined' });
    return { events: [{ type: 'erasure.declined', ...aboutErasure(declined) }], result: declined };
  },
});

/** The same answer of the same person, once more. */
const isTheirs = ({ state, answeredBy }: Erasure, approves: boolean, actor: Actor): boolean =>
  answeredBy === actor.id && state !== 'asked' && approves === (state !== 'declined');

async function approve(
  erasure: Erasure,
  deps: Deps & { actor: Actor },
): Promise<{ events: DomainEvent[]; result: Erasure }> {
  const { store } = deps;
  const { personId } = erasure;
  const person = await store.people.must(personId);
  await refuseIfNeeded(person, deps);
  const keys = await keysOfPerson(person, deps);
  const invitations = await revoke(await store.invitations.unusedOf(personId), deps);
  await forgetAsStranger(person.accounts, deps);
  await store.people.save({ ...person, accounts: [] });
  await dropTraces(personId, await store.people.accountKeys(person), deps);
  const approved = await store.erasures.save({ ...erasure, state: 'approved', keys });
  const events = [...invitations, { type: 'erasure.approved' as const, ...aboutErasure(approved), keys: keys.length }];
  return { events, result: approved };
}

/** What they wrote before they were on file is found by their account only. */
async function forgetAsStranger(accounts: { channel: string; key: string }[], { store }: Deps): Promise<void> {
  for (const { channel, key } of accounts) {
    const messages = await store.messages.byBlind('sender', [`${channel}:${key}`]);
    const alerts = await store.alerts.byBlind('stranger', [`${channel}:${key}`], { state: 'closed' });
    await store.messages.forgetDigests({ _id: { $in: messages.map(({ id }) => id as string) } });
    await store.alerts.forgetDigests({ _id: { $in: alerts.map(({ id }) => id as string) } });
  }
}
