import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** What a phone does: writes, or presses the button that has this text. */
export type Act = { says: string; taps?: never } | { taps: string; says?: never };

/** Work for the phones. `talk`: each of `ids` does its acts, waiting for an answer after each; the last one may be awaited in another chat. */
export type ChatJob =
  | { do: 'add'; ids: number[]; language: string }
  | { do: 'talk'; ids: number[]; acts: Act[]; atOnce: number; hearer?: number }
  /** How many posts each of these chats has got so far. */
  | { do: 'count'; ids: number[] };
export type ChatResult = { took: number[] };

export type Chat = { token: string; url: string; ask(job: ChatJob): Promise<number[]>; close(): void };

type Said = { number: number; result?: { url: string } & ChatResult; fault?: string };

/** Starts Telegram's stand-in in a process of its own. */
export async function openChat(): Promise<Chat> {
  const token = `700100200:${randomBytes(20).toString('hex')}`;
  const child = fork(join(import.meta.dirname, 'chat-process.ts'), [token]);
  const waiting = new Map<number, { resolve: (said: Said['result']) => void; reject: (error: Error) => void }>();
  let number = 0;
  const answerTo = (at: number) =>
    new Promise<Said['result']>((resolve, reject) => waiting.set(at, { resolve, reject }));
  child.on('message', (said: Said) => {
    const asked = waiting.get(said.number);
    waiting.delete(said.number);
    if (said.fault) asked?.reject(new Error(said.fault));
    else asked?.resolve(said.result);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the stand-in ended'));
  });
  const started = await answerTo(0);
  return {
    token,
    url: started?.url ?? '',
    async ask(job) {
      const answer = answerTo(++number);
      child.send({ number, job });
      return (await answer)?.took ?? [];
    },
    close: () => child.disconnect(),
  };
}
