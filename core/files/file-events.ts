import type { FileId } from '../id.ts';
import type { FileFault } from './kept-file.ts';

/** What becomes of a file that somebody sent. */
export type FileEvents = {
  /** What somebody sent is not kept; `isTold`: it is the first of what came together. */
  'file.refused': { fileId: FileId; why: FileFault; isTold: boolean };
};
