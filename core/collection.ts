import mongoose, { type Connection, type Model, type QueryFilter } from 'mongoose';
import type { z } from 'zod';
import type { FieldClass, KeyIds, Seal } from './seal.ts';
import { blindName, type Opened, type Row, type Rows, rowsOf } from './sealed-rows.ts';

/** A stored thing: its id, and the version that every save expects. */
export type Stored = { id: string; version: number };

export type Index = {
  fields: Record<string, 1 | -1>;
  isUnique?: boolean;
  only?: Record<string, unknown>;
  isSparse?: boolean;
};

type Field<T extends Stored> = Exclude<keyof T & string, 'id' | 'version'>;

/** Every field has a class: one that is forgotten does not compile, nor does a sealed one in a collection that names no keys. */
export type Definition<T extends Stored> = {
  name: string;
  type: z.ZodType<T>;
  indexes?: Index[];
  /** Blind indexes: keys by which a sealed value is found. `unique` ones are 128 bits long. */
  blind?: Record<string, { of: (thing: T) => string[]; isUnique?: boolean }>;
} & (
  | { classes: { [F in Field<T>]-?: 'open' }; keyOf?: never; whenErased?: never }
  | {
      classes: { [F in Field<T>]-?: FieldClass };
      /** Whose data key seals a field of this thing: the person or case that can be erased with it. */
      keyOf: (thing: T, field: Field<T>) => KeyIds;
      /** What is read where a key was destroyed. A field that has nothing here and is not optional takes its thing along: it is gone. */
      whenErased?: Partial<T>;
    }
);

/** Somebody else saved meanwhile; `execute` repeats the step with everything read again. */
export class Changed extends Error {}

export type Filter = QueryFilter<Record<string, unknown>>;
/** A stage of an update pipeline on open fields. */
export type ChangeStage = { $set: Record<string, unknown> };
export type FindOptions = { sort?: Record<string, 1 | -1>; limit?: number; skip?: number };

export type Collection<T extends Stored> = {
  get(id: string): Promise<T | undefined>;
  /** Like `get`, for what must be there: anything else is a bug. */
  must(id: string): Promise<T>;
  find(filter: Filter, options?: FindOptions): Promise<T[]>;
  first(filter: Filter, options?: FindOptions): Promise<T | undefined>;
  /** Like `find`, for sweeps: what cannot be opened or read, or was erased, is named instead, so that one such row does not stop the others. */
  findSound(filter: Filter, options?: FindOptions): Promise<{ sound: T[]; broken: string[] }>;
  /** The different values of an open field among what fits. */
  distinct(field: string, filter: Filter): Promise<string[]>;
  /** Sets open fields of rows that cannot be read. */
  setAside(ids: string[], fields: Partial<T>): Promise<void>;
  count(filter: Filter): Promise<number>;
  /** Finds by blind keys: all things that have at least one of them. */
  byBlind(field: string, values: string[], filter?: Filter): Promise<T[]>;
  insert(thing: T): Promise<void>;
  insertMany(things: T[]): Promise<void>;
  /** Inserts in one trip those that are not there yet. Not within a step: a transaction ends at the first copy. */
  insertMissing(things: T[]): Promise<void>;
  /** Replaces the thing if its version is still the one that was read, and returns it with the next version; else throws `Changed`. */
  save(thing: T): Promise<T>;
  /** Sets fields of one thing if it still fits `expected`, without reading it first; gives it as it is then. For the delivery of things, not for rules. `of`: the thing as it was known, when a sealed field is set. */
  change(
    id: string,
    expected: Filter,
    fields: Partial<T>,
    add?: Record<string, number>,
    of?: T,
  ): Promise<T | undefined>;
  /** Changes the first thing that fits by an update pipeline, in one trip; gives it as it was before, or the id of one that cannot be read. */
  changeFirst(
    filter: Filter,
    sort: Record<string, 1 | -1>,
    change: ChangeStage[],
  ): Promise<{ before?: T | undefined; broken?: string | undefined }>;
  remove(filter: Filter): Promise<number>;
  /** Things as they would be stored, for who proves what lies there; and the model that holds such rows. */
  closed(things: T[]): Promise<Row[]>;
  model: Model<Row>;
  /** Takes the blind digests away: what fits is found by its id and its open fields only. */
  forgetDigests(filter: Filter): Promise<void>;
  /** Seals anew what is in an older form, and writes digests anew that are not those of the living versions; by id, some rows at a time. */
  renew(after: string, limit: number): Promise<Renewed>;
  buildIndexes(): Promise<void>;
  indexes: Index[];
  name: string;
  classes: Record<string, FieldClass>;
};

