import { type Settings, settingsWith } from '#core/settings.ts';
import type { Store } from '#core/store.ts';

/** A change made by another process is seen after so long. */
const keptMs = 3000;

/** The settings of the office, read at most every three seconds; a change made here counts from the next step on. `onEpoch` hears its epoch at each reading. */
export function settingsOf(store: Store, onEpoch: (epoch: number) => void): () => Promise<Settings> {
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
    const settings = read(store, onEpoch);
    known = { settings, until: performance.now() + keptMs };
    settings.catch(forget);
    return settings;
  };
}

async function read({ office }: Store, onEpoch: (epoch: number) => void): Promise<Settings> {
  const { settings, epoch = 0 } = await office.get();
  onEpoch(epoch);
  return settingsWith(settings);
}
