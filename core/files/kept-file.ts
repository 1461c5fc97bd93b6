import { z } from 'zod';
import { FileId, PersonId } from '../id.ts';
import { languages } from '../phrase.ts';
import { channels } from '../roles.ts';

/** Why a file is not kept. `kind`: not a picture, sound, film or PDF, whatever its name says. `pixels`: it would unfold into more than can be opened. */
export const fileFaults = ['tooBig', 'gone', 'kind', 'broken', 'pixels'] as const;
export type FileFault = (typeof fileFaults)[number];

/** A file somebody sent: known at once, its bytes fetched and sealed by a job. The report it belongs to is kept anyway. */
export const KeptFile = z.object({
  id: FileId,
  version: z.number().int(),
  kind: z.enum(['voice', 'photo', 'document', 'audio', 'video']),
  channel: z.enum(channels),
  /** The chat's own reference, by which the bytes are fetched. */
  ref: z.string(),
  url: z.string().optional(),
  name: z.string().optional(),
  mimetype: z.string().optional(),
  size: z.number().optional(),
  seconds: z.number().optional(),
  from: PersonId.optional(),
  /** Where somebody not on file is told what became of it. */
  account: z
    .object({ channel: z.enum(channels), key: z.string(), address: z.string(), language: z.enum(languages) })
    .optional(),
  receivedAt: z.date(),
  state: z.enum(['known', 'kept', 'refused']),
  why: z.enum(fileFaults).optional(),
  parts: z.number().int(),
  /** Of several that fetched it at once: whose parts these are. */
  keeping: z.string().optional(),
});
export type KeptFile = z.infer<typeof KeptFile>;

/** A sealed part of a file, at most 4 MB before sealing: a document may hold 16 MB. `keeping`: which fetching wrote it. */
export const FilePart = z.object({
  id: z.string(),
  version: z.number().int(),
  fileId: FileId,
  part: z.number().int(),
  bytes: z.string(),
  keeping: z.string().optional(),
});
export type FilePart = z.infer<typeof FilePart>;
