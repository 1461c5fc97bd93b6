import { judge, type Verdict } from '../rig/judge.ts';
import type { Point } from '../rig/points.ts';
import { openScene } from '../rig/scene.ts';
import type { OwnServers } from '../rig/servers.ts';
import { untilQuiet } from '../rig/until.ts';

/** Between a claim and its record the row becomes unknown: a routine one is never sent again. */
const inDoubt: Point[] = ['claimed', 'before send', 'accepted'];

/** A worker is killed at one await of one message; another goes on. Nothing is lost, nothing is said twice (F4). */
export async function killedAt(servers: OwnServers, point: Point): Promise<Verdict> {
  const scene = await openScene({ servers, people: 1 });
  try {
    const to = scene.cast.beneficiaries[0]?.account ?? '';
    const first = scene.worker({}, [{ point, nth: 1 }]);
    scene.telegram.user(Number(to)).says('дякую');
    await first.ended;
    await scene.leasesEnd();
    await scene.house();
    await untilQuiet(scene);
    await scene.end();
    const verdict = await judge(scene, { expected: [{ to, atLeast: 0, atMost: 1 }] });
    const answers = await scene.store.outbox.count({});
    if (answers !== 1) throw new Error(`${answers} answers were written, 1 should be`);
    if (verdict.posts + verdict.unknown < 1) throw new Error('the answer is neither said nor unknown');
    if (inDoubt.includes(point) && verdict.unknown !== 1) throw new Error(`no doubt is left after ${point}`);
    return verdict;
  } finally {
    await scene.close();
  }
}
