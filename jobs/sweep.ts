/** Runs `work` again and again, `everyMs` after it ended, until stopped; a failure is told and the next round comes. */
export function sweep(
  work: () => Promise<unknown>,
  everyMs: number,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const next = () => {
    round = work()
      .then(() => {}, onError)
      .finally(() => {
        if (!isStopping) timer = setTimeout(next, everyMs);
      });
  };
  next();
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await round;
    },
  };
}
