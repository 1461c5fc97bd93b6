import type { z } from 'zod';
import type { DomainEvent } from './events.ts';
import type { SubjectOf, UseCaseName } from './permissions.ts';
import type { Asker } from './rights.ts';
import type { Deps } from './world.ts';

/** Who acts: a person, a stranger without a link, or the system (a due timer, the command line). `actsFor` holds the absent ones they stand in for. */
export type Actor = Asker;

/** What `run` gives back: events (the only output of a write) and the result for the caller. */
export type Done<R> = { events: DomainEvent[]; result: R };

/** What `run` works with: the stores of the step, who acts, and the subject the permission was asked about. */
export type RunDeps<N extends UseCaseName> = Deps & { actor: Actor; subject: SubjectOf<N> };

export type UseCase<N extends UseCaseName, I, R> = {
  name: N;
  input: z.ZodType<I>;
  /** Loads what the permission is asked about; `undefined` means it is gone. */
  subject: (input: I, deps: Deps & { actor: Actor }) => Promise<SubjectOf<N> | undefined> | SubjectOf<N>;
  run: (input: I, deps: RunDeps<N>) => Promise<Done<R>>;
};

/** Declares a use case: a value, one file, no class around it. Its name must stand in the permission table. */
export const defineUseCase = <N extends UseCaseName, I, R>(useCase: UseCase<N, I, R>): UseCase<N, I, R> => useCase;

/** For a write that finds nothing to do: a word one must type, not a silence. */
export const unchanged = <R>(result: R): Done<R> => ({ events: [], result });
