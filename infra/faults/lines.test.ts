import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTown, type Town } from '../test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

const telegram = () => town.city.standIns().telegram;
const slack = () => town.city.standIns().slack;
const phonePosts = (chat: number) =>
  telegram()
    .calls.posts()
    .filter(({ chatId }) => chatId === chat);
const a = async (kind: string, who: string, words: string) => {
  await town.says('mihai', '🚨 Alertă');
  await town.taps('mihai', kind);
  await town.taps('mihai', who);
  await town.says('mihai', words);
};

describe('F5, F6 the line is cut after the chat accepted', () => {
  it('Telegram, an answer to a danger word: one more copy at most, marked', async () => {
    const before = phonePosts(5001).length;
    telegram().faults.cut({ where: 'afterAccept', method: 'sendMessage', chatId: 5001, count: 9 });
    await town.says('oksana', 'допоможіть');
    await town.forward(1);
    telegram().faults.clear();
    const texts = phonePosts(5001)
      .slice(before)
      .map(({ payload }) => String(payload.text))
      .filter((text) => text.includes('112'));
    expect(texts.length).toBeLessThanOrEqual(4);
    expect(new Set(texts.map((text) => texts.filter((one) => one === text).length))).toEqual(new Set([1]));
    await town.forward(2);
  });

  it('Slack, an alert: found again by its own id, one copy', async () => {
    for (const id of ['ioana', 'andrei', 'carmen']) town.heard(id);
    slack().faults.cut({ where: 'afterAccept', method: 'chat.postMessage', count: 1 });
    await a('Abuz', 'Elena Munteanu', 'Vânătăi noi.');
    await town.forward(1);
    const rings = [...town.heard('ioana'), ...town.heard('andrei')].filter((text) => text.includes('Repetare'));
    expect(rings).toEqual([]);
  });
});

describe('F17 too many requests', () => {
  it('no call inside the wait, then everything arrives once', async () => {
    town.heard('serhii');
    const calls = () =>
      telegram()
        .calls.of('sendMessage')
        .filter(({ chatId }) => chatId === 5002).length;
    telegram().faults.rateLimit({ retryAfter: 6, chatId: 5002, count: 1 });
    await town.says('serhii', '/menu');
    const first = calls();
    const asked = performance.now();
    while (performance.now() - asked < 4000) {
      await town.forward(1);
      if (performance.now() - asked < 5500) expect(calls()).toBe(first);
    }
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await expect.poll(async () => town.forward(1).then(calls), { timeout: 10_000 }).toBeGreaterThan(first);
    expect(town.heard('serhii').length).toBeGreaterThan(0);
  });
});
