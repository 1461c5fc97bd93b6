import type { Store } from '#core/store.ts';

/** Words of people that hold this sign: in the talk with staff, or with the alert of whoever was in danger when they wrote. */
export async function wordsKept({ messages, alerts }: Store, sign: string): Promise<string[]> {
  const talks = (await messages.find({})).flatMap(({ parts }) => parts);
  const seen = (await alerts.find({})).flatMap(({ observed }) => observed);
  return [...talks, ...seen].map(({ words }) => words).filter((words) => words.includes(sign));
}
