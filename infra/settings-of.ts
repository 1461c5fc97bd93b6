import type { Settings } from '#core/settings.ts';
import type { Store } from '#core/store.ts';

/** A change made by another process is seen after so long. */
const keptMs = 3000;

/** The settings of the office, read at most every three seconds; a change made here counts from the next step on. */
export function settingsOf(store: Store): () => Promise<Settings> {
  let known: { settings: Promise<Settings>; until: number } | undefined;
  const forget = () => {
    known = undefined;
  };
  const { put } = store.office;
  store.office.put = async (office) => {
    await put(office);
    forget();
  };
  return () => {
    if (known && performance.now() < known.until) return known.settings;
    const settings = store.office.settings();
    known = { settings, until: performance.now() + keptMs };
    settings.catch(forget);
    return settings;
  };
}
