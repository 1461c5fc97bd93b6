import mongoose, { type Connection, type Model, type QueryFilter } from 'mongoose';
import type { z } from 'zod';
import type { FieldClass, Seal } from './seal.ts';

/** A stored thing: its id, and the version that every save expects. */
export type Stored = { id: string; version: number };

/** A row as MongoDB holds it: open fields in clear, classified ones sealed, blind digests beside them. */
type Row = { _id: string; version: number } & Record<string, unknown>;

export type Index = {
  fields: Record<string, 1 | -1>;
  isUnique?: boolean;
  only?: Record<string, unknown>;
  isSparse?: boolean;
};

export type Definition<T extends Stored> = {
  name: string;
  type: z.ZodType<T>;
  /** Every field has a class; a field that is forgotten does not compile. */
  classes: { [F in Exclude<keyof T & string, 'id' | 'version'>]-?: FieldClass };
  indexes?: Index[];
  /** Blind indexes: keys by which a sealed value is found. `unique` ones are 128 bits long. */
  blind?: Record<string, { of: (thing: T) => string[]; isUnique?: boolean }>;
};

export class Changed extends Error {}

export type Filter = QueryFilter<Record<string, unknown>>;
export type FindOptions = { sort?: Record<string, 1 | -1>; limit?: number; skip?: number };

export type Collection<T extends Stored> = {
  get(id: string): Promise<T | undefined>;
  /** Like `get`, for what must be there: anything else is a bug. */
  must(id: string): Promise<T>;
  find(filter: Filter, options?: FindOptions): Promise<T[]>;
  first(filter: Filter, options?: FindOptions): Promise<T | undefined>;
  /** Like `find`, for sweeps: what cannot be opened or read is named instead, so that one broken row does not stop the others. */
  findSound(filter: Filter, options?: FindOptions): Promise<{ sound: T[]; broken: string[] }>;
  /** The different values of an open field among what fits. */
  distinct(field: string, filter: Filter): Promise<string[]>;
  /** Sets fields of rows that cannot be read. */
  setAside(ids: string[], fields: Partial<T>): Promise<void>;
  count(filter: Filter): Promise<number>;
  /** Finds by blind keys: all things that have at least one of them. */
  byBlind(field: string, values: string[], filter?: Filter): Promise<T[]>;
  insert(thing: T): Promise<void>;
  insertMany(things: T[]): Promise<void>;
  /** Replaces the thing if its version is still the one that was read, and returns it with the next version; else throws `Changed`. */
  save(thing: T): Promise<T>;
  /** Sets fields of one thing if it still fits `expected`, without reading it first; gives it as it is then. For the delivery of things, not for rules. */
  change(id: string, expected: Filter, fields: Partial<T>, add?: Record<string, number>): Promise<T | undefined>;
  remove(filter: Filter): Promise<number>;
  buildIndexes(): Promise<void>;
  indexes: Index[];
  name: string;
};

