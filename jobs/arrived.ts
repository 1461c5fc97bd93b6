import { Changed } from '#core/collection.ts';
import { newRow, wayOf } from '#core/delivery/carry-out.ts';
import { type OutboxRow, sentTimes } from '#core/delivery/outbox.ts';
import type { Sent } from '#core/delivery/sending.ts';
import { inStep, type Step } from '#core/execute.ts';
import type { World } from '#core/world.ts';
import type { Delivering, Posted } from './deliver.ts';
import { inSeconds } from './in-seconds.ts';

type Yes = Extract<Sent, { is: 'sent' }>;
/** After a marked copy the chat is looked through once more: the first one may have come late. */
const lookAgainSeconds = 30;

/** The chat said yes. Of two copies the first one stays and the spare one is taken away again (`delivery.md` 4). */
export async function arrived(work: Delivering, row: OutboxRow, sent: Yes): Promise<void> {
  const { world } = work;
  const { outbox } = world.store;
  const fields = { state: 'sent' as const, ...sentTimes(row, world.clock.wall()), ...placeOf(sent) };
  const settled = await outbox.settle(row, fields);
  if (settled) return afterYes(work, settled, sent);
  if (await outbox.settleLate(row, fields)) return;
  const { messageId, chatId } = sent;
  if (row.method === 'send' && messageId && chatId) await lateYes(world, row, { messageId, chatId });
}

const placeOf = ({ messageId, chatId }: Yes) => ({
  ...(messageId ? { messageId } : {}),
  ...(chatId ? { chatId } : {}),
});

async function afterYes({ world, findPosted }: Delivering, row: OutboxRow, { messageId, chatId }: Yes): Promise<void> {
  const { earlier } = row;
  if (row.method !== 'send' || !row.isMarked || !messageId || !chatId) return;
  if (earlier)
    return inStep(world, `earlier:${row.id}`, (step) => keepFirst(step, row, earlier, [{ messageId, chatId }]));
  if (findPosted)
    await inStep(world, `twins:${row.id}`, async (step) => void step.tray.rows.push(lookForTwins(row, step)));
}

/** The yes of an earlier attempt, while a marked copy is under way or stands there already. */
const lateYes = (world: World, { id, attempts }: OutboxRow, first: Posted): Promise<void> =>
  inStep(world, `late-yes:${id}:${attempts}`, async (step) => {
    const { outbox } = step.deps.store;
    const row = await outbox.get(id);
    if (!row || row.state === 'refused' || row.messageId === first.messageId) return;
    const { messageId, chatId } = row;
    if (row.state === 'sent' && messageId && chatId) return keepFirst(step, row, first, [{ messageId, chatId }]);
    const isUnderWay = row.state === 'attempting';
    const fields = isUnderWay
      ? { earlier: first }
      : { state: 'sent' as const, ...sentTimes(row, step.deps.now), ...first };
    if (!(await outbox.change(id, { state: row.state, attempts: row.attempts }, fields, {}, row))) throw new Changed();
  });

/** The row is the first copy from now on; each spare one is taken away by a row of its own, tried until it is done. */
export async function keepFirst({ deps, tray }: Step, row: OutboxRow, first: Posted, spare: Posted[]): Promise<void> {
  const times = row.sentAt ? {} : sentTimes(row, deps.now);
  await deps.store.outbox.change(row.id, {}, { ...first, state: 'sent', ...times }, {}, row);
  for (const one of spare) tray.rows.push({ ...deleting(row, deps), ...one });
}

const deleting = (row: OutboxRow, deps: Step['deps']): OutboxRow => ({
  ...newRow(deps, wayOf(row), 'routine', { drawn: undefined }),
  method: 'delete',
  target: row.id,
});

/** A deletion that has yet to find out what is spare. */
function lookForTwins(row: OutboxRow, { deps }: Step): OutboxRow {
  return { ...deleting(row, deps), dueAt: inSeconds(deps.now, lookAgainSeconds) };
}

/** Looks for twins of a marked post by the id they carry; all but the first are taken away. */
export async function removeTwins({ world, findPosted }: Delivering, looking: OutboxRow): Promise<string> {
  const row = await world.store.outbox.get(looking.target ?? '');
  const [first, ...spare] = (row && (await findPosted?.(row.id, row.address))) ?? [];
  if (!row || !first || spare.length === 0) return 'no twin';
  await inStep(world, `twins-found:${looking.id}`, (step) => keepFirst(step, row, first, spare));
  return 'twins found';
}
