import type { World } from '#core/world.ts';
import type { ChatPart } from '../../start-house.ts';

/** The awaits between the mailbox and `sent` at which a worker can end, in the order in which a message passes them. */
export const points = [
  'before storing',
  'stored',
  'begun',
  'before commit',
  'after commit',
  'before wake',
  'before claim',
  'claimed',
  'before send',
  'accepted',
  'recorded',
] as const;
export type Point = (typeof points)[number];

/** Told at each point, in the process that passes it. */
export type OnPoint = (point: Point) => Promise<void> | void;

/** Puts the points around what a house reaches the outside by; the house itself knows nothing of them. */
export function watchPoints(world: World, chats: ChatPart[], onPoint: OnPoint): void {
  const { mailbox, outbox } = world.store;
  const { inTransaction, wake } = world;
  for (const name of ['insert', 'insertMany', 'insertMissing'] as const)
    around(mailbox, name, 'before storing', 'stored', onPoint);
  around(mailbox, 'begin', undefined, 'begun', onPoint);
  around(outbox, 'claim', 'before claim', 'claimed', onPoint);
  around(outbox, 'settle', undefined, 'recorded', onPoint);
  for (const chat of chats) around(chat, 'send', 'before send', 'accepted', onPoint);
  world.inTransaction = async (work) => {
    const done = await inTransaction(async () => {
      const result = await work();
      await onPoint('before commit');
      return result;
    });
    await onPoint('after commit');
    return done;
  };
  world.wake = (what) => {
    void onPoint('before wake');
    wake(what);
  };
}

type Method = (...args: never[]) => Promise<unknown>;

function around<N extends string>(
  of: { [name in N]: Method },
  name: N,
  before: Point | undefined,
  after: Point,
  onPoint: OnPoint,
): void {
  const method = of[name];
  of[name] = (async (...args: never[]) => {
    if (before) await onPoint(before);
    const result = await method(...args);
    await onPoint(after);
    return result;
  }) as Method as never;
}
