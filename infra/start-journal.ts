import type { Connection } from 'mongoose';
import { execute, inStep } from '#core/execute.ts';
import { acceptedIn, notAccepted } from '#core/journal/accepted.ts';
import { beginChain } from '#core/journal/begin-chain.ts';
import { type Finding, told } from '#core/journal/finding.ts';
import { system } from '#core/people/actor.ts';
import { minutesBetween } from '#core/time.ts';
import type { World } from '#core/world.ts';
import { sweep } from '#jobs/sweep.ts';
import { type AnchorPlace, anchor, anchorPlaces } from './journal/anchor.ts';
import { findingsIn, keepFindings } from './journal/findings.ts';
import type { BeforeChain, Step } from './journal/prove-anchors.ts';
import { verifyJournal } from './journal/verify.ts';
import type { Log } from './log.ts';
import type { Leases } from './start-leases.ts';

/** What keeps watch over the journal: anchors outside the database, and a walk that proves all of it again and again. */
export type JournalCare = {
  /** What does not verify, found by whatever process, in words for an operator. */
  faults(): Promise<string[]>;
  /** The number of the first line found; null while all verifies, undefined before the first walk has ended. */
  brokenAt(): Promise<number | null | undefined>;
  /** Writes a last anchor. */
  stop(): Promise<void>;
};

type Caring = {
  world: World;
  connection: Connection;
  leases: Leases;
  log: Log;
  pulse: (name: string) => Promise<void>;
  /** Folders for anchors; none: no anchors are written. */
  anchorFolders: readonly string[];
  isOn: () => boolean;
  isOurPart: boolean;
};

/**
 * Minutes of wall time between two anchors, and from the beginning of one walk to that of the next. No setting: that what was altered is found within 15
 * minutes is promised (`delivery.md` 9, F37), and the doctor goes by it.
 */
const anchorMinutes = 15;
const walkMinutes = 9;

/** Only one process does it. Both sweeps say that they live, so that the watch sees when one stops. */
export async function startJournal(caring: Caring): Promise<JournalCare> {
  const { world, connection, leases, log, pulse, isOn, isOurPart } = caring;
  const known = {
    async faults() {
      const { findings } = await openFindings(connection, world);
      const more = findings.length - mostTold;
      const said = findings.slice(0, mostTold).map((finding) => `the journal does not verify: ${told(finding)}`);
      return more > 0 ? [...said, `the journal does not verify: ${more} findings more`] : said;
    },
    async brokenAt() {
      const { findings, hasEnded } = await openFindings(connection, world);
      return findings[0]?.number ?? (hasEnded ? null : undefined);
    },
  };
  if (!isOurPart) return { ...known, stop: async () => {} };

  const isOurs = await leases.hold('journal');
  const failed = (name: string) => (error: unknown) =>
    log.warn({ err: error, job: name }, 'a sweep failed; the next one comes');
  const anchoring = anchorer(caring);
  const walking = walker(caring);
  const beating = (name: string, run: () => Promise<void>) => async () => {
    if (!isOurs()) return;
    await run();
    await pulse(name);
  };
  const sweeps = [
    sweep(beating('anchors', anchoring.whenDue), everyMs, failed('anchors')),
    sweep(beating('journal-walk', walking), everyMs, failed('journal-walk')),
  ];
  return {
    ...known,
    async stop() {
      await Promise.all(sweeps.map((one) => one.stop()));
      if (isOurs() && isOn()) await anchoring.now().catch(failed('anchors'));
    },
  };

  function anchorer({ anchorFolders }: Caring) {
    const lastAt = new Map<AnchorPlace, Date>();
    const places = anchorPlaces(anchorFolders);
    const write = async (isDue: (place: AnchorPlace) => boolean) => {
      const done = await Promise.allSettled(
        places.filter(isDue).map(async (place) => {
          const at = world.clock.wall();
          await anchor({ world, connection }, place);
          lastAt.set(place, at);
        }),
      );
      for (const one of done) if (one.status === 'rejected') throw one.reason;
    };
    return {
      whenDue: async () => {
        if (!isOn()) return;
        await write(
          (place) => Math.abs(minutesBetween(lastAt.get(place) ?? new Date(0), world.clock.wall())) >= anchorMinutes,
        );
      },
      now: () => write(() => true),
    };
  }
}

/** What was found and nobody has accepted: an acceptance counts at once, not with the next walk. */
async function openFindings(connection: Connection, { store }: World): ReturnType<typeof findingsIn> {
  const { findings, hasEnded } = await findingsIn(connection);
  if (findings.length === 0) return { findings, hasEnded };
  return { findings: notAccepted(findings, await acceptedIn(store.journal)), hasEnded };
}

const everyMs = 1000;
const mostTold = 5;
const fewestLines = 500;
const mostLines = 3000;
/** A walk of all lines takes so many rounds, as far as `mostLines` allows. */
const roundsAWalk = 240;

/** One slice a round, so that it takes little of the processor. A finding is told at once and again in each walk. */
function walker({ world, connection, log, anchorFolders }: Caring): () => Promise<void> {
  let walk: AsyncGenerator<Step> | undefined;
  let beganAt: Date | undefined;
  let found: Finding[] = [];
  let accepted: Awaited<ReturnType<typeof acceptedIn>> = [];

  return async () => {
    if (!walk) {
      const now = world.clock.wall();
      if (beganAt && Math.abs(minutesBetween(beganAt, now)) < walkMinutes) return;
      beganAt = now;
      found = [];
      accepted = await acceptedIn(world.store.journal);
      walk = verifyJournal(
        { world, connection },
        { places: anchorPlaces(anchorFolders), sliceLines: await sliceOf(world), latestFiles: 2 },
      );
    }
    const { value: step, done: isOver } = await walk.next().catch((error) => {
      walk = undefined;
      throw error;
    });
    const fresh = notAccepted(step?.findings ?? [], accepted);
    for (const finding of fresh) {
      log.error({ ...finding }, 'the journal does not verify');
      found.push(finding);
    }
    if (step?.before && !step.before.begunAt) await begin(world, step.before);
    if (fresh.length > 0) await keepFindings(connection, found, false);
    if (!isOver) return;
    walk = undefined;
    await keepFindings(connection, found, true);
  };
}

/** From now on the number of lines without a chain stands in one. */
const begin = (world: World, { lines, mark }: BeforeChain): Promise<unknown> =>
  inStep(world, 'begin-chain', (step) => execute(step, beginChain, { actor: system, input: { lines, mark } }));

/** Larger slices for a larger journal. */
const sliceOf = async ({ store }: World): Promise<number> =>
  Math.min(
    mostLines,
    Math.max(fewestLines, Math.ceil((await store.journal.rows.estimatedDocumentCount()) / roundsAWalk)),
  );
