/** Chance of a scenario: the same seed gives the same choices. */
export type Chance = {
  seed: number;
  /** 0 up to and without 1. */
  next(): number;
  /** A whole number from 0, below `below`. */
  below(below: number): number;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
};

/** Mulberry32: small, even enough to choose faults by, the same on every computer. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number) => Math.floor(next() * most);
  return {
    seed,
    next,
    below,
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    shuffled(list) {
      const all = [...list];
      for (let last = all.length - 1; last > 0; last--) {
        const other = below(last + 1);
        [all[last], all[other]] = [all[other] as never, all[last] as never];
      }
      return all;
    },
  };
}

/** The seeds of an ordinary run: 1 up to `count`, or only the one of `FAULT_SEED`. */
export function seeds(count: number): number[] {
  const replayed = process.env.FAULT_SEED;
  return replayed ? [Number(replayed)] : Array.from({ length: count }, (_, index) => index + 1);
}

/** Runs what a seed decides; a failure says how to have it again. */
export async function withSeed<T>(seed: number, name: string, run: (chance: Chance) => Promise<T>): Promise<T> {
  try {
    return await run(chanceOf(seed));
  } catch (error) {
    throw new Error(
      `seed ${seed}: ${error instanceof Error ? error.message : String(error)}\nAgain: FAULT_SEED=${seed} npm run faults -- -t '${name}'`,
      { cause: error },
    );
  }
}
