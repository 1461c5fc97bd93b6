import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sent } from '#core/delivery/sending.ts';
import type { Person } from '#core/people/person.ts';
import { dispatcher } from '#jobs/dispatch.ts';
import { freePace, openPostOffice, type PostOffice } from '../test/post-office.ts';

let office: PostOffice;
let mihai: Person;
beforeAll(async () => {
  office = await openPostOffice();
  mihai = await office.person('technician', 'Mihai Dobre', ['telegram']);
});
afterAll(() => office.close());

/** Somebody sets the clock of the host, and the office's clock is moved too, while `work` runs. */
async function jumped(hours: number, work: () => Promise<void>): Promise<void> {
  const real = Date.now;
  Date.now = () => real() + hours * 3_600_000;
  office.u.clock.forward(120);
  try {
    await work();
  } finally {
    Date.now = real;
  }
}

describe('leases of rows and gates count in one time, that of the database (F15)', () => {
  it.each([1, -1])('the host jumps by %i h: a row under way stays under way, and is sent once', async (hours) => {
    const row = await office.message(mihai, 'routine');
    let answer: (sent: Sent) => void = () => {};
    const send = () => new Promise<Sent>((resolve) => (answer = resolve));
    const slow = dispatcher({ ...office.work.telegram, send }, freePace);
    await slow.sweep();
    await expect.poll(async () => (await office.now(row)).state).toBe('attempting');
    await jumped(hours, async () => {
      await office.sweep();
      expect((await office.now(row)).state).toBe('attempting');
    });
    answer({ is: 'sent', messageId: '7', chatId: '7' });
    await slow.rest();
    expect(await office.now(row)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it.each([1, -1])('the host jumps by %i h: a closed gate stays closed as long as the chat said', async (hours) => {
    const row = await office.message(mihai, 'routine');
    const calls = () => office.telegram.calls.of('sendMessage').length;
    office.telegram.faults.rateLimit({ retryAfter: 3, count: 1, method: 'sendMessage' });
    await office.sweep();
    const before = calls();
    const closedAt = performance.now();
    await jumped(hours, async () => {
      while (performance.now() - closedAt < 2000) {
        office.u.clock.forward(1);
        await office.sweep();
        expect(calls()).toBe(before);
      }
    });
    await expect
      .poll(
        async () => {
          office.u.clock.forward(1);
          await office.sweep();
          return (await office.now(row)).state;
        },
        { timeout: 10_000 },
      )
      .toBe('sent');
  });
});
