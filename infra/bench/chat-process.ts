import { startTelegramStandIn, type TelegramStandIn } from '../rehearsal/telegram/stand-in.ts';
import type { Act, ChatJob, ChatResult } from './chat.ts';

/** Telegram's stand-in and its phones in a process of their own, so that their work is not counted as ours. Started by `chat.ts`. */
const token = process.argv[2] ?? '';
const telegram: TelegramStandIn = await startTelegramStandIn({
  token,
  botName: 'Bench',
  clock: { now: () => Date.now() },
});

/** Posts by chat: how many there were, and who waits for the next change of a chat. */
const posts = new Map<number, number>();
const waiting = new Map<number, (() => void)[]>();
telegram.calls.subscribe(({ method, outcome, chatId }) => {
  if (outcome !== 'accepted' || (method !== 'sendMessage' && method !== 'editMessageText')) return;
  const chat = Number(chatId);
  if (method === 'sendMessage') posts.set(chat, (posts.get(chat) ?? 0) + 1);
  const ears = waiting.get(chat) ?? [];
  waiting.delete(chat);
  for (const hear of ears) hear();
});
const nextChange = (chat: number) =>
  new Promise<void>((hear) => waiting.set(chat, [...(waiting.get(chat) ?? []), hear]));

async function perform(chat: number, { says, taps }: Act): Promise<void> {
  if (says !== undefined) return void telegram.user(chat).says(says);
  while (!isTapped(chat, taps)) await nextChange(chat);
}

/** Presses the button in the newest message that has it; false while there is none. */
function isTapped(chat: number, text: string): boolean {
  const phone = telegram.user(chat);
  const message = phone.messages().findLast(({ keys }) => keys?.flat().some((key) => key.text.includes(text)));
  const key = message?.keys?.flat().find((one) => one.text.includes(text));
  return message !== undefined && key !== undefined && phone.taps(message.id, key.data ?? key.text);
}

/** Does one thing and gives the milliseconds until a message of the bot to `hearer` was accepted. */
async function timed(chat: number, act: Act, hearer: number): Promise<number> {
  const heard = nextChange(hearer);
  const at = performance.now();
  await perform(chat, act);
  await heard;
  return performance.now() - at;
}

async function talk(chat: number, acts: readonly Act[], hearer = chat): Promise<number[]> {
  const took: number[] = [];
  for (const [place, act] of acts.entries())
    took.push(await timed(chat, act, place === acts.length - 1 ? hearer : chat));
  return took;
}

const jobs: { [J in ChatJob['do']]: (job: Extract<ChatJob, { do: J }>) => Promise<ChatResult> | ChatResult } = {
  add({ ids, language }) {
    for (const id of ids) telegram.addUser({ id, firstName: `Phone ${id}`, languageCode: language, hasStarted: true });
    return { took: [] };
  },
  async talk({ ids, acts, hearer, atOnce }) {
    const took: number[] = [];
    const queue = [...ids];
    const one = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) took.push(...(await talk(id, acts, hearer)));
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    return { took };
  },
  count: ({ ids }) => ({ took: ids.map((id) => posts.get(id) ?? 0) }),
};

process.on('message', async ({ number, job }: { number: number; job: ChatJob }) => {
  try {
    process.send?.({ number, result: await jobs[job.do](job as never) });
  } catch (error) {
    process.send?.({ number, fault: String(error) });
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.({ number: 0, result: { url: telegram.url } });
