/** A number of places. Whoever presses comes first; the others in the order in which they asked. */
export type Places = {
  /** `isPressing` is asked whenever a place becomes free: it may change while one waits. */
  take(isPressing?: () => boolean): Promise<void>;
  give(): void;
};

/** Opens `count` places. */
export function placesOf(count: number): Places {
  let free = count;
  const waiting: { isPressing: () => boolean; begin: () => void }[] = [];
  return {
    take(isPressing = () => false) {
      if (free === 0) return new Promise((begin) => waiting.push({ isPressing, begin }));
      free -= 1;
      return Promise.resolve();
    },
    give() {
      const first = waiting.findIndex(({ isPressing }) => isPressing());
      const [next] = waiting.splice(Math.max(first, 0), 1);
      if (next) next.begin();
      else free += 1;
    },
  };
}