/** `last`: the id to go on from; undefined at the end. `missed`: somebody else wrote the row at that moment. */
export type Renewed = { last: string | undefined; renewed: number; missed: number };

/** One collection: zod checks what goes in, the seal closes classified fields, Mongoose carries the session of the step. */
export function openCollection<T extends Stored>(
  definition: Definition<T>,
  connection: Connection,
  seal: Seal,
): Collection<T> {
  const indexes = allIndexes(definition);
  const model = modelOf(definition.name, indexes, connection);
  const rows = rowsOf(definition, seal);
  return {
    name: definition.name,
    classes: definition.classes,
    indexes,
    model,
    closed: rows.toRows,
    ...readsOf(definition.name, model, rows),
    ...writesOf(definition.name, model, rows),
    async buildIndexes() {
      await model.createCollection();
      await model.ensureIndexes();
    },
  };
}

type Reads = 'get' | 'must' | 'find' | 'first' | 'findSound' | 'distinct' | 'count' | 'byBlind';
type Writes =
  | 'insert'
  | 'insertMany'
  | 'insertMissing'
  | 'save'
  | 'change'
  | 'changeFirst'
  | 'setAside'
  | 'remove'
  | 'forgetDigests'
  | 'renew';

function readsOf<T extends Stored>(name: string, model: Model<Row>, rows: Rows<T>): Pick<Collection<T>, Reads> {
  const findRows = async (filter: Filter, { sort, limit, skip }: FindOptions = {}): Promise<Row[]> => {
    const query = model.find(filter).lean<Row[]>();
    if (sort) query.sort(sort);
    if (limit) query.limit(limit);
    if (skip) query.skip(skip);
    return query;
  };
  const find = async (filter: Filter, options?: FindOptions) =>
    (await rows.fromRows(await findRows(filter, options))).flatMap(soundOrThrow);
  const first = async (filter: Filter, options: FindOptions = {}) => (await find(filter, { ...options, limit: 1 }))[0];
  const get = (id: string) => first({ _id: id });
  return {
    get,
    find,
    first,
    async must(id) {
      const found = await get(id);
      if (!found) throw new Error(`${name} ${id} is missing`);
      return found;
    },
    async findSound(filter, options) {
      const found = await findRows(filter, options);
      return soundOf(found, await rows.fromRows(found));
    },
    distinct: async (field, filter) => (await model.distinct(field, filter)).map(String),
    count: (filter) => model.countDocuments(filter),
    byBlind: (field, values, filter = {}) =>
      find({ ...filter, [blindName(field)]: { $in: values.flatMap((value) => rows.digests(field, value)) } }),
  };
}

/** What was erased is gone; what is broken stops who asked for it. */
function soundOrThrow<T>(opened: Opened<T>): T[] {
  if (opened.is === 'broken') throw opened.error;
  return opened.is === 'sound' ? [opened.thing] : [];
}

function soundOf<T>(found: Row[], opened: Opened<T>[]): { sound: T[]; broken: string[] } {
  const sound: T[] = [];
  const broken: string[] = [];
  opened.forEach((one, place) => {
    if (one.is === 'sound') sound.push(one.thing);
    else broken.push((found[place] as Row)._id);
  });
  return { sound, broken };
}

/** Keys that were there already, and nothing else went wrong: a copy together with a write that was not acknowledged is a failure. */
function isOnlyCopies(error: unknown): boolean {
  const { code, writeErrors, writeConcernErrors, result } = error as Failure;
  if (code !== 11000) return false;
  const concern = writeConcernErrors ?? result?.getWriteConcernError?.();
  return !concern && [writeErrors ?? []].flat().every((one) => one.code === 11000);
}
type Failure = {
  code?: number;
  writeErrors?: { code: number } | { code: number }[];
  writeConcernErrors?: unknown;
  result?: { getWriteConcernError?: () => unknown };
};

