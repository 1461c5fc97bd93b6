import { setTimeout as sleep } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import type { LoadedFile, WatchedFetch } from '#core/delivery/sending.ts';

export type Uploaded = { id: string; title: string };

const longestMs = 60_000;
const shareWaitsMs = [500, 2000];

/** Puts the bytes of files at Slack; nobody sees them before they are shared. */
export async function uploadFiles(
  files: readonly LoadedFile[],
  { client, watch }: { client: webApi.WebClient; watch: WatchedFetch },
): Promise<Uploaded[]> {
  const uploaded: Uploaded[] = [];
  for (const { name, bytes } of files) {
    if (bytes.byteLength === 0) continue;
    const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
      filename: name,
      length: bytes.byteLength,
    });
    if (!url || !id) throw new Error('Slack gave no place for the file.');
    const answer = await watch.fetch(url, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { 'content-type': 'application/octet-stream' },
      signal: AbortSignal.timeout(longestMs),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error('Slack did not take the bytes.');
    uploaded.push({ id, title: name });
  }
  return uploaded;
}

/** Shows uploaded files in a channel as one message. Without an answer it is tried again; if they are shown already Slack says so. */
export async function shareFiles(files: Uploaded[], channel: string, client: webApi.WebClient): Promise<void> {
  let isAgain = false;
  for (const wait of [...shareWaitsMs, undefined]) {
    try {
      const [first, ...more] = files;
      if (first) await client.files.completeUploadExternal({ files: [first, ...more], channel_id: channel });
      return;
    } catch (error) {
      if (error instanceof webApi.WebAPIPlatformError && isAgain) return;
      if (wait === undefined || error instanceof webApi.WebAPIPlatformError) throw error;
      isAgain = true;
      await sleep(wait);
    }
  }
}
