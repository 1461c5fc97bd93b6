import type { Seal } from '../seal.ts';
import type { Store } from '../store.ts';
import { macOf, macOfHead, macOfLine, type StoredRow } from './chain.ts';
import { type Finding, gapUntil, noChain } from './finding.ts';

/** How far a walk has come: the line it stands at, how many lines with that very place are done, and the chain it is in. */
export type Place = { at: { chain: unknown; number: unknown }; done: number; chain: Walked | undefined };

/** A chain as far as it was walked. */
type Walked = { id: string; number: number; mac: string; at: Date | undefined; isFound: boolean };

/** What one part of the walk found, in how many lines, and where the next begins. */
export type Slice = { findings: Finding[]; lines: number; place: Place | undefined };

type Proving = { journal: Store['journal']; seal: Seal };

/**
 * Proves the next `limit` lines of the journal in order of chain and number, and the heads of the chains that end among them.
 * Runs inside one transaction, so that lines and heads are of one moment. `place` is where to go on; undefined: the walk is over.
 */
export async function walkSlice(proving: Proving, place: Place | undefined, limit: number): Promise<Slice> {
  const rows = await nextRows(proving.journal, place, limit);
  const findings: Finding[] = [];
  const ended: Walked[] = [];
  let chain = place?.chain;
  for (const row of rows) {
    if (!hasPlace(row)) {
      const at = { chain: String(row.chain ?? noChain), number: Number(row.number ?? 0) || 0 };
      findings.push({ fault: 'no chain', ...at, mark: markOf(row, proving.seal) });
      continue;
    }
    if (row.chain !== chain?.id) {
      if (chain) ended.push(chain);
      chain = { id: row.chain, number: 0, mac: '', at: undefined, isFound: false };
    }
    chain = follow(chain, row, proving.seal, findings);
  }
  const isOver = rows.length < limit;
  if (isOver && chain) ended.push(chain);
  const span = { after: place?.chain?.id, until: isOver ? undefined : (chain?.id ?? '') };
  findings.push(...(await proveHeads(proving, ended, span)));
  return { findings, lines: rows.length, place: isOver ? undefined : placeAfter(place, rows, chain) };
}

type Placed = StoredRow & { chain: string; number: number };
const hasPlace = (row: StoredRow): row is Placed => typeof row.chain === 'string' && Number.isInteger(row.number);

/** Along the index, whatever the type of what stands there: a filter would pass over lines without a chain. */
async function nextRows({ rows }: Proving['journal'], place: Place | undefined, limit: number): Promise<StoredRow[]> {
  const along = { chain: 1, number: 1 } as const;
  const from = place ? { min: place.at, skip: place.done } : {};
  return rows.find({}, null, { sort: along, hint: along, limit, ...from }).lean<StoredRow[]>();
}

function placeAfter(before: Place | undefined, rows: StoredRow[], chain: Walked | undefined): Place {
  const { chain: id = null, number = null } = rows.at(-1) ?? {};
  const isSame = (row: { chain?: unknown; number?: unknown } | undefined) =>
    JSON.stringify([row?.chain ?? null, row?.number ?? null]) === JSON.stringify([id, number]);
  const here = rows.filter(isSame).length;
  return { at: { chain: id, number }, done: isSame(before?.at) ? (before?.done ?? 0) + here : here, chain };
}

/** What lies there: nobody without the key can make another row with the same one. */
const markOf = (row: StoredRow, seal: Seal): string => macOf('journal-finding', row, seal);

/** One line after another; what follows from a line that was found already is not told again. */
function follow(chain: Walked, row: Placed, seal: Seal, findings: Finding[]): Walked {
  const expected = chain.number + 1;
  const found = (fault: Finding['fault'], number: number, mark = markOf(row, seal)) =>
    void findings.push({ fault, chain: chain.id, number, mark, since: chain.at });
  const isAltered = row.mac !== macOfLine(row, seal);
  if (row.number > expected) found('missing', expected, gapUntil(row.number - 1));
  if (row.number < expected) found('repeated', row.number);
  if (isAltered) found('altered', row.number);
  const follows = row.number === expected && !chain.isFound && !isAltered;
  if (follows && row.previous !== chain.mac) found('moved', row.number);
  const isSound = follows && row.previous === chain.mac;
  return {
    id: chain.id,
    number: Math.max(row.number, chain.number),
    mac: String(row.mac),
    at: isSound && row.at instanceof Date ? row.at : chain.at,
    isFound: isAltered,
  };
}

/** Heads of the chains that ended, and heads in this span of names that have no line at all. */
async function proveHeads(
  { journal, seal }: Proving,
  ended: Walked[],
  { after, until }: { after: string | undefined; until: string | undefined },
): Promise<Finding[]> {
  const waiting = new Map(ended.map((chain) => [chain.id, chain]));
  const findings: Finding[] = [];
  const span = { ...(after === undefined ? {} : { $gte: after }), ...(until === undefined ? {} : { $lt: until }) };
  const heads = journal.heads.find({ _id: { $type: 'string', ...span } } as never).lean<StoredRow[]>();
  for await (const head of heads.cursor()) {
    const row = head as unknown as StoredRow;
    findings.push(...faultOfHead(row, waiting.get(String(row._id)), seal));
    waiting.delete(String(row._id));
  }
  for (const { id, number, at } of waiting.values())
    findings.push({ fault: 'head missing', chain: id, number, mark: 'no head', since: at });
  return findings;
}

function faultOfHead(head: StoredRow, chain: Walked | undefined, seal: Seal): Finding[] {
  const number = Number(head.number);
  const at = chain?.number ?? 0;
  const finding = { chain: String(head._id), mark: markOf(head, seal), since: chain?.at };
  const found: Finding[] = [];
  if (head.proof !== macOfHead(head, seal)) found.push({ ...finding, fault: 'head forged', number });
  else if (number === at && head.mac !== chain?.mac && !chain?.isFound)
    found.push({ ...finding, fault: 'moved', number });
  if (number > at) found.push({ ...finding, fault: 'cut', number: at + 1, mark: gapUntil(number) });
  if (number < at) found.push({ ...finding, fault: 'head behind', number: number + 1 });
  return found;
}
