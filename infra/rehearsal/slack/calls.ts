import type { Json } from './world.ts';

export type Outcome = 'ok' | 'refused' | 'rate_limited' | 'status' | 'cut_before' | 'cut_after_accept';

/** One call of the Web API as it came in, or `(answer)`: words in an ack or by response_url. The token is never kept. */
export type Call = {
  at: number;
  method: string;
  channel?: string;
  user?: string;
  payload: Json;
  outcome: Outcome;
  error?: string;
  ts?: string;
};

export type Calls = {
  readonly all: readonly Call[];
  /** Called after each call is decided; the answer may still be cut. Returns the way out. */
  subscribe(listener: (call: Call) => void): () => void;
  of(method: string): Call[];
  /** Messages that now stand in the team: accepted posts, ephemeral ones, shared files and answers. */
  posts(): Call[];
  /** The first accepted post that fits and was not taken yet; a scenario ends with `untaken()` empty. */
  take(fits?: (call: Call) => boolean): Call | undefined;
  untaken(): Call[];
  clear(): void;
};

const posting = new Set(['chat.postMessage', 'chat.postEphemeral', 'files.completeUploadExternal', '(answer)']);
const isAccepted = ({ outcome }: Call) => outcome === 'ok' || outcome === 'cut_after_accept';

export function recordCalls(): Calls & { add(call: Call): void } {
  const all: Call[] = [];
  const listeners = new Set<(call: Call) => void>();
  const taken = new Set<Call>();
  const posts = () => all.filter((call) => posting.has(call.method) && isAccepted(call));
  const untaken = () => posts().filter((call) => !taken.has(call));
  return {
    all,
    posts,
    untaken,
    of: (method) => all.filter((call) => call.method === method),
    take(fits = () => true) {
      const found = untaken().find(fits);
      if (found) taken.add(found);
      return found;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(call) {
      all.push(call);
      for (const listener of listeners) listener(call);
    },
    clear() {
      all.length = 0;
      taken.clear();
    },
  };
}
