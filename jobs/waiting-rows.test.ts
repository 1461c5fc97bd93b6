import { describe, expect, it } from 'vitest';
import type { OutboxHead } from '#core/delivery/outbox.ts';
import { waitingRows } from './waiting-rows.ts';

const [danger, routine] = [0, 4];
const head = (id: string, lane: number, address = id): OutboxHead => ({
  id,
  channel: 'telegram',
  address,
  lane,
  method: 'send',
});
const anyLane = () => true;
const everybody = () => true;

function rowsOf(...heads: OutboxHead[]) {
  const rows = waitingRows();
  rows.add(heads);
  return rows;
}

describe('rows that wait to be sent', () => {
  it('leave with the most pressing lane first, and within a lane in the order in which they came', () => {
    const rows = rowsOf(head('r1', routine), head('d1', danger), head('r2', routine), head('d2', danger));
    expect([1, 2, 3, 4, 5].map(() => rows.next(anyLane, everybody)?.id)).toEqual(['d1', 'd2', 'r1', 'r2', undefined]);
  });

  it('are held once, however often they are found', () => {
    const rows = rowsOf(head('r1', routine), head('r1', routine));
    rows.add([head('r1', routine)]);
    expect(rows.size()).toBe(1);
  });

  it('let the chats behind go on while one chat is busy', () => {
    const rows = rowsOf(head('r1', routine, 'busy'), head('r2', routine, 'free'));
    expect(rows.next(anyLane, ({ address }) => address === 'free')?.id).toBe('r2');
    expect(rows.next(anyLane, everybody)?.id).toBe('r1');
  });

  it('wait in a lane without room, while a lane that has room goes on', () => {
    const rows = rowsOf(head('d1', danger), head('r1', routine));
    expect(rows.next((lane) => lane === routine, everybody)?.id).toBe('r1');
    expect(rows.next((lane) => lane === routine, everybody)).toBeUndefined();
    expect(rows.size()).toBe(1);
  });

  it('are forgotten when another process holds the bot: the sweep finds them again', () => {
    const rows = rowsOf(head('d1', danger), head('r1', routine));
    rows.clear();
    expect(rows.size()).toBe(0);
    expect(rows.next(anyLane, everybody)).toBeUndefined();
  });
});