/** One collection: zod checks what goes in, the seal closes classified fields, Mongoose carries the session of the step. */
export function openCollection<T extends Stored>(
  definition: Definition<T>,
  connection: Connection,
  seal: Seal,
): Collection<T> {
  const model = modelOf(definition, connection);
  const { toRow, fromRow, toSet } = rows(definition, seal);
  const indexes = allIndexes(definition);

  const findRows = async (filter: Filter, options: FindOptions = {}): Promise<Row[]> => {
    const query = model.find(filter).lean<Row[]>();
    if (options.sort) query.sort(options.sort);
    if (options.limit) query.limit(options.limit);
    if (options.skip) query.skip(options.skip);
    return query;
  };
  const find = async (filter: Filter, options?: FindOptions) => (await findRows(filter, options)).map(fromRow);
  const first = async (filter: Filter, options: FindOptions = {}) => (await find(filter, { ...options, limit: 1 }))[0];
  const get = (id: string) => first({ _id: id });

  return {
    name: definition.name,
    indexes,
    get,
    find,
    first,
    async findSound(filter, options) {
      const sound: T[] = [];
      const broken: string[] = [];
      for (const row of await findRows(filter, options)) {
        try {
          sound.push(fromRow(row));
        } catch {
          broken.push(row._id);
        }
      }
      return { sound, broken };
    },
    distinct: async (field, filter) => (await model.distinct(field, filter)) as unknown as string[],
    async setAside(ids, fields) {
      for (const id of ids) await model.updateOne({ _id: id }, { $set: toSet(id, fields), $inc: { version: 1 } });
    },
    async must(id) {
      const found = await get(id);
      if (!found) throw new Error(`${definition.name} ${id} is missing`);
      return found;
    },
    count: (filter) => model.countDocuments(filter),
    byBlind: (field, values, filter = {}) => {
      const bits = definition.blind?.[field]?.isUnique ? 128 : 64;
      return find({
        ...filter,
        [blindName(field)]: { $in: values.map((value) => seal.blind(`${definition.name}.${field}`, value, bits)) },
      });
    },
    async insert(thing) {
      await model.insertMany([toRow(thing)], { lean: true });
    },
    async insertMany(things) {
      if (things.length > 0) await model.insertMany(things.map(toRow), { lean: true });
    },
    async save(thing) {
      const next = { ...thing, version: thing.version + 1 };
      const { matchedCount } = await model.replaceOne({ _id: thing.id, version: thing.version }, toRow(next));
      if (matchedCount === 0) throw new Changed(`${definition.name} ${thing.id} changed meanwhile`);
      return next;
    },
    async change(id, expected, fields, add = {}) {
      const row = await model
        .findOneAndUpdate(
          { ...expected, _id: id },
          { $set: toSet(id, fields), $inc: { version: 1, ...add } },
          { returnDocument: 'after' },
        )
        .lean<Row>();
      return row ? fromRow(row) : undefined;
    },
    remove: async (filter) => (await model.deleteMany(filter)).deletedCount,
    async buildIndexes() {
      await model.createCollection();
      for (const index of indexes) await model.schema.index(index.fields, indexOptions(index));
      await model.ensureIndexes();
    },
  };
}

function modelOf<T extends Stored>({ name }: Definition<T>, connection: Connection): Model<Row> {
  const known = connection.models[name];
  if (known) return known as unknown as Model<Row>;
  const schema = new mongoose.Schema<Row>(
    { _id: String },
    { strict: false, versionKey: false, collection: name, autoIndex: false, autoCreate: false, minimize: false },
  );
  return connection.model(name, schema) as unknown as Model<Row>;
}

function rows<T extends Stored>(definition: Definition<T>, seal: Seal) {
  const sealed = Object.entries<FieldClass>(definition.classes)
    .filter(([, fieldClass]) => fieldClass !== 'open')
    .map(([field]) => field);
  const place = (id: string, field: string) => ({ collection: definition.name, id, field });

  const toRow = (thing: T): Row => {
    const { id, ...fields } = definition.type.parse(thing) as T & Record<string, unknown>;
    const row = { _id: id, ...withoutUndefined(fields) } as Row;
    for (const field of sealed) if (row[field] !== undefined) row[field] = seal.seal(place(id, field), row[field]);
    for (const [field, { of, isUnique }] of Object.entries(definition.blind ?? {})) {
      const keys = of(thing).map((value) => seal.blind(`${definition.name}.${field}`, value, isUnique ? 128 : 64));
      if (keys.length > 0) row[blindName(field)] = keys;
    }
    return row;
  };
  const fromRow = ({ _id, ...row }: Row): T => {
    for (const field of sealed)
      if (row[field] !== undefined)
        (row as Record<string, unknown>)[field] = seal.open(place(_id, field), row[field] as string);
    return definition.type.parse({ id: _id, ...row });
  };
  const toSet = (id: string, fields: Partial<T>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        field,
        sealed.includes(field) && value !== undefined ? seal.seal(place(id, field), value) : value,
      ]),
    );
  return { toRow, fromRow, toSet };
}

/** MongoDB would keep `undefined` as null, which no optional field accepts when it is read again. */
const withoutUndefined = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const blindName = (field: string) => `blind_${field}`;

function allIndexes<T extends Stored>(definition: Definition<T>): Index[] {
  const blind = Object.entries(definition.blind ?? {}).map(
    ([field, { isUnique }]): Index => ({
      fields: { [blindName(field)]: 1 },
      ...(isUnique ? { isUnique, isSparse: true } : {}),
    }),
  );
  return [...(definition.indexes ?? []), ...blind];
}

export const indexOptions = ({ isUnique, only, isSparse }: Index) => ({
  ...(isUnique ? { unique: true } : {}),
  ...(isSparse ? { sparse: true } : {}),
  ...(only ? { partialFilterExpression: only } : {}),
});
