import { type Expected, isFixedLine, judge, postsIn, type Verdict } from '../rig/judge.ts';
import { type FaultyLine, openProxy } from '../rig/proxy.ts';
import { inScene, type Scene } from '../rig/scene.ts';
import type { OwnServers } from '../rig/servers.ts';
import { untilQuiet } from '../rig/until.ts';

/** The chat accepts and its answer is lost, many times: routine is never sent again, urgent once more and marked (F6). */
export const cutReplies = (servers: OwnServers, count: number): Promise<Verdict> =>
  inScene({ servers, people: count / 10 }, async (scene) => {
    const { telegram, cast, store } = scene;
    const line = await openProxy(Number(new URL(telegram.url).port));
    try {
      await scene.house({ telegram: { token: telegram.token, apiRoot: `http://127.0.0.1:${line.port}` } });
      line.cut('reply', { count, holds: '/sendMessage' });
      // One word at a time: a lane that waits two seconds gets a fixed line, and its reply would be cut instead of a row's.
      for (let word = 0; word < 8; word++) {
        for (const { account } of cast.beneficiaries) telegram.user(Number(account)).says('дякую');
        await untilQuiet(scene);
      }
      const urgent = cast.beneficiaries.slice(0, count / 20);
      for (const { account } of urgent) telegram.user(Number(account)).says('допоможіть, він мене б’є');
      await untilQuiet(scene);
      await sayTheRest(scene, count, line);
      await scene.end();
      const rows = await store.outbox.find({ method: 'send' });
      const twice = rows.filter(({ lane, attempts }) => lane > 2 && attempts > 1).length;
      const thrice = rows.filter(({ lane, attempts }) => lane <= 2 && attempts > 2).length;
      if (twice + thrice > 0) throw new Error(`${twice} routine rows went twice, ${thrice} urgent ones three times`);
      return await judge(scene, { expected: await oncePerRow(scene) });
    } finally {
      await line.close();
    }
  });

/** Until so many replies to rows were cut: one of a line that the receiver said by itself, on a busy machine, is none of them. */
async function sayTheRest(scene: Scene, count: number, line: FaultyLine): Promise<void> {
  let armed = count;
  for (;;) {
    const wanted = count + postsIn(scene).filter(({ text }) => isFixedLine(text)).length;
    if (wanted > armed) line.cut('reply', { count: wanted - armed, holds: '/sendMessage' });
    armed = Math.max(armed, wanted);
    if (line.cuts() >= wanted) return;
    for (const { account } of scene.cast.beneficiaries) scene.telegram.user(Number(account)).says('дякую');
    await untilQuiet(scene);
  }
}

/** As many posts as rows; an urgent row at most twice. */
export async function oncePerRow({ store }: Scene): Promise<Expected[]> {
  const expected = new Map<string, Expected>();
  for (const { address: to, state, isMarked } of await store.outbox.find({ method: 'send' })) {
    const one = expected.get(to) ?? { to, atLeast: 0, atMost: 0 };
    if (state === 'sent') one.atLeast += 1;
    if (state !== 'refused') one.atMost += isMarked ? 2 : 1;
    expected.set(to, one);
  }
  return [...expected.values()];
}

/** The line to the database ends at a commit, before it arrives or before its answer: the step is asked for by its key, one effect (F13). */
export const unknownCommits = (servers: OwnServers, count: number): Promise<Verdict> =>
  inScene({ servers, people: count }, async (scene) => {
    const { telegram, cast, store } = scene;
    const line = await openProxy(servers.mongoPort);
    try {
      await scene.house({ mongodbUri: scene.mongoBy(line.port) });
      for (const [place, { account }] of cast.beneficiaries.entries()) {
        line.cut(place % 2 ? 'before' : 'reply', { holds: 'commitTransaction' });
        telegram.user(Number(account)).says('дякую');
        await untilQuiet(scene);
      }
      if (line.cuts() < count) throw new Error(`${line.cuts()} of ${count} commits were cut`);
      await scene.end();
      const done = await store.mailbox.count({ state: 'done' });
      const rows = await store.outbox.count({ method: 'send' });
      if (done !== count || rows !== count) throw new Error(`${done} items and ${rows} answers of ${count}`);
      return await judge(scene, {
        expected: cast.beneficiaries.map(({ account: to }) => ({ to, atLeast: 1, atMost: 1 })),
      });
    } finally {
      await line.close();
    }
  });
