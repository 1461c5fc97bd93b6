import { type Logger, LogLevel, webApi } from '@slack/bolt';
import type { WatchedFetch } from '#core/delivery/sending.ts';

/** Where and as whom Slack is called. */
export type Calling = { token: string; apiUrl: string; watch: WatchedFetch };

const longestMs = 10_000;

/** A client that never repeats a call by itself: whether to repeat is decided by the outbox (`recipes.md` 3). */
export const slackClient = ({ token, apiUrl, watch }: Calling): webApi.WebClient =>
  new webApi.WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: longestMs,
    allowAbsoluteUrls: false,
    fetch: watch.fetch as webApi.WebClientOptions['fetch'] & {},
    logger: silent,
  });

/** Slack's libraries write whole payloads into their logs: they get none. Failures are logged where they are met, by code. */
export const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
