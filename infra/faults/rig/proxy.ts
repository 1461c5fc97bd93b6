import { createServer, connect as dial, type Socket } from 'node:net';
import { listenOn } from '../../setup/ports.ts';

/**
 * Where a line is cut. `before`: what was sent never arrives. `after`: it arrives, and the line ends at once. `reply`: it arrives, is answered,
 * and the answer is lost.
 */
export type Cut = 'before' | 'after' | 'reply';

type Wish = { where: Cut; left: number; fits: (bytes: Buffer) => boolean };

/** A line between us and a database or a chat that can be cut, slowed, frozen or closed. */
export type FaultyLine = {
  port: number;
  /** Cuts at the next `count` sendings that fit. */
  cut(where: Cut, wish?: { count?: number; holds?: string }): void;
  /** How many cuts were made so far. */
  cuts(): number;
  /** Every sending arrives so much later, milliseconds; 0 ends it. */
  delay(ms: number): void;
  /** Lines stay open and nothing passes, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Ends all lines and refuses new ones, until `open`. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** Lifts cuts, delay and frost; opens. */
  heal(): Promise<void>;
  close(): Promise<void>;
};

/** Listens on a loopback port of its own and passes everything on to `port`. */
export async function openProxy(port: number): Promise<FaultyLine> {
  const wishes: Wish[] = [];
  const lines = new Set<Socket>();
  let cuts = 0;
  let delayMs = 0;
  let frozen: Promise<void> | undefined;
  let thaw = () => {};

  const wished = (bytes: Buffer): Cut | undefined => {
    const wish = wishes.find(({ left, fits }) => left > 0 && fits(bytes));
    if (!wish) return undefined;
    wish.left -= 1;
    cuts += 1;
    return wish.where;
  };
  const held = async () => {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    while (frozen) await frozen;
  };
  const server = createServer((near) => join(near, dial({ port, host: '127.0.0.1' }), { wished, held, lines }));
  const open = (at: number) => listenOn(server, at);
  const own = await open(0);
  const shut = async () => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    for (const line of lines) line.destroy();
    await closed;
  };
  const reopen = async () => {
    if (!server.listening) await open(own);
  };
  const melt = () => {
    frozen = undefined;
    thaw();
  };
  return {
    port: own,
    cut: (where, { count = 1, holds } = {}) =>
      void wishes.push({ where, left: count, fits: (bytes) => holds === undefined || bytes.includes(holds) }),
    cuts: () => cuts,
    delay(ms) {
      delayMs = ms;
    },
    freeze() {
      frozen ??= new Promise((resolve) => {
        thaw = resolve;
      });
    },
    thaw: melt,
    shut,
    open: reopen,
    async heal() {
      wishes.length = 0;
      delayMs = 0;
      melt();
      await reopen();
    },
    async close() {
      melt();
      await shut();
    },
  };
}

type Ways = { wished(bytes: Buffer): Cut | undefined; held(): Promise<void>; lines: Set<Socket> };

/** So long the far end may work on what it got after its caller has gone. */
const patienceMs = 2000;

/** One line: bytes keep their order in both directions, whatever is done to them. */
function join(near: Socket, far: Socket, { wished, held, lines }: Ways): void {
  let cut: Cut | undefined;
  let outward: Promise<void> = Promise.resolve();
  let inward: Promise<void> = Promise.resolve();
  const end = () => {
    near.destroy();
    far.destroy();
  };
  for (const line of [near, far]) {
    lines.add(line);
    line.setNoDelay(true);
    line.on('error', end);
    line.on('close', () => lines.delete(line));
  }
  /** What is still held passes first: a closed end is no lost answer. */
  far.on('close', () => void inward.then(end));
  near.on('close', () => {
    if (cut) setTimeout(end, patienceMs).unref();
    else void outward.then(end);
  });
  near.on('data', (bytes: Buffer) => {
    const due = cut ?? wished(bytes);
    if (due === 'before') return end();
    cut = due;
    outward = outward.then(held).then(() => {
      if (!far.destroyed) far.write(bytes);
      if (cut === 'after') setTimeout(() => near.destroy(), 5).unref();
    });
  });
  far.on('data', (bytes: Buffer) => {
    if (cut) return end();
    inward = inward.then(held).then(() => {
      if (!near.destroyed) near.write(bytes);
    });
  });
}
