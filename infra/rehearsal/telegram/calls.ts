import { isPost } from './methods.ts';

export type RecordedCall = {
  /** The injected clock, milliseconds. */
  at: number;
  method: string;
  chatId?: number | string;
  /** As the stand-in read it; nested JSON is parsed, an upload is its name and size. */
  payload: Record<string, unknown>;
  outcome: 'accepted' | 'refused';
  /** HTTP status, also when the line was cut before the caller could read it. */
  status: number;
  description?: string;
  messageId?: number;
  /** All parts of an album. */
  messageIds?: number[];
  isCut?: true;
};

/** Every call to the Bot API, oldest first. A long city forgets the oldest calls, never a post. */
export type CallRecord = {
  all(): readonly RecordedCall[];
  of(method: string): readonly RecordedCall[];
  /** Accepted calls that put a message before somebody, edits not counted. */
  posts(): readonly RecordedCall[];
  subscribe(listener: (call: RecordedCall) => void): () => void;
  clear(): void;
  add(call: RecordedCall): void;
};

const keptCalls = 20_000;

export function createCallRecord(): CallRecord {
  let all: RecordedCall[] = [];
  let posts: RecordedCall[] = [];
  const listeners = new Set<(call: RecordedCall) => void>();
  return {
    all: () => all,
    of: (method) => all.filter((call) => call.method === method),
    posts: () => posts,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear() {
      all = [];
      posts = [];
    },
    add(call) {
      all.push(call);
      if (all.length > keptCalls * 1.1) all = all.slice(-keptCalls);
      if (call.outcome === 'accepted' && isPost(call.method)) posts.push(call);
      for (const listener of listeners) listener(call);
    },
  };
}