function writesOf<T extends Stored>(name: string, model: Model<Row>, rows: Rows<T>): Pick<Collection<T>, Writes> {
  const { toRows, fromRows, toSet } = rows;
  return {
    async insert(thing) {
      await model.insertMany(await toRows([thing]), { lean: true });
    },
    async insertMany(things) {
      if (things.length > 0) await model.insertMany(await toRows(things), { lean: true });
    },
    async insertMissing(things) {
      if (things.length === 0) return;
      try {
        await model.insertMany(await toRows(things), { lean: true, ordered: false });
      } catch (error) {
        if (!isOnlyCopies(error)) throw error;
      }
    },
    async save(thing) {
      const next = { ...thing, version: thing.version + 1 };
      const [row] = await toRows([next]);
      const { matchedCount } = await model.replaceOne({ _id: thing.id, version: thing.version }, row as Row);
      if (matchedCount === 0) throw new Changed(`${name} ${thing.id} changed meanwhile`);
      return next;
    },
    async change(id, expected, fields, add = {}, of) {
      const change = { $set: await toSet(id, fields, of), $inc: { version: 1, ...add } };
      const row = await model
        .findOneAndUpdate({ ...expected, _id: id }, change, { returnDocument: 'after' })
        .lean<Row>();
      return row ? (await fromRows([row])).flatMap(soundOrThrow)[0] : undefined;
    },
    async changeFirst(filter, sort, change) {
      const options = { sort, returnDocument: 'before' as const, updatePipeline: true };
      const row = await model.findOneAndUpdate(filter, change, options).lean<Row>();
      const found = row ? [row] : [];
      const { sound, broken } = soundOf(found, await fromRows(found));
      return { before: sound[0], broken: broken[0] };
    },
    async setAside(ids, fields) {
      for (const id of ids) await model.updateOne({ _id: id }, { $set: await toSet(id, fields), $inc: { version: 1 } });
    },
    remove: async (filter) => (await model.deleteMany(filter)).deletedCount,
    async forgetDigests(filter) {
      if (rows.blindFields.length === 0) return;
      await model.updateMany(filter, { $unset: Object.fromEntries(rows.blindFields.map((field) => [field, 1])) });
    },
    async renew(after, limit) {
      const found = await model
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Row[]>();
      const fresh = await rows.renewed(found);
      let missed = 0;
      for (const row of fresh)
        missed += 1 - (await model.replaceOne({ _id: row._id, version: row.version }, row)).matchedCount;
      return {
        last: found.length < limit ? undefined : found.at(-1)?._id,
        renewed: fresh.length - missed,
        missed,
      };
    },
  };
}

/** The model of a connection, made once with its indexes. */
function modelOf(name: string, indexes: Index[], connection: Connection): Model<Row> {
  const known: Model<Row> | undefined = connection.models[name];
  if (known) return known;
  const schema = new mongoose.Schema<Row>(
    { _id: String },
    { strict: false, versionKey: false, collection: name, autoIndex: false, autoCreate: false, minimize: false },
  );
  for (const index of indexes) schema.index(index.fields, indexOptions(index));
  return connection.model<Row>(name, schema);
}

function allIndexes<T extends Stored>(definition: Definition<T>): Index[] {
  const blind = Object.entries(definition.blind ?? {}).map(
    ([field, { isUnique }]): Index => ({
      fields: { [blindName(field)]: 1 },
      ...(isUnique ? { isUnique, isSparse: true } : {}),
    }),
  );
  return [...(definition.indexes ?? []), ...blind];
}

/** An index as MongoDB wants it. */
export const indexOptions = ({ isUnique, only, isSparse }: Index) => ({
  ...(isUnique ? { unique: true } : {}),
  ...(isSparse ? { sparse: true } : {}),
  ...(only ? { partialFilterExpression: only } : {}),
});
