import mongoose, { type Connection, type Model } from 'mongoose';

/** First number of each row; a real office does not start at 1, so that a number says nothing about how few there are. */
const first: Record<string, number> = { alert: 101, case: 11, note: 201, message: 301, appointment: 1, request: 1 };

type Counter = { _id: string; value: number };

/**
 * Numbers people can say aloud: A-147, C-12. Rising, one row per kind. A number is taken outside the step that asks for it: inside, all steps that
 * need one would wait for one another, and of many dangers at once hardly one would get through. A step that is repeated leaves a gap.
 */
export function counterStore(connection: Connection) {
  const known: Model<Counter> | undefined = connection.models.counters;
  const model =
    known ??
    connection.model<Counter>(
      'counters',
      new mongoose.Schema<Counter>(
        { _id: String, value: Number },
        { versionKey: false, collection: 'counters', autoIndex: false, autoCreate: false },
      ),
    );
  return {
    name: 'counters',
    indexes: [],
    async next(kind: string): Promise<number> {
      const counter = await model
        .findOneAndUpdate(
          { _id: kind },
          { $inc: { value: 1 } },
          { upsert: true, returnDocument: 'after', session: null },
        )
        .lean<Counter>();
      return (counter?.value ?? 1) + (first[kind] ?? 1) - 1;
    },
    buildIndexes: async () => {
      await model.createCollection();
    },
  };
}
