import { percentile } from '../../bench/figures.ts';
import type { Scene } from '../rig/scene.ts';

/** A word of danger: who said it and when, milliseconds of this process. */
export type Said = { by: string; at: number };

/** Posts to the coordinator that name an alert: its number and when the chat accepted it. */
export type Ring = { number: string; at: number };

/** Writes down each ring of the coordinator from now on. */
export function watchRings({ telegram, cast }: Scene): Ring[] {
  const rings: Ring[] = [];
  telegram.calls.subscribe(({ method, outcome, chatId, payload }) => {
    if (method !== 'sendMessage' || outcome !== 'accepted' || String(chatId) !== cast.coordinator.account) return;
    const number = /A-\d+/.exec(String(payload.text))?.[0];
    if (number) rings.push({ number, at: performance.now() });
  });
  return rings;
}

/**
 * From each word of danger to its ring, milliseconds: the nth of a person rang with the nth post of their alert. A post that had not gone yet when the next word
 * came is drawn with both: then the last one counts. Throws when a word rang nobody.
 */
export async function waitsOf({ store }: Scene, said: readonly Said[], rings: readonly Ring[]): Promise<number[]> {
  const alerts = new Map((await store.alerts.find({})).map(({ personId, number }) => [personId as string, number]));
  const heard = new Map<string, number>();
  return said.map(({ by, at }) => {
    const nth = heard.get(by) ?? 0;
    heard.set(by, nth + 1);
    const ours = rings.filter(({ number }) => number === alerts.get(by));
    const ring = ours[nth] ?? ours.at(-1);
    if (!ring || ring.at < at) throw new Error(`a danger of ${by} rang nobody`);
    return ring.at - at;
  });
}

/** Median, 99th percentile and worst of a list, in whole milliseconds; 0 for none. */
export function figures(list: number[]): { n: number; p50: number; p99: number; most: number } {
  const at = (share: number) => Math.round(percentile(list, share)) || 0;
  return { n: list.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}
