import { cards } from '#core/cards.ts';
import { newRow, wayOf } from '#core/delivery/carry-out.ts';
import { lanes, type OutboxRow } from '#core/delivery/outbox.ts';
import { inStep, type Step } from '#core/execute.ts';
import type { PersonId } from '#core/id.ts';
import type { Person } from '#core/people/person.ts';
import { addMinutes } from '#core/time.ts';
import type { World } from '#core/world.ts';
import type { Delivering } from './deliver.ts';
import { whyNoNews } from './still-needed.ts';

type Fold = { personId: PersonId; channel: Delivering['channel']; caseId?: string };

/**
 * When a chat comes back after hours, what one person missed is told in one message, which counts it; what is over is dropped (`delivery.md` 4).
 * Urgent rows never fold: they went another way. What fails for one person is noted and holds up nobody else. Gives the ids of the rows that are not
 * to be sent any more.
 */
export async function foldStale(
  work: Delivering,
  due: OutboxRow[],
  noted: (personId: string) => (error: unknown) => undefined,
): Promise<Set<string>> {
  const { world, channel } = work;
  const settings = await world.settings();
  const now = world.clock.wall();
  const { lateMinutes } = settings.delivery.digest;
  const folded = new Set<string>();
  const late = due.filter((row) => mayFold(row) && isLate(row, lateMinutes, now));
  for (const personId of new Set(late.flatMap((row) => row.personId ?? [])))
    for (const id of (await foldFor(work, { personId, channel }).catch(noted(personId))) ?? []) folded.add(id);
  return folded;
}

async function foldFor(work: Delivering, { personId, channel }: Fold): Promise<string[]> {
  const { store, clock, settings } = work.world;
  const waiting = await store.outbox.waitingFor(personId, channel);
  const { rows: most, lateMinutes, joinMinutes } = (await settings()).delivery.digest;
  const digest = waiting.find(({ card, caseId }) => card === 'digest' && !caseId);
  const rows = waiting.filter((row) => mayFold(row) && isLate(row, digest ? joinMinutes : lateMinutes, clock.wall()));
  return foldInto(work, rows, { personId, channel }, digest ? 1 : most, digest);
}

/** Many messages of one case to one person within minutes become one; the first of them went at once (`delivery.md` 5). */
export async function foldCase(work: Delivering, rows: OutboxRow[]): Promise<string[]> {
  const { personId, caseId } = rows[0] ?? {};
  if (!personId || !caseId) return [];
  const { store, clock } = work.world;
  const waiting = await store.outbox.waitingFor(personId, work.channel);
  const now = waiting.filter((row) => mayFold(row) && row.caseId === caseId && row.dueAt <= clock.wall());
  return foldInto(work, now, { personId, channel: work.channel, caseId }, 2);
}

/** Folds rows of one person into a digest, the one that is on its way or a new one, if at least so many are still needed. What is over is dropped. */
async function foldInto(
  { world }: Delivering,
  rows: OutboxRow[],
  { personId, caseId }: Fold,
  atLeast: number,
  digest?: OutboxRow,
): Promise<string[]> {
  const viewer = rows.length >= atLeast ? await world.store.people.get(personId) : undefined;
  if (!viewer) return [];
  const { needed, over } = await sorted(rows, viewer, world);
  return inStep(world, `fold:${world.newId<string>()}`, async (step) => {
    for (const row of over) await drop(row, { outcome: 'not needed' }, step);
    const [first] = needed;
    if (!first || needed.length < atLeast) return over.map(({ id }) => id);
    const known = digest && (await stillWaiting(digest, step));
    const digestId = known?.id ?? step.deps.newId<string>();
    for (const row of needed) await drop(row, { outcome: 'folded', foldedInto: digestId }, step);
    if (!known) step.tray.rows.push(digestRow(first, digestId, caseId, step));
    return [...needed, ...over].map(({ id }) => id);
  });
}

/** A digest that is being sent meanwhile does not count more any more. */
const stillWaiting = ({ id, state, attempts }: OutboxRow, { deps }: Step): Promise<OutboxRow | undefined> =>
  deps.store.outbox.change(id, { state, attempts }, { outcome: 'more' });

/** Each card is drawn as things stand now: one that gives nothing concerns something that is over. */
async function sorted(
  rows: OutboxRow[],
  viewer: Person,
  world: World,
): Promise<{ needed: OutboxRow[]; over: OutboxRow[] }> {
  const view = {
    store: world.store,
    settings: await world.settings(),
    now: world.clock.wall(),
    viewer,
    isNewest: true,
  };
  const drawn = new Map<string, unknown>();
  const isNeeded = async (row: OutboxRow): Promise<boolean> => {
    const { id, card, subject = '', channel, epoch } = row;
    const draw = card ? cards[card as keyof typeof cards] : undefined;
    const what = `${card ?? id} ${subject}`;
    // One that cannot be drawn at the moment is not over by that.
    if (draw && !drawn.has(what)) drawn.set(what, await draw(subject, { ...view, channel }).catch(() => true));
    if (epoch !== viewer.epoch || (draw && drawn.get(what) === undefined)) return false;
    return (await whyNoNews(row, world).catch(() => undefined)) === undefined;
  };
  const needed: OutboxRow[] = [];
  const over: OutboxRow[] = [];
  for (const row of rows) ((await isNeeded(row)) ? needed : over).push(row);
  return { needed, over };
}

/** Unless it is on its way meanwhile. */
const drop = ({ id, state, attempts }: OutboxRow, fields: Partial<OutboxRow>, { deps }: Step) =>
  deps.store.outbox.change(id, { state, attempts }, { state: 'refused', ...fields });

function digestRow(row: OutboxRow, id: string, caseId: string | undefined, { deps }: Step): OutboxRow {
  const lane = caseId ? lanes[row.lane] : undefined;
  return {
    ...newRow(deps, wayOf(row), lane ?? 'digest', { card: 'digest', subject: id }),
    id,
    ...(caseId ? { caseId } : {}),
  };
}

/** Messages of one person that hurry nobody; a part belongs to its message, and what was asked for out of a digest is sent. */
const mayFold = ({ method, personId, lane, after, drawn, card, isWhole }: OutboxRow): boolean =>
  method === 'send' &&
  personId !== undefined &&
  lane >= lanes.indexOf('waiting') &&
  after === undefined &&
  drawn === undefined &&
  card !== 'digest' &&
  !isWhole;

/** Counted from when it should have left at first. */
const isLate = ({ wantedAt, dueAt }: OutboxRow, minutes: number, now: Date): boolean =>
  (wantedAt ?? dueAt) <= addMinutes(now, -minutes);
