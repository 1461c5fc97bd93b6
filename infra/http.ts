import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent, type Dispatcher } from 'undici';
import type { WatchedFetch } from '#core/delivery/sending.ts';

type Trace = { wrote: boolean; status?: number };

/**
 * The one fetch of both chats, and it knows whether bytes of a request went out (`recipes.md` 3): undici calls `onRequestStart` on a
 * connected socket just before the first byte. Error codes cannot tell: `ECONNRESET` comes before and after writing.
 */
export function watchedFetch(): WatchedFetch {
  const pool = new Agent({ connect: { timeout: 5000 }, allowH2: false });
  const traces = new AsyncLocalStorage<Trace>();

  const fetchWatched: typeof fetch = async (input, init = {}) => {
    const trace = traces.getStore() ?? { wrote: false };
    const { signal, ...rest } = init;
    const watched = {
      ...rest,
      dispatcher: watching(pool, trace),
      ...(signal ? { signal: nativeSignal(signal) } : {}),
      // A body that is a stream must say so; harmless for any other.
      ...(init.body ? { duplex: 'half' } : {}),
    };
    const response = await fetch(input, watched as RequestInit);
    trace.status = response.status;
    return response;
  };
  return { fetch: fetchWatched, run: (trace, call) => traces.run(trace, call) };
}

/** Dispatches to the pool and notes the moment before the first byte. */
function watching(pool: Agent, trace: Trace): Pick<Dispatcher, 'dispatch'> {
  return {
    dispatch: (options, handler) =>
      pool.dispatch(options, {
        __proto__: handler,
        onRequestStart(controller: Dispatcher.DispatchController, context: unknown) {
          trace.wrote = true;
          handler.onRequestStart?.(controller, context);
        },
      } as Dispatcher.DispatchHandler),
  };
}

/** Node's fetch takes its own signals only; grammY's is a polyfill, so it is linked to an own one. */
function nativeSignal(signal: AbortSignal): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const foreign = signal as AbortSignal;
  const own = new AbortController();
  if (foreign.aborted) own.abort();
  else foreign.addEventListener('abort', () => own.abort(), { once: true });
  return own.signal;
}
