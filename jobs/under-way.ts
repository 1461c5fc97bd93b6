/** Work that is under way, one at a time for each key. It must catch what fails in it. */
export function underWay() {
  const running = new Map<string | symbol, Promise<void>>();
  return {
    has: (key: string | symbol): boolean => running.has(key),
    size: (): number => running.size,
    /** Begins the work; for a key that is busy, gives what is under way. */
    begin(key: string | symbol, work: () => Promise<unknown>): Promise<void> {
      const known = running.get(key);
      if (known) return known;
      const run = work()
        .then(() => {})
        .finally(() => running.delete(key));
      running.set(key, run);
      return run;
    },
    /** Waits until nothing is under way, what is begun meanwhile included. */
    async rest(): Promise<void> {
      while (running.size > 0) await Promise.allSettled([...running.values()]);
    },
  };
}
