import type { PersonId, RequestId } from '../id.ts';

export type RequestEvents = {
  'request.sent': { requestId: RequestId; to: PersonId };
  /** The asker added words to a request that waits. */
  'request.added': { requestId: RequestId };
  /** Somebody opened what the asker wrote: a reading line [GUIDE]. */
  'request.read': { requestId: RequestId };
  'request.answered': { requestId: RequestId; by: PersonId; agrees: boolean };
};
