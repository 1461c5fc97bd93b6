import type { Connection } from 'mongoose';
import { Changed, openCollection } from '../collection.ts';
import type { KeyId, Seal } from '../seal.ts';
import { macOfHead, macOfLine, officeChain, type StoredRow } from './chain.ts';
import { JournalHead, JournalLine, type NewLine } from './journal-line.ts';

/** The journal: lines are added by `execute` only, each to the end of its chain; nothing here changes or removes one. */
export function journalStore(connection: Connection, seal: Seal) {
  const lines = linesOf(connection, seal);
  const heads = headsOf(connection, seal);
  return {
    /** One find, one insert and one write of all heads; nothing for a step without lines. Throws `Changed` when a chain went on meanwhile. */
    async add(fresh: NewLine[]): Promise<void> {
      if (fresh.length === 0) return;
      const chains = [...new Set(fresh.map(({ chain }) => chain))];
      const known = new Map((await heads.find({ _id: { $in: chains } })).map((head) => [head.id, head]));
      const ends = new Map<string, End>();
      const rows: StoredRow[] = [];
      for (const closed of await lines.closed(fresh)) {
        const chain = closed.chain as string;
        const { number, mac: previous } = ends.get(chain) ?? known.get(chain) ?? beginning;
        const row = { ...closed, number: number + 1, previous };
        const mac = macOfLine(row, seal);
        rows.push({ ...row, mac });
        ends.set(chain, { number: number + 1, mac });
      }
      await lines.model.insertMany(rows as never[], { lean: true });
      await moveHeads(heads, known, ends, seal);
    },
    /** What the office said of itself, the oldest first: only lines that prove themselves. */
    async ofOffice(type: string): Promise<JournalLine[]> {
      const rows = await lines.model.find({ chain: officeChain, type }).lean<StoredRow[]>();
      const sound = rows.filter((row) => row.mac === macOfLine(row, seal)).map(({ _id }) => String(_id));
      return sound.length > 0 ? lines.find({ _id: { $in: sound } }, { sort: { number: 1 } }) : [];
    },
    /** Brings a false head to the last line of its chain: with it a finding is accepted (`accept-journal-finding`). */
    mendHead: (chain: string) => mendHead(chain, lines.model, heads.model, seal),
    ofCase: (caseId: string) => lines.find({ caseId }, { sort: { at: 1, number: 1 } }),
    about: (id: string) => lines.find({ 'about.id': id }, { sort: { at: 1, number: 1 } }),
    latest: (limit: number) => lines.find({}, { sort: { at: -1, number: -1 }, limit }),
    /** Tries of this person that were denied on foreign cases since then. */
    denied: (by: string, since: Date) => lines.count({ by, type: 'case.denied', at: { $gte: since } }),
    count: () => lines.count({}),
    /** As they are stored, for who proves them. */
    rows: lines.model,
    heads: heads.model,
    buildIndexes: async () => {
      await lines.buildIndexes();
      await heads.buildIndexes();
    },
    indexes: lines.indexes,
    name: lines.name,
  };
}

/** Where a chain ends. */
type End = Pick<JournalHead, 'number' | 'mac'>;
const beginning: End = { number: 0, mac: '' };

/** One update for all; a head that is not as it was read is not matched, a new one that is there already is refused by its id. */
async function moveHeads(
  heads: ReturnType<typeof headsOf>,
  known: ReadonlyMap<string, JournalHead>,
  ends: ReadonlyMap<string, End>,
  seal: Seal,
): Promise<void> {
  const moves = [...ends].map(([chain, end]) => {
    const head = known.get(chain);
    const version = head?.version ?? 0;
    const row = { _id: chain, version: version + 1, ...end };
    const proof = head && !isProven(head, seal) ? '' : macOfHead(row, seal);
    return {
      replaceOne: { filter: { _id: chain, version }, replacement: { ...row, proof }, upsert: !head },
    };
  });
  const { matchedCount, upsertedCount } = await heads.model.bulkWrite(moves as never);
  if (matchedCount + upsertedCount !== moves.length) throw new Changed('a chain of the journal went on meanwhile');
}

/** The work goes on from a head that somebody touched, but such a head never gets a proof again: the walk goes on finding it. */
function isProven({ id, proof, ...head }: JournalHead, seal: Seal): boolean {
  return proof === macOfHead({ _id: id, ...head }, seal);
}

async function mendHead(chain: string, lines: Rows, heads: Rows, seal: Seal): Promise<void> {
  const last = await lines.findOne({ chain }, { number: 1, mac: 1 }, { sort: { number: -1 } }).lean<StoredRow>();
  const head = await heads.findOne({ _id: chain } as never, { version: 1 }).lean<StoredRow>();
  const version = (Number(head?.version) || 0) + 1;
  const row = { _id: chain, version, number: Number(last?.number ?? 0), mac: String(last?.mac ?? '') };
  await heads.replaceOne({ _id: chain } as never, { ...row, proof: macOfHead(row, seal) } as never, { upsert: true });
}

type Rows = ReturnType<typeof linesOf>['model'];

const linesOf = (connection: Connection, seal: Seal) =>
  openCollection<JournalLine>(
    {
      name: 'journal',
      type: JournalLine,
      classes: {
        at: 'open',
        type: 'open',
        about: 'open',
        caseId: 'open',
        by: 'open',
        role: 'open',
        reason: 'open',
        fields: 'personal',
        chain: 'open',
        number: 'open',
        previous: 'open',
        mac: 'open',
      },
      keyOf: keyOfLine,
      indexes: [
        { fields: { at: -1 } },
        { fields: { caseId: 1, at: 1 } },
        { fields: { 'about.id': 1, at: 1 } },
        // Every line is met on a walk along this index, also one that has no chain.
        { fields: { chain: 1, number: 1 } },
        { fields: { by: 1, at: 1 }, only: { type: 'case.denied' } },
      ],
    },
    connection,
    seal,
  );

const headsOf = (connection: Connection, seal: Seal) =>
  openCollection<JournalHead>(
    {
      name: 'journal_heads',
      type: JournalHead,
      classes: { number: 'open', mac: 'open', proof: 'open' },
    },
    connection,
    seal,
  );

/** A line belongs to its case, else to whom it is about, else to who did it. What is decided for the office outlives who decided it. */
function keyOfLine({ caseId, about, by }: JournalLine): KeyId {
  if (caseId) return `case:${caseId}`;
  if (about.kind === 'office') return 'office';
  if (about.kind === 'person') return `person:${about.id}`;
  return by ? `person:${by}` : 'office';
}
