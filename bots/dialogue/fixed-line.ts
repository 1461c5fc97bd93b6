/** The two lines a receiver may say by itself, outside the outbox (`delivery.md` 2). */
export type FixedLine = 'wait' | 'kept';

export type FixedLines<Who> = {
  /** The store is away: 112, "please wait". */
  notKept(who: Who): void;
  /** Kept, but perhaps nobody takes it up: after two seconds the person is told that it waits. */
  kept(who: Who, key: string): void;
  stop(): void;
};

type Wishes<Who> = {
  /** Best effort; must not throw. */
  say: (who: Who, line: FixedLine) => void;
  /** One person, whatever the chat calls them. */
  nameOf: (who: Who) => string;
  /** True while the item waits for a worker. */
  isWaiting: (key: string) => Promise<boolean>;
  lateMs: number;
};

const onceInMs = 10 * 60_000;

/** Says a fixed line at most once a person in ten minutes; 112 also to whom the lesser one was said. */
export function fixedLines<Who>({ say, nameOf, isWaiting, lateMs }: Wishes<Who>): FixedLines<Who> {
  const saidAt = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();

  const sayOnce = (who: Who, line: FixedLine) => {
    const now = performance.now();
    for (const [one, at] of saidAt) if (now - at > onceInMs) saidAt.delete(one);
    const name = nameOf(who);
    if (saidAt.has(`wait ${name}`) || saidAt.has(`${line} ${name}`)) return;
    saidAt.set(`${line} ${name}`, now);
    say(who, line);
  };
  const look = async (who: Who, key: string) => {
    if (await isWaiting(key).catch(() => false)) sayOnce(who, 'kept');
  };

  return {
    notKept: (who) => sayOnce(who, 'wait'),
    kept(who, key) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        void look(who, key);
      }, lateMs).unref();
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
