import type { Step } from '../execute.ts';
import { ringKey, ringsNext, whoMustHear } from './test-ring.ts';

/** Sets the first weekly test where none is planned: an office may have had its roster before there was one. Where nobody is to hear it is set with the first duty. */
export async function planTestRing({ deps, tray }: Step): Promise<void> {
  const planned = await deps.store.timers.get(ringKey);
  if (planned?.state === 'waiting' || (await whoMustHear(deps)).length === 0) return;
  tray.reactions.push(ringsNext(deps));
}
