import type { CityEvent } from './web-actions.ts';

/** What the page is told: numbered, so that it knows when it missed something. */
export function cityNews() {
  const listeners = new Set<(event: CityEvent) => void>();
  const waiting = new Map<string, NodeJS.Timeout>();
  let number = 0;
  const tell = (name: CityEvent['name'], state: unknown, id?: string): void => {
    number += 1;
    for (const listener of listeners) listener({ number, name, state, ...(id ? { id } : {}) });
  };
  return {
    tell,
    number: (): number => number,
    subscribe(listener: (event: CityEvent) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Several changes of one thing in one moment are told once. */
    tellSoon(name: 'phone' | 'desk', id: string, state: () => unknown): void {
      if (waiting.has(id)) return;
      waiting.set(id, setTimeout(tellNow, 15));
      function tellNow(): void {
        waiting.delete(id);
        try {
          tell(name, state(), id);
        } catch {
          // The city is being rebuilt; the page fetches everything again.
        }
      }
    },
  };
}
