import type { Seal } from '../seal.ts';
import type { NewLine } from './journal-line.ts';

/** A line or a head as it lies in the database. */
export type StoredRow = Record<string, unknown>;

/** Lines that name nobody stand in a chain of their own, beside nothing of anybody (`infra/adr/0009-the-journal-is-a-chain-per-case.md`). */
export const anonymousChain = 'anonymous';
/** Settings of the office. */
export const officeChain = 'office';

/**
 * The chain of a line: its case; else the person it is about, else who acted. What the system or a stranger did has the chain of the
 * thing it was done to, so that no chain is everybody's; the office has one for its settings.
 */
export function chainOf({ caseId, about, by }: Pick<NewLine, 'caseId' | 'about' | 'by'>): string {
  if (caseId) return `case:${caseId}`;
  if (about.kind === 'office') return officeChain;
  if (about.kind === 'person') return `person:${about.id}`;
  return by ? `person:${by}` : `${about.kind}:${about.id}`;
}

/** The MAC of a line over all that is stored of it but the MAC: sealed fields as ciphertext, its chain and number, the MAC before. */
export const macOfLine = (row: StoredRow, seal: Seal): string => macOf('journal-line', without(row, 'mac'), seal);

/** The MAC of a head: nobody can set one back to an earlier line without the key. */
export const macOfHead = (row: StoredRow, seal: Seal): string => macOf('journal-head', without(row, 'proof'), seal);

/** The MAC over the canonical text of a value. */
export const macOf = (purpose: string, value: unknown, seal: Seal): string =>
  Buffer.from(seal.mac(purpose, new TextEncoder().encode(canonical(value)))).toString('base64url');

const without = (row: StoredRow, field: string): StoredRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));

/** One text for one stored value and for no other, whatever the order of its fields. Types that no line has keep their name. */
export function canonical(value: unknown): string {
  if (value instanceof Date) return `d${value.getTime()}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'u';
  const kind = (value as { _bsontype?: string })._bsontype;
  if (kind) return `${kind}(${JSON.stringify(value)})`;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}
