/** A number of places that are given in the order in which they were asked for. */
export type Places = { take(): Promise<void>; give(): void };

/** Opens `count` places. */
export function placesOf(count: number): Places {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    take() {
      if (free === 0) return new Promise((resolve) => waiting.push(resolve));
      free -= 1;
      return Promise.resolve();
    },
    give() {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
