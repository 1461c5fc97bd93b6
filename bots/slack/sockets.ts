import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeReceiver, webApi } from '@slack/bolt';
import { silent } from './client.ts';

export type SocketOptions = { appToken: string; apiUrl: string; onFailure: (code: string) => void };

/** A socket that is opened again for as long as it is wanted. */
export type Socket = { receiver: SocketModeReceiver; open(): void; isConnected(): boolean; close(): Promise<void> };

const firstWaitMs = 300;
const longestWaitMs = 10_000;

/** Bolt's receiver without its own reconnecting, which leaves people without a socket for five seconds (`recipes.md` 1). */
export function openSocket({ appToken, apiUrl, onFailure }: SocketOptions): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: silent,
    installerOptions: {
      clientOptions: { slackApiUrl: apiUrl, timeout: 5000, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
    } as object,
    processEventErrorHandler: async () => false,
  });
  const { client } = receiver;
  let isOpen = false;
  let isWanted = false;
  let loop: Promise<void> = Promise.resolve();
  let wakeUp = new AbortController();

  async function keepOpen() {
    let wait = firstWaitMs;
    while (isWanted) {
      try {
        await client.start();
        wait = firstWaitMs;
        isOpen = true;
        if (isWanted) await new Promise((resolve) => client.once('disconnected', resolve));
        else await client.disconnect();
      } catch (error) {
        onFailure(codeOf(error));
        await sleep(pauseAfter(error, wait), undefined, { signal: wakeUp.signal }).catch(() => undefined);
        wait = Math.min(wait * 1.5, longestWaitMs);
      } finally {
        isOpen = false;
      }
    }
  }

  return {
    receiver,
    isConnected: () => isOpen,
    open() {
      if (isWanted) return;
      isWanted = true;
      wakeUp = new AbortController();
      loop = keepOpen();
    },
    async close() {
      isWanted = false;
      wakeUp.abort();
      if (isOpen) await client.disconnect();
      await loop;
    },
  };
}

const codeOf = (error: unknown) => (error instanceof webApi.WebAPIPlatformError ? error.data.error : 'no_connection');

function pauseAfter(error: unknown, wait: number): number {
  if (error instanceof webApi.WebAPIRateLimitedError) return error.retryAfter * 1000;
  return error instanceof webApi.WebAPIPlatformError ? Math.max(wait, 3000) : wait;
}
