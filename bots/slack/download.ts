import type { webApi } from '@slack/bolt';
import type { Calling } from './client.ts';
import { codeOf } from './outcome.ts';

/** What became of a download. `too_big` and `gone` are final; `failed` is worth another try. */
export type Downloaded = { is: 'got'; bytes: Uint8Array } | { is: 'too_big' } | { is: 'gone' } | { is: 'failed' };

const longestMs = 60_000;

/** Bytes of a private file: reading stops hard at the limit, and our token goes to nobody but Slack. Never throws. */
export async function download(
  url: string,
  atMostBytes: number,
  { token, apiUrl, watch }: Calling,
): Promise<Downloaded> {
  if (!isOfSlack(url, apiUrl)) return { is: 'gone' };
  try {
    const answer = await watch.fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(longestMs),
    });
    if (answer.status === 200) return await read(answer, atMostBytes);
    await answer.body?.cancel(); // without the right to a file Slack shows its sign-in page (302), no error
    return { is: answer.status === 429 || answer.status >= 500 ? 'failed' : 'gone' };
  } catch {
    return { is: 'failed' };
  }
}

async function read({ body, headers }: Response, atMostBytes: number): Promise<Downloaded> {
  const declared = Number(headers.get('content-length') ?? 0);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (Math.max(size, declared) > atMostBytes) return { is: 'too_big' };
    parts.push(part);
  }
  return size < declared ? { is: 'failed' } : { is: 'got', bytes: Buffer.concat(parts) };
}

/** The private address of a file that was named without one. */
export async function addressOf(
  fileId: string,
  client: webApi.WebClient,
): Promise<{ url: string } | Exclude<Downloaded, { is: 'got' }>> {
  try {
    const { file } = await client.files.info({ file: fileId });
    const url = file?.url_private_download ?? file?.url_private;
    return url ? { url } : { is: 'gone' };
  } catch (error) {
    return { is: /^file_(not_found|deleted)$/.test(codeOf(error) ?? '') ? 'gone' : 'failed' };
  }
}

function isOfSlack(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return (
    origin === new URL(apiUrl).origin ||
    (protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com')))
  );
}
