import type { Connection } from 'mongoose';
import { z } from 'zod';
import { openCollection } from '../collection.ts';
import { keyOfDay, type Seal } from '../seal.ts';

const KeptAnswer = z.object({ id: z.string(), version: z.number().int(), at: z.date(), answer: z.unknown() });
type KeptAnswer = z.infer<typeof KeptAnswer>;

/** The answer of each step that has no mailbox item, by its key: a repeated key gets the same answer. */
export const answerStore = (connection: Connection, seal: Seal) =>
  openCollection<KeptAnswer>(
    {
      name: 'answers',
      type: KeptAnswer,
      classes: { at: 'open', answer: 'special' },
      keyOf: ({ at }) => keyOfDay(at),
      indexes: [{ fields: { at: 1 } }],
    },
    connection,
    seal,
  );
