import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PersonId } from '#core/id.ts';

/** One erasure as it is kept outside the database, so that a restore can repeat it: ids only, and the names of the keys that were destroyed. */
const ErasureLine = z.object({ personId: PersonId, at: z.iso.datetime(), keys: z.array(z.string()) });
export type ErasureLine = z.infer<typeof ErasureLine>;

const fileIn = (folder: string): string => join(folder, 'erasures.jsonl');

/** Adds a line in each folder, on the disk before it returns. A line that a crash left half written stays alone on its own. */
export async function listErasure(folders: readonly string[], line: ErasureLine): Promise<void> {
  for (const folder of folders) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(fileIn(folder), 'a', 0o600);
    try {
      await file.appendFile(`${JSON.stringify(line)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

/** All erasures of these folders, each once. Throws when a file that is there holds a line nobody can read: somebody would stay un-erased. */
export async function listedErasures(folders: readonly string[]): Promise<ErasureLine[]> {
  const lines = new Map<string, ErasureLine>();
  for (const folder of folders)
    for (const text of await textsIn(fileIn(folder))) lines.set(text, ErasureLine.parse(JSON.parse(text)));
  return [...lines.values()];
}

async function textsIn(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').filter((line) => line.trim() !== '');
}
