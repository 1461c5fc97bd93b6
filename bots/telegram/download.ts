import { GrammyError } from 'grammy';
import { apiOn, rootOf, type TelegramLine } from './line.ts';

/** Bytes of a file; or why there are none and never will be. What may pass (a cut line) is thrown instead. */
export type Downloaded = { is: 'loaded'; bytes: Uint8Array } | { is: 'too big' } | { is: 'gone' };

/** Gives a downloader of files people sent: the declared size is read first, and reading stops hard at the limit. */
export function telegramDownload(line: TelegramLine): (fileId: string, atMostBytes: number) => Promise<Downloaded> {
  const api = apiOn(line, 10);
  return async (fileId, atMostBytes) => {
    const file = await api.getFile(fileId).catch(refused);
    if ('is' in file) return file;
    if ((file.file_size ?? 0) > atMostBytes) return { is: 'too big' };
    if (!file.file_path) return { is: 'gone' };
    return fetchBytes(line, file.file_path, atMostBytes);
  };
}

/** A refusal in words is final; 401, 429, 5xx and no answer at all are not. */
function refused(error: unknown): Downloaded & { is: 'too big' | 'gone' } {
  if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
  return { is: /too big/i.test(error.description) ? 'too big' : 'gone' };
}

async function fetchBytes(
  { token, apiRoot, watch }: TelegramLine,
  path: string,
  atMostBytes: number,
): Promise<Downloaded> {
  const response = await watch.fetch(`${rootOf(apiRoot)}/file/bot${token}/${path}`, {
    signal: AbortSignal.timeout(60_000),
  });
  if (response.ok) return read(response, atMostBytes);
  await response.body?.cancel();
  if (response.status === 404) return { is: 'gone' };
  throw new Error(`the file server answered ${response.status}`);
}

async function read({ body, headers }: Response, atMostBytes: number): Promise<Downloaded> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > atMostBytes) return { is: 'too big' };
    chunks.push(chunk);
  }
  const declared = Number(headers.get('content-length') ?? length);
  if (length < declared) throw new Error('the file came only in part');
  return { is: 'loaded', bytes: Buffer.concat(chunks) };
}
