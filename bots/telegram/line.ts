import { Api } from 'grammy';
import type { WatchedFetch } from '#core/delivery/sending.ts';

/** How the Bot API is reached: whose token, where, through which fetch. */
export type TelegramLine = { token: string; apiRoot: string; watch: WatchedFetch };

/** grammY's client on this line. No retries of its own, no `Bot`; it gives up after `timeoutSeconds`. */
export const apiOn = ({ token, apiRoot, watch }: TelegramLine, timeoutSeconds: number): Api =>
  new Api(token, { apiRoot: rootOf(apiRoot), fetch: watch.fetch as never, timeoutSeconds });

/** The root without a slash at its end, as grammY wants it. */
export const rootOf = (apiRoot: string): string => apiRoot.replace(/\/+$/, '');
