import { type Ability, abilityOf, may, reasonFor } from './ability.ts';
import { deniedReading } from './break-glass/denied.ts';
import { Changed } from './collection.ts';
import { decisionOf } from './decisions.ts';
import { carryOut, emptyTray, type Tray } from './delivery/carry-out.ts';
import { stepStore } from './delivery/step-store.ts';
import type { DomainEvent, EventOf, EventType } from './events.ts';
import { anonymousChain, chainOf } from './journal/chain.ts';
import type { NewLine } from './journal/journal-line.ts';
import type { UseCaseName } from './permissions.ts';
import { type Phrase, phrase } from './phrase.ts';
import { type Reaction, type ReactionDeps, reactions } from './reactions.ts';
import { Refusal } from './refusal.ts';
import type { ReadingReason } from './rights.ts';
import type { Seal } from './seal.ts';
import type { Settings } from './settings.ts';
import { startOfDay } from './time.ts';
import type { Actor, Done, UseCase } from './use-case.ts';
import type { Deps, Wake, World } from './world.ts';

/** One transaction: a mailbox item, a due timer, a command. What it collects is written together at its end. */
export type Step = { key: string; deps: Deps; tray: Tray; actions: number; seal: Seal };

/** What came of it. A refusal also says what was asked (a use case) and on which case, so that the request to whoever decides is prepared. */
export type Outcome<R> =
  | { is: 'done'; result: R }
  | { is: 'refused'; phrase: Phrase; decidedBy: Refusal['decidedBy']; asked?: string; caseNumber?: string | undefined };

/**
 * Runs one step in one transaction and wakes what it left behind after the commit. `key` names the step: repeated, it gives the same answer.
 * `isKeptByMailbox`: the done mark of a mailbox item stands for the answer.
 */
export async function inStep<T>(
  world: World,
  key: string,
  work: (step: Step) => Promise<T>,
  isKeptByMailbox = false,
): Promise<T> {
  const settings = await world.settings();
  const { answer, wake } = await repeatOnChange(() =>
    world.inTransaction(() => attempt(world, settings, key, work, isKeptByMailbox)),
  );
  world.wake(wake);
  return answer;
}

/** The step from its beginning, with an empty tray; the transaction around it may be repeated. */
async function attempt<T>(
  world: World,
  settings: Settings,
  key: string,
  work: (step: Step) => Promise<T>,
  isKeptByMailbox: boolean,
): Promise<{ answer: T; wake: Wake }> {
  const deps: Deps = { store: stepStore(world.store), settings, now: world.clock.wall(), newId: world.newId };
  const tray = emptyTray();
  const known = isKeptByMailbox ? undefined : await deps.store.answers.get(key);
  if (known) return { answer: known.answer as T, wake: tray.wake };
  const answer = await work({ key, deps, tray, actions: 0, seal: world.seal });
  await carryOut(tray, deps);
  if (!isKeptByMailbox) await deps.store.answers.insert({ id: key, version: 0, at: deps.now, answer: answer ?? null });
  return { answer, wake: tray.wake };
}

/**
 * The one door: parse the input, load the subject, ask the permissions, run; per event a journal line and its reactions.
 * A `Refusal` is journaled and given back as a value. Everything else is a bug or an outage and goes up.
 */
export async function execute<N extends UseCaseName, I, R>(
  step: Step,
  useCase: UseCase<N, I, R>,
  { actor, input }: { actor: Actor; input: NoInfer<I> },
): Promise<Outcome<R>> {
  const action = step.actions++;
  try {
    const { events, result, reason } = await permitted(step, action, useCase, actor, input);
    const [read] = events;
    if (reason === 'break-glass' && read?.caseId) step.tray.glassCase = read.caseId;
    for (const event of events) await record(event, step, action, actor, reason);
    return { is: 'done', result };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return refused(refusal, useCase.name, step, action, actor);
  }
}

