import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { SlackBody } from './payload.ts';

/** Stores a body; throws when that could not be done. `signature` is that of the HTTP request, a nonce. */
export type Keep = (body: SlackBody, signature?: string) => Promise<void>;

/** What `keeping` needs to know of a request in HTTP mode; put there by `customPropertiesExtractor`. */
export type Marks = { signature?: string };

type Answer = { response_action?: string };

/**
 * Puts itself between a receiver of Bolt and the App: whoever acknowledges, stores first. Bolt acks events before any listener, so
 * this is the only place (`recipes.md` 1). Not stored: questions for options and refused fields, which leave nothing behind.
 */
export function keeping(inner: Receiver, keep: Keep): Receiver & { rest(): Promise<void> } {
  const running = new Set<Promise<void>>();

  async function take(app: App, event: ReceiverEvent): Promise<void> {
    const { signature, ...customProperties } = (event.customProperties ?? {}) as Marks;
    const ack = storingAck(event, (body) => keep(body, signature));
    await app.processEvent({ ...event, customProperties, ack });
    await ack();
  }

  function taken(app: App, event: ReceiverEvent): Promise<void> {
    const run = take(app, event);
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    running.add(settled);
    void settled.then(() => running.delete(settled));
    return run;
  }

  return {
    init: (app) => inner.init({ processEvent: (event: ReceiverEvent) => taken(app, event) } as App),
    start: (...args) => inner.start(...args),
    stop: (...args) => inner.stop(...args),
    rest: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** The first call stores and answers; every later one waits for the same. */
function storingAck(
  { body, ack }: ReceiverEvent,
  keep: (body: SlackBody) => Promise<void>,
): (answer?: Answer) => Promise<void> {
  let done: Promise<void> | undefined;
  const once = async (answer?: Answer) => {
    const isOnlyLook = body.type === 'block_suggestion' || answer?.response_action === 'errors';
    if (!isOnlyLook) await keep(body);
    await ack(answer);
  };
  return (answer) => (done ??= once(answer));
}
