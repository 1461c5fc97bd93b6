import { z } from 'zod';
import { RequestId } from '../id.ts';
import { defineUseCase } from '../use-case.ts';
import { aboutRequest } from './request.ts';

/** Opens what the asker added to a request; each reading leaves a line [GUIDE]. */
export const readRequest = defineUseCase({
  name: 'read-request',
  input: z.object({ requestId: RequestId }),
  subject: ({ requestId }, { store }) => store.requests.get(requestId),

  async run({ requestId }, { store }) {
    const request = await store.requests.must(requestId);
    return { events: [{ type: 'request.read', ...aboutRequest(request) }], result: request };
  },
});
