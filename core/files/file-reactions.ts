import type { Message } from '../message.ts';
import { phrase } from '../phrase.ts';
import type { Reactions } from '../reactions.ts';
import type { FileEvents } from './file-events.ts';
import type { FileFault } from './kept-file.ts';

/** Who sent it hears what to send instead, and that the rest is kept. */
export const fileReactions: Reactions<FileEvents> = {
  'file.refused': async ({ fileId, why, isTold }, { store }) => {
    if (!isTold) return [];
    const { from, account } = await store.files.must(fileId);
    const message: Message = { lines: [said[why], phrase('errors:restKept')] };
    if (from) return [{ do: 'tell', to: from, message, lane: 'waiting' }];
    return account ? [{ do: 'tellAccount', account, message, lane: 'waiting' }] : [];
  },
};

const said = {
  tooBig: phrase('errors:fileTooBig'),
  gone: phrase('errors:fileLost'),
  kind: phrase('errors:fileRefused'),
  broken: phrase('errors:fileBroken'),
  pixels: phrase('errors:filePixels'),
} satisfies Record<FileFault, unknown>;
