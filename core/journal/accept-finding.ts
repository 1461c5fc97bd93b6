import { z } from 'zod';
import { defineUseCase, unchanged } from '../use-case.ts';
import { acceptedIn, isSamePlace, Judged, signaturesNeeded, signedIn } from './accepted.ts';

/** What became of a signature. */
export type Accepting = 'signed' | 'signed before' | 'accepted' | 'accepted before';

/**
 * One signature under a finding of the journal that was looked into. With the second, of somebody else, it is accepted: nothing in the journal is
 * changed, but it is told as accepted from then on. `isOfHead`: the head of the chain is brought to its last line, as the work could not go on
 * soundly from a false one.
 */
export const acceptFinding = defineUseCase({
  name: 'accept-journal-finding',
  input: Judged.extend({ isOfHead: z.boolean() }),
  subject: () => ({ id: 'office' }),

  async run({ isOfHead, ...judged }, { store: { journal }, actor }) {
    const accepted = (await acceptedIn(journal)).filter((one) => isSamePlace(one, judged));
    if (accepted.length > 0 && !isOfHead) return unchanged<Accepting>('accepted before');
    const since = accepted.at(-1)?.line ?? 0;
    const signatures = (await signedIn(journal)).filter((one) => isSamePlace(one, judged) && one.line > since);
    if (signatures.some(({ by }) => by === actor.id)) return unchanged<Accepting>('signed before');

    const about = { kind: 'office', id: 'office' };
    const signed = { type: 'journal.findingSigned' as const, about, ...judged };
    if (signatures.length + 1 < signaturesNeeded) return { events: [signed], result: 'signed' as Accepting };
    if (isOfHead) await journal.mendHead(judged.chain);
    return {
      events: [signed, { type: 'journal.findingAccepted', about, ...judged }],
      result: 'accepted' as Accepting,
    };
  },
});
