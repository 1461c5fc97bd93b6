import type { webApi } from '@slack/bolt';
import { type Calling, slackClient } from './client.ts';
import { codeOf } from './outcome.ts';

/** Bytes of a file; or why there are none and never will be. What may pass (a cut line, a busy Slack) is thrown instead. */
export type Downloaded = { is: 'loaded'; bytes: Uint8Array } | { is: 'too big' } | { is: 'gone' };

/** A file as a message or a form named it; without an address Slack is asked for it. */
export type FileRef = { ref: string; url?: string | undefined };

const longestMs = 60_000;

/** Gives a downloader of files people sent: reading stops hard at the limit, and our token goes to nobody but Slack. */
export function slackDownload(calling: Calling): (file: FileRef, atMostBytes: number) => Promise<Downloaded> {
  const client = slackClient(calling);
  return async ({ ref, url }, atMostBytes) => {
    const address = url ?? (await addressOf(ref, client));
    return address && isOfSlack(address, calling.apiUrl) ? fetchBytes(address, atMostBytes, calling) : { is: 'gone' };
  };
}

async function addressOf(ref: string, client: webApi.WebClient): Promise<string | undefined> {
  try {
    const { file } = await client.files.info({ file: ref });
    return file?.url_private_download ?? file?.url_private;
  } catch (error) {
    if (codeOf(error) === 'file_not_found' || codeOf(error) === 'file_deleted') return undefined;
    throw error;
  }
}

/** Without the right to a file Slack shows its sign-in page (302) instead of an error. */
async function fetchBytes(url: string, atMostBytes: number, { token, watch }: Calling): Promise<Downloaded> {
  const answer = await watch.fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual', signal: AbortSignal.timeout(longestMs) });
  if (answer.status === 200) return read(answer, atMostBytes);
  await answer.body?.cancel();
  if (answer.status === 429 || answer.status >= 500) throw new Error(`the file server answered ${answer.status}`);
  return { is: 'gone' };
}

async function read({ body, headers }: Response, atMostBytes: number): Promise<Downloaded> {
  const declared = Number(headers.get('content-length') ?? 0);
  if (declared > atMostBytes) {
    await body?.cancel();
    return { is: 'too big' };
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > atMostBytes) return { is: 'too big' };
    parts.push(part);
  }
  if (size < declared) throw new Error('the file came only in part');
  return { is: 'loaded', bytes: Buffer.concat(parts) };
}

function isOfSlack(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return origin === new URL(apiUrl).origin || (protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com')));
}
