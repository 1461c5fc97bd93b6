import type { PersonId } from '../id.ts';
import type { Message } from '../message.ts';
import { presentFor } from '../people/contact.ts';
import { phrase, words } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import { nextQuietEnd } from '../time.ts';
import { type PreparedRequest, preparedText } from './request.ts';
import type { RequestEvents } from './request-events.ts';

/** Whoever decides hears of a request, whoever asked hears the decision. */
export const requestReactions: Reactions<RequestEvents> = {
  'request.sent': async ({ requestId, to }, deps) => {
    const decider = (await presentFor(to, deps))?.id ?? to;
    return [
      {
        do: 'tell',
        to: decider,
        card: 'request',
        subject: requestId,
        lane: 'waiting',
        at: nextQuietEnd(deps.now, deps.settings.quietHours),
      },
      ...homes([to, decider]),
    ];
  },
  'request.added': changed,
  'request.read': () => [],
  'request.answered': async (event, deps) => {
    const request = await deps.store.requests.must(event.requestId);
    return [
      ...(await changed(event, deps)),
      { do: 'tell', to: request.askedBy, message: await decisionOn(request, deps), lane: 'waiting' },
      ...homes([event.by, request.askedBy]),
    ];
  },
};

async function changed({ requestId }: { requestId: string }, { store }: ReactionDeps): Promise<Reaction[]> {
  return [{ do: 'refresh', subject: requestId }, ...homes([(await store.requests.must(requestId)).decidedBy])];
}

const homes = (people: PersonId[]): Reaction[] => [...new Set(people)].map((of) => ({ do: 'home', of }));

async function decisionOn(
  { state, asked, caseId, reason }: PreparedRequest,
  { store }: ReactionDeps,
): Promise<Message> {
  const caseRef = caseId && (await store.cases.get(caseId))?.number;
  const text = preparedText(asked, caseRef);
  if (state === 'agreed') return { lines: [phrase('refusals:notice.agreed', { comment: text })] };
  return { lines: [phrase('refusals:notice.declined', { reason: words(reason ?? '') }), text] };
}