/** Runs the use case if the actor may, on the subject as it stands now. Of a reading it also tells by which right. */
async function permitted<N extends UseCaseName, I, R>(
  step: Step,
  action: number,
  useCase: UseCase<N, I, R>,
  actor: Actor,
  input: I,
): Promise<Done<R> & { reason?: ReadingReason }> {
  const { deps, tray } = step;
  const parsed = useCase.input.parse(input);
  const subject = await useCase.subject(parsed, { ...deps, actor });
  if (!subject) throw new Refusal(phrase('refusals:gone'));
  const ability = abilityFor(actor, tray);
  if (!may(ability, useCase.name, subject)) {
    const denied = await deniedReading(useCase.name, subject, { ...deps, actor, ability });
    if (denied) await record(denied, step, action, actor);
    throw await decisionOf(useCase.name, subject, { ...deps, actor });
  }
  const done = await useCase.run(parsed, { ...deps, actor, subject });
  return isReading(useCase.name) ? { ...done, reason: reasonFor(ability, useCase.name, subject) } : done;
}

/** A use case that shows what a case holds: its line says by which right. */
const isReading = (name: UseCaseName): boolean => name.startsWith('read-');

/** An expected "no" leaves its line in the journal, too. */
function refused(
  { phrase: said, decidedBy, caseNumber }: Refusal,
  asked: UseCaseName,
  step: Step,
  action: number,
  actor: Actor,
): Extract<Outcome<never>, { is: 'refused' }> {
  const head = { type: 'refused', about: { kind: 'use-case', id: asked } };
  step.tray.journal.push(line(step, action, actor, head, { key: said.key }));
  return { is: 'refused', phrase: said, decidedBy, asked, caseNumber };
}

/** Rights of the actor, built once per step. */
export function abilityFor(actor: Actor, tray: Tray): Ability {
  const known = tray.abilities.get(actor);
  if (known) return known;
  const ability = abilityOf(actor);
  tray.abilities.set(actor, ability);
  return ability;
}

async function record(
  event: DomainEvent,
  step: Step,
  action: number,
  actor: Actor,
  reason?: ReadingReason,
): Promise<void> {
  const { type, about, caseId, isAnonymous, ...fields } = event;
  const head = isAnonymous ? { type, about, reason } : { type, about, caseId, reason };
  const written = line(step, action, actor, head, fields);
  step.tray.journal.push(isAnonymous ? withoutName(written, step) : written);
  const react = reactions[type] as (event: EventOf<EventType>, deps: ReactionDeps) => Promise<Reaction[]> | Reaction[];
  const follow = await react(event as EventOf<EventType>, { ...step.deps, actor });
  step.tray.reactions.push(
    ...follow.map((one) => {
      const placed = one.do === 'tell' && 'card' in one && caseId ? { ...one, caseId } : one;
      return isAnonymous ? ofDay(placed) : placed;
    }),
  );
}

/** What follows from an event without a name tells the day only, like its line. */
const ofDay = (one: Reaction): Reaction =>
  one.do === 'tell' || one.do === 'refresh' || one.do === 'timer' ? { ...one, isOfDay: true } : one;

function line(
  step: Step,
  action: number,
  actor: Actor,
  head: Pick<NewLine, 'type' | 'about' | 'caseId' | 'reason'>,
  fields: unknown,
): NewLine {
  const { caseId, reason, ...rest } = head;
  const written = {
    id: `${step.key}:${action}:${step.tray.journal.length}`,
    version: 0,
    at: step.deps.now,
    ...rest,
    ...(caseId ? { caseId } : {}),
    ...(actor.id ? { by: actor.id } : {}),
    role: actor.roles[0] ?? 'system',
    ...(reason ? { reason } : {}),
    fields,
  };
  return { ...written, chain: chainOf(written) };
}

/**
 * The key of a step leads to the account it came from, and so would its minute and the lines it stands between: a line without a name
 * has an id of its own, tells the day only, and stands in the chain of those that name nobody.
 */
function withoutName({ by: _, ...rest }: NewLine, { deps }: Step): NewLine {
  return { ...rest, id: deps.newId(), at: startOfDay(deps.now), chain: anonymousChain };
}

const mostRepeats = 6;

/** A save that met a newer version repeats the whole step, with everything read again. */
async function repeatOnChange<T>(run: () => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats++) {
    try {
      return await run();
    } catch (error) {
      if (repeats >= mostRepeats || !(error instanceof Changed || isDuplicateKey(error))) throw error;
    }
  }
}

const isDuplicateKey = (error: unknown) => (error as { code?: number }).code === 11000;
