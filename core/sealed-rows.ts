import type { Definition, Stored } from './collection.ts';
import { Erased, type FieldClass, type KeyIds, type Keys, type Seal } from './seal.ts';

/** A row as MongoDB holds it: open fields in clear, classified ones sealed, blind digests beside them. */
export type Row = { _id: string; version: number } & Record<string, unknown>;

/** What a row turned out to be. `isPartly`: something stands in for what was erased. `erased`: nothing does. */
export type Opened<T> =
  | { is: 'sound'; thing: T; isPartly: boolean }
  | { is: 'erased' }
  | { is: 'broken'; error: unknown };

/** How things become rows and come back, many at a time: the keys of all are fetched at once. */
export type Rows<T extends Stored> = {
  toRows(things: T[]): Promise<Row[]>;
  fromRows(rows: Row[]): Promise<Opened<T>[]>;
  /** Some fields, for `$set`. `of`: the thing they belong to, as its key depends on it; needed for sealed fields. */
  toSet(id: string, fields: Partial<T>, of?: T): Promise<Record<string, unknown>>;
  /** Digests by which a value is searched, one per living version. */
  digests(field: string, value: string): string[];
  /** Those of the rows that are in an older form, or whose digests are not those of the living versions, as they should be now. */
  renewed(rows: Row[]): Promise<Row[]>;
  blindFields: string[];
};

/** The rows of one collection. */
export function rowsOf<T extends Stored>(definition: Definition<T>, seal: Seal): Rows<T> {
  const { name, type, classes, keyOf, whenErased = {}, blind = {} } = definition;
  const sealedFields = Object.entries<FieldClass>(classes)
    .filter(([, fieldClass]) => fieldClass !== 'open')
    .map(([field]) => field);
  const place = (id: string, field: string) => ({ collection: name, id, field });
  const keyFor = (of: T, field: string): KeyIds => {
    if (!keyOf) throw new Error(`${name}.${field} has no key`);
    return keyOf(of, field as never);
  };
  const toClose = (fields: object) => Object.keys(fields).filter((field) => sealedFields.includes(field));
  const close = (id: string, fields: Record<string, unknown>, of: T | undefined, keys: Keys) => {
    const closed = { ...fields };
    for (const field of toClose(fields)) {
      if (!of) throw new Error(`${name}.${field} is sealed: say which thing it belongs to`);
      closed[field] = seal.seal(place(id, field), fields[field], keyFor(of, field), keys);
    }
    return closed;
  };
  const keysToClose = (fields: object, of: T) => toClose(fields).map((field) => keyFor(of, field));

  const blindFields = Object.keys(blind).map(blindName);
  const digests = (field: string, value: string) =>
    seal.index(`${name}.${field}`, value, blind[field]?.isUnique ? 128 : 64);
  const allDigests = (thing: T) =>
    Object.fromEntries(
      Object.entries(blind)
        .map(([field, { of }]) => [blindName(field), of(thing).flatMap((value) => digests(field, value))] as const)
        .filter(([, found]) => found.length > 0),
    );

  function fromRow({ _id, ...row }: Row, keys: Keys): Opened<T> {
    let isErased = false;
    try {
      for (const field of sealedFields) {
        if (row[field] === undefined) continue;
        const value = orGone(() => seal.open(place(_id, field), String(row[field]), keys));
        isErased ||= value === gone;
        row[field] = value === gone ? (whenErased as Record<string, unknown>)[field] : value;
      }
      const read = type.safeParse({ id: _id, ...row });
      if (!read.success) return isErased ? { is: 'erased' } : { is: 'broken', error: read.error };
      return { is: 'sound', thing: read.data, isPartly: isErased };
    } catch (error) {
      return { is: 'broken', error };
    }
  }

  async function toRows(things: T[]): Promise<Row[]> {
    const parsed = things.map((thing) => {
      const { id, version, ...fields } = type.parse(thing);
      return { id, version, thing, fields: withoutUndefined(fields) };
    });
    const keys = await seal.keysFor(parsed.flatMap(({ fields, thing }) => keysToClose(fields, thing)));
    return parsed.map(({ id, version, thing, fields }) => ({
      _id: id,
      version,
      ...close(id, fields, thing, keys),
      ...allDigests(thing),
    }));
  }

  async function fromRows(rows: Row[]): Promise<Opened<T>[]> {
    const sealed = rows.flatMap((row) => sealedFields.map((field) => row[field]));
    const keys = await seal.keysOf(sealed.filter((value) => typeof value === 'string'));
    return rows.map((row) => fromRow(row, keys));
  }

  /** What was erased or is broken stays as it is. */
  async function renewed(rows: Row[]): Promise<Row[]> {
    const isOld = (row: Row) => sealedFields.some((field) => seal.isOld(String(row[field] ?? '')));
    const things = (await fromRows(rows)).flatMap((opened, place) => {
      const row = rows[place] as Row;
      if (opened.is !== 'sound' || opened.isPartly) return [];
      return isOld(row) || !hasDigests(row, allDigests(opened.thing)) ? [opened.thing] : [];
    });
    return toRows(things);
  }
  const hasDigests = (row: Row, wanted: Record<string, string[]>) =>
    blindFields.every((field) => String(row[field] ?? '') === String(wanted[field] ?? ''));

  return {
    digests,
    blindFields,
    toRows,
    fromRows,
    renewed,
    async toSet(id, fields, of) {
      const given = withoutUndefined(fields);
      const keys = of ? await seal.keysFor(keysToClose(given, of)) : new Map();
      return close(id, given, of, keys);
    },
  };
}

const gone = Symbol('erased');

function orGone(open: () => unknown): unknown {
  try {
    return open();
  } catch (error) {
    if (error instanceof Erased) return gone;
    throw error;
  }
}

/** MongoDB would keep `undefined` as null, which no optional field accepts when it is read again. */
const withoutUndefined = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The name of the digests of a field. */
export const blindName = (field: string): string => `blind_${field}`;
