import type { Timer } from '#core/delivery/timer.ts';
import { execute, inStep } from '#core/execute.ts';
import type { FileFault, KeptFile } from '#core/files/kept-file.ts';
import { refuseFile } from '#core/files/refuse-file.ts';
import type { FileId } from '#core/id.ts';
import { system } from '#core/people/actor.ts';
import type { World } from '#core/world.ts';

/** A chat's way to fetch the bytes of a file; throws `FileRefused` when it never will. */
export type Download = (file: KeptFile, atMostBytes: number) => Promise<Uint8Array>;

/** Looks at the bytes and gives what may be kept of them, with its true type; or why nothing may. */
export type Clean = (
  bytes: Uint8Array,
) => Promise<{ is: 'clean'; bytes: Uint8Array; mimetype: string; ending: string } | { is: 'refused'; why: FileFault }>;

/** The file is too big, gone, or of a kind we do not keep: trying again is of no use. */
export class FileRefused extends Error {
  readonly why: FileFault;

  constructor(why: FileFault) {
    super(why);
    this.why = why;
  }
}

const atMostBytes = 20 * 1024 * 1024;
const partBytes = 3 * 1024 * 1024;

/** Fetches the bytes of a file that somebody sent, cleans them and keeps them sealed, in parts. The report it belongs to is kept anyway. */
export async function fetchFile(world: World, download: Download, clean: Clean, timer: Timer): Promise<void> {
  const file = await world.store.files.get(timer.subject);
  if (file?.state !== 'known') return;
  try {
    if ((file.size ?? 0) > atMostBytes) throw new FileRefused('tooBig');
    const cleaned = await clean(await download(file, atMostBytes));
    if (cleaned.is === 'refused') throw new FileRefused(cleaned.why);
    await keep(world, file, cleaned);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    await refuse(world, file, error.why);
  }
}

type Cleaned = Extract<Awaited<ReturnType<Clean>>, { is: 'clean' }>;

/** What it is goes by its bytes: a picture called `.exe`, or the other way round, misleads nobody later. */
function known(file: KeptFile, { bytes, mimetype, ending }: Cleaned) {
  const name = file.name ? { name: `${baseOf(file.name)}${ending}` } : {};
  return {
    ...name,
    kind: fits(file.kind, mimetype) ? file.kind : ('document' as const),
    mimetype,
    size: bytes.length,
    parts: Math.ceil(bytes.length / partBytes),
  };
}

const baseOf = (name: string): string => name.replace(/(\.[\p{L}\p{N}]{1,8})+$/u, '').slice(0, 80) || 'file';

const families: Record<KeptFile['kind'], RegExp> = {
  voice: /^(audio|video)\//,
  audio: /^(audio|video)\//,
  video: /^video\//,
  photo: /^image\//,
  document: /^/,
};
const fits = (kind: KeptFile['kind'], mimetype: string): boolean => families[kind].test(mimetype);

/** Another process may be at the same file (a slow download): the parts of each are its own, and the one change of the file decides whose stay. */
async function keep({ store, newId }: World, file: KeptFile, cleaned: Cleaned): Promise<void> {
  const keeping = newId<string>();
  await writeParts(store, file.id, keeping, cleaned.bytes);
  const fields = { state: 'kept' as const, keeping, ...known(file, cleaned) };
  const isKept = await store.files.change(file.id, { state: 'known' }, fields, {}, file);
  await store.fileParts.remove({ fileId: file.id, keeping: isKept ? { $ne: keeping } : keeping });
}

async function writeParts(
  { fileParts }: World['store'],
  fileId: FileId,
  keeping: string,
  bytes: Uint8Array,
): Promise<void> {
  for (let part = 0; part * partBytes < bytes.length; part++) {
    const slice = bytes.subarray(part * partBytes, (part + 1) * partBytes);
    await fileParts.insert({
      id: `${fileId}-${keeping}-${part}`,
      version: 0,
      fileId,
      keeping,
      part,
      bytes: Buffer.from(slice).toString('base64'),
    });
  }
}

/** Who sent it is told once for what came together: the first file of these minutes has the step that says so. */
async function refuse(world: World, file: KeptFile, why: FileFault): Promise<void> {
  const told = await inStep(world, togetherKey(world, file, why), (step) => refuseIn(step, file.id, why, true));
  if (told !== file.id) await inStep(world, `file-refused:${file.id}`, (step) => refuseIn(step, file.id, why, false));
}

async function refuseIn(
  step: Parameters<Parameters<typeof inStep>[2]>[0],
  fileId: FileId,
  why: FileFault,
  isTold: boolean,
): Promise<FileId> {
  await execute(step, refuseFile, { actor: system, input: { fileId, why, isTold } });
  return fileId;
}

const togetherMinutes = 5;

function togetherKey({ seal }: World, { id, from, account, receivedAt }: KeptFile, why: FileFault): string {
  const who = from ?? (account ? seal.blind('file', `${account.channel}:${account.key}`, 128) : id);
  return `file-refused:${who}:${why}:${Math.floor(receivedAt.getTime() / (togetherMinutes * 60_000))}`;
}
