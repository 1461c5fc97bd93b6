import { newRow, wayOf } from '#core/delivery/carry-out.ts';
import { lanes, type OutboxRow } from '#core/delivery/outbox.ts';
import { mostLooks } from '#core/delivery/outbox-store.ts';
import type { Halves, Part } from '#core/delivery/sending.ts';
import { inStep } from '#core/execute.ts';
import type { Deps, World } from '#core/world.ts';

/** Keeps the further parts of a message as rows of their own, each after the one before it. Drawn again, a part that has not been tried is replaced. */
export const keepParts = (world: World, row: OutboxRow, rest: Part[]): Promise<void> =>
  inStep(world, `parts:${row.id}:${row.turns}:${row.attempts}`, async ({ deps, tray }) => {
    const { outbox } = deps.store;
    const rows = rest.map((part, index) => partRow(row, part, deps, `${row.id}-p${index + 2}`, beforeOf(row, index)));
    const known = new Map((await outbox.find({ _id: { $in: rows.map(({ id }) => id) } })).map((one) => [one.id, one]));
    for (const part of rows) {
      const there = known.get(part.id);
      if (!there) tray.rows.push(part);
      else if (isUntried(there))
        await outbox.save({ ...there, state: 'pending', dueAt: deps.now, drawn: part.drawn, message: part.message });
    }
  });

/** Also one that was given up with its message, which goes after all. */
const isUntried = ({ state, attempts, outcome }: OutboxRow): boolean =>
  (state === 'pending' && attempts === 0) || (state === 'refused' && outcome === 'not needed');

const beforeOf = ({ id }: OutboxRow, index: number): string => (index === 0 ? id : `${id}-p${index + 1}`);

/** It was too long after all: the row goes again with its first half, the others follow in rows of their own, before the part that came next. */
export const splitAgain = (world: World, row: OutboxRow, { drawn, rest }: Halves): Promise<void> =>
  inStep(world, `split:${row.id}:${row.turns}:${row.attempts}`, async ({ deps, tray }) => {
    const { outbox } = deps.store;
    const next = await outbox.partAfter(row.id);
    await outbox.settle(row, { state: 'not_sent', dueAt: deps.now, outcome: 'too long', drawn });
    let last = row.id;
    for (const [index, part] of rest.entries()) {
      const half = partRow(row, part, deps, `${row.id}-${row.attempts}h${index + 2}`, last);
      tray.rows.push(half);
      last = half.id;
    }
    if (next) await outbox.change(next.id, { after: row.id }, { after: last });
  });

/** A further part hurries nobody: the first one suffices alone. */
function partRow(row: OutboxRow, part: Part, deps: Deps, id: string, after: string): OutboxRow {
  const lane = lanes[Math.max(row.lane, lanes.indexOf('waiting'))] ?? 'routine';
  return { ...newRow(deps, wayOf(row), lane, part), id, after, ...(row.glassId ? { glassId: row.glassId } : {}) };
}

/** A part waits for the one before it, however often that is tried; what is not needed any more takes its further parts along. */
export async function waitsFor(
  { after }: OutboxRow,
  { store }: World,
): Promise<'too early' | 'not needed' | undefined> {
  const before = after && (await store.outbox.get(after));
  if (!before) return undefined;
  if (before.state === 'refused')
    return before.outcome === 'not needed' || before.outcome === 'folded' ? 'not needed' : undefined;
  const isLookedFor = before.state === 'unknown' && before.looks !== undefined && before.looks < mostLooks;
  return before.state === 'sent' || (before.state === 'unknown' && !isLookedFor) ? undefined : 'too early';
}
