import { cards } from '#core/cards.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import { lanes, type OutboxRow } from '#core/delivery/outbox.ts';
import { inStep, type Step } from '#core/execute.ts';
import type { PersonId } from '#core/id.ts';
import type { Person } from '#core/people/person.ts';
import type { Settings } from '#core/settings.ts';
import { addMinutes } from '#core/time.ts';
import type { Delivering } from './deliver.ts';

type Fold = { personId: PersonId; channel: Delivering['channel']; caseId?: string };

/**
 * When a chat comes back after hours, what one person missed is told in one message, which counts it; what is over is dropped (`delivery.md` 4).
 * Urgent rows never fold: they went another way. Gives the ids of the rows that are not to be sent any more.
 */
export async function foldStale(work: Delivering, due: OutboxRow[]): Promise<Set<string>> {
  const { world, channel } = work;
  const settings = await world.settings();
  const now = world.clock.wall();
  const { lateMinutes } = settings.delivery.digest;
  const folded = new Set<string>();
  const late = due.filter((row) => mayFold(row) && isLate(row, lateMinutes, now));
  for (const personId of new Set(late.flatMap((row) => row.personId ?? [])))
    for (const id of await foldFor(work, { personId, channel })) folded.add(id);
  return folded;
}

const foldFor = ({ world, channel }: Delivering, fold: Fold): Promise<string[]> =>
  inStep(world, `fold:${world.newId<string>()}`, async (step) => {
    const { store, settings, now } = step.deps;
    const waiting = await store.outbox.waitingFor(fold.personId, channel);
    const { rows: most, lateMinutes, joinMinutes } = settings.delivery.digest;
    const digest = waiting.find(({ card }) => card === 'digest');
    const rows = waiting.filter((row) => mayFold(row) && isLate(row, digest ? joinMinutes : lateMinutes, now));
    return digest || rows.length >= most ? foldInto(step, rows, fold, digest) : [];
  });

/** Folds rows of one person into a digest: the one that is on its way, or a new one. */
async function foldInto(
  step: Step,
  rows: OutboxRow[],
  { personId, caseId }: Fold,
  digest?: OutboxRow,
): Promise<string[]> {
  const { store, settings } = step.deps;
  const viewer = await store.people.get(personId);
  if (!viewer) return [];
  const { needed, over } = await sorted(rows, viewer, step);
  for (const row of over) await drop(row, { outcome: 'not needed' }, step);
  if (!digest && needed.length < settings.delivery.digest.rows) return over.map(({ id }) => id);
  const digestId = digest?.id ?? step.deps.newId<string>();
  for (const row of needed) await drop(row, { outcome: 'folded', foldedInto: digestId }, step);
  const [first] = needed;
  if (!digest && first) step.tray.rows.push({ ...digestRow(first, digestId, step), ...(caseId ? { caseId } : {}) });
  return [...needed, ...over].map(({ id }) => id);
}

/** Each card is drawn as things stand now: one that gives nothing concerns something that is over. */
async function sorted(
  rows: OutboxRow[],
  viewer: Person,
  { deps }: Step,
): Promise<{ needed: OutboxRow[]; over: OutboxRow[] }> {
  const needed: OutboxRow[] = [];
  const over: OutboxRow[] = [];
  for (const row of rows) {
    const draw = row.card ? cards[row.card as keyof typeof cards] : undefined;
    const view = { ...deps, viewer, isNewest: true, channel: row.channel };
    const isNeeded = row.epoch === viewer.epoch && (!draw || (await orNeeded(draw(row.subject ?? '', view))));
    (isNeeded ? needed : over).push(row);
  }
  return { needed, over };
}

/** One that cannot be drawn now is not over by that. */
const orNeeded = (drawn: Promise<unknown>): Promise<unknown> => drawn.catch(() => true);

const drop = ({ id, state, attempts }: OutboxRow, fields: Partial<OutboxRow>, { deps }: Step) =>
  deps.store.outbox.change(id, { state, attempts }, { state: 'refused', ...fields });

function digestRow(row: OutboxRow, id: string, { deps }: Step): OutboxRow {
  const { channel, address, account: key, language, personId, epoch } = row;
  const to = { channel, key, address, language, personId, epoch };
  return { ...newRow(deps, to, 'digest', { card: 'digest', subject: id }), id };
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
const isLate = ({ wantedAt, dueAt }: OutboxRow, minutes: Settings['delivery']['foldMinutes'], now: Date): boolean =>
  (wantedAt ?? dueAt) <= addMinutes(now, -minutes);
