import type { Json } from './world.ts';

/** What Slack wants to bring to the app, whichever way. */
export type Envelope = {
  type: 'events_api' | 'interactive' | 'slash_commands';
  payload: object;
  /** Whether the app may answer inside the ack. */
  acceptsAnswer: boolean;
  retry?: { attempt: number; reason: string };
};

/** `answer` is what the ack carried ({} when nothing). */
export type Reply =
  | { isAcked: true; answer: Json }
  | { isAcked: false; reason: 'no_connection' | 'timeout' | 'http_error' };

export type Line = {
  bring(envelope: Envelope): Promise<Reply>;
  close(): void;
};
