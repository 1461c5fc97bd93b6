import { z } from 'zod';
import type { CaseId } from '../id.ts';
import { PersonId, type RequestId } from '../id.ts';
import { personSubject } from '../people/contact.ts';
import { isOnStaff } from '../people/person.ts';
import { phrase } from '../phrase.ts';
import { Refusal } from '../refusal.ts';
import { type Done, defineUseCase, unchanged } from '../use-case.ts';
import type { Deps } from '../world.ts';
import { aboutRequest, type PreparedRequest } from './request.ts';

/** Sends what was refused to whoever decides it. The same asked again adds to the one that waits. [GUIDE] */
export const sendRequest = defineUseCase({
  name: 'send-request',
  input: z.object({
    askedBy: PersonId,
    decidedBy: PersonId,
    asked: z.string().max(60),
    caseNumber: z.string().max(20).optional(),
    words: z.string().max(4000).default(''),
  }),
  subject: ({ askedBy }, deps) => personSubject(askedBy, deps),

  async run({ askedBy, decidedBy, asked, caseNumber, words }, deps): Promise<Done<PreparedRequest>> {
    const { store } = deps;
    await refuseUnlessDecides(decidedBy, deps);
    const caseId = caseNumber ? (await store.cases.first({ number: caseNumber }))?.id : undefined;
    const waiting = (await store.requests.waitingBy(askedBy)).find(
      (one) => one.decidedBy === decidedBy && one.asked === asked && one.caseId === caseId,
    );
    if (waiting) return addTo(waiting, words, deps);
    return send({ askedBy, decidedBy, asked, words, ...(caseId ? { caseId } : {}) }, deps);
  },
});

async function refuseUnlessDecides(id: PersonId, { store }: Deps): Promise<void> {
  const person = await store.people.get(id);
  if (!person || !isOnStaff(person) || person.role === 'technician') throw new Refusal(phrase('refusals:gone'));
}

async function addTo(waiting: PreparedRequest, words: string, { store }: Deps): Promise<Done<PreparedRequest>> {
  if (!words.trim()) return unchanged(waiting);
  const saved = await store.requests.save({ ...waiting, words: [waiting.words, words].filter(Boolean).join('\n') });
  return { events: [{ type: 'request.added', ...aboutRequest(saved) }], result: saved };
}

type Asked = Pick<PreparedRequest, 'askedBy' | 'decidedBy' | 'asked' | 'words'> & { caseId?: CaseId };

async function send(asked: Asked, { store, now, newId }: Deps): Promise<Done<PreparedRequest>> {
  const request: PreparedRequest = {
    ...asked,
    id: newId<RequestId>(),
    version: 0,
    number: `R-${await store.counters.next('request')}`,
    askedAt: now,
    state: 'waiting',
  };
  await store.requests.insert(request);
  return { events: [{ type: 'request.sent', ...aboutRequest(request), to: asked.decidedBy }], result: request };
}
