import { isFixedLine, judge, postsIn, type Verdict } from '../rig/judge.ts';
import type { Point } from '../rig/points.ts';
import { inScene } from '../rig/scene.ts';
import type { OwnServers } from '../rig/servers.ts';
import { until, untilQuiet } from '../rig/until.ts';

/** Between a claim and its record the row becomes unknown: a routine one is never sent again. */
const inDoubt: Point[] = ['claimed', 'before send', 'accepted'];

/** A worker is killed at one await of one message; another goes on. Nothing is lost, nothing is said twice (F4). */
export const killedAt = (servers: OwnServers, point: Point): Promise<Verdict> =>
  inScene({ servers, people: 1 }, async (scene) => {
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
  });

/** The chats accept, the worker stands still and is killed before it can write that down: urgent goes once more, marked; routine never (F5). */
export const killedAfterAccept = (servers: OwnServers): Promise<Verdict> =>
  inScene({ servers, people: 2 }, async (scene) => {
    const { telegram, cast } = scene;
    const [routine = '', urgent = ''] = cast.beneficiaries.map(({ account }) => account);
    const worker = scene.worker();
    await worker.ready;
    telegram.faults.slow(4000, 'afterAccept');
    telegram.user(Number(routine)).says('дякую');
    telegram.user(Number(urgent)).says('допоможіть, він мене б’є');
    const isSaid = () => postsIn(scene).filter(({ text }) => !isFixedLine(text)).length >= 3;
    await until('three posts are accepted', isSaid);
    worker.freeze();
    await worker.kill();
    telegram.faults.clear();
    await scene.leasesEnd();
    await scene.house();
    await untilQuiet(scene);
    await scene.end();
    const verdict = await judge(scene, {
      expected: [
        { to: routine, atLeast: 1, atMost: 1 },
        { to: urgent, says: '112', atLeast: 2, atMost: 2 },
        // That the team knows is a message of its own, for who waits; it was not under way.
        { to: urgent, says: 'Ми повідомили команду', atLeast: 1, atMost: 1 },
        { to: cast.coordinator.account, says: 'A-', atLeast: 2, atMost: 2 },
      ],
    });
    if (verdict.unknown !== 1 || verdict.marked !== 2)
      throw new Error(`${verdict.unknown} unknown and ${verdict.marked} marked, 1 and 2 should be`);
    return verdict;
  });

/** Workers end one after the other in the middle of the same message; it arrives all the same (F7). */
export const killedAgain = (servers: OwnServers, times: number): Promise<Verdict> =>
  inScene({ servers, people: 1 }, async (scene) => {
    const to = scene.cast.beneficiaries[0]?.account ?? '';
    scene.telegram.user(Number(to)).says('дякую');
    for (let death = 0; death < times; death++) {
      const worker = scene.worker({}, [{ point: 'begun', nth: 1 }]);
      if ((await worker.ended) !== 'SIGKILL') throw new Error('a worker ended otherwise');
    }
    await scene.house();
    await untilQuiet(scene);
    await scene.end();
    return judge(scene, { expected: [{ to, atLeast: 1, atMost: 1 }] });
  });
