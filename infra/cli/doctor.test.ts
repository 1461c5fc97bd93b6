import { describe, expect, it } from 'vitest';
import {
  exitCodeOf,
  judgeAnchor,
  judgeBackup,
  judgeClock,
  judgeCount,
  judgeDuty,
  judgeLastResort,
  judgeOldest,
  judgeOpenTransactions,
  judgeProbe,
  judgeScopes,
  judgeWebhook,
  lineOf,
  look,
  ok,
  wrong,
} from './doctor-findings.ts';

const now = new Date('2026-11-23T08:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

describe('the doctor', () => {
  it('fails only when something is wrong', () => {
    expect(exitCodeOf([ok('a', 'b'), look('a', 'b', 'c')])).toBe(0);
    expect(exitCodeOf([ok('a', 'b'), wrong('a', 'b', 'c')])).toBe(1);
  });

  it('says in one line how it is, what it means, what to do', () => {
    expect(lineOf(wrong('Redis', 'does not answer', 'Start it'))).toBe('wrong  Redis: does not answer. Start it.');
    expect(lineOf(ok('Redis', 'answers'))).toBe('ok     Redis: answers.');
  });

  it('allows a clock two seconds off, in either direction', () => {
    expect([-2001, -2000, 0, 2000, 2001].map((ms) => judgeClock(ms).is)).toEqual(['wrong', 'ok', 'ok', 'ok', 'wrong']);
  });

  it('says what to set when a killed process would hold its rows for a minute, or steps are cut off', () => {
    expect([60, 16, 15, 10, 8, 3, undefined].map((seconds) => judgeOpenTransactions(seconds).is)).toEqual([
      ...['look', 'look', 'ok', 'ok', 'ok', 'look', 'look'],
    ]);
    expect(lineOf(judgeOpenTransactions(60))).toContain('transactionLifetimeLimitSeconds=10');
  });

  it('calls late work wrong only while somebody should be doing it', () => {
    const dueAt = new Date(now.getTime() - 90_000);
    expect(judgeOldest('timers', dueAt, now, true).is).toBe('wrong');
    expect(judgeOldest('timers', dueAt, now, false).is).toBe('look');
    expect(judgeOldest('timers', undefined, now, true).is).toBe('ok');
    expect(judgeOldest('timers', new Date(now.getTime() - 60_000), now, true).is).toBe('ok');
  });

  it('wants a backup of an office that is live at most a day old', () => {
    expect(judgeBackup(hours(-23), now, true).is).toBe('ok');
    expect(judgeBackup(hours(-24), now, true).is).toBe('look');
    expect(judgeBackup(undefined, now, true).is).toBe('look');
    expect(judgeBackup(undefined, now, false).is).toBe('ok');
  });

  it('wants a young anchor of the journal while somebody works', () => {
    expect(judgeAnchor('anchors-1', undefined, now, true).is).toBe('look');
    expect(judgeAnchor('anchors-1', hours(-0.5), now, true).is).toBe('ok');
    expect(judgeAnchor('anchors-1', hours(-0.6), now, true).is).toBe('wrong');
    expect(judgeAnchor('anchors-1', hours(-0.6), now, false).is).toBe('ok');
  });

  it('sees a webhook that should not be there, one that is missing, and one of somebody else', () => {
    const at = (url: string, hasError = false) => ({ url, pending: 0, hasError });
    expect(judgeWebhook(at(''), undefined).is).toBe('ok');
    expect(judgeWebhook(at('https://a.ro/x'), undefined).is).toBe('look');
    expect(judgeWebhook(at(''), 'https://a.ro/x').is).toBe('wrong');
    expect(judgeWebhook(at('https://b.ro/x'), 'https://a.ro/x').is).toBe('wrong');
    expect(judgeWebhook(at('https://a.ro/x', true), 'https://a.ro/x').is).toBe('look');
    expect(judgeWebhook(at('https://a.ro/x'), 'https://a.ro/x').is).toBe('ok');
  });

  it('names the permissions that are missing', () => {
    expect(judgeScopes(['chat:write', 'im:history'], ['chat:write']).means).toContain('im:history');
    expect(judgeScopes(['chat:write'], ['chat:write', 'more']).is).toBe('ok');
  });

  it('wants two people as last resort, and both chats among theirs where both bots run', () => {
    const telegram = { channels: ['telegram' as const] };
    const slack = { channels: ['slack' as const] };
    expect(judgeLastResort([telegram], ['telegram']).is).toBe('wrong');
    expect(judgeLastResort([telegram, telegram], ['telegram']).is).toBe('ok');
    expect(judgeLastResort([telegram, telegram], ['telegram', 'slack']).is).toBe('wrong');
    expect(judgeLastResort([telegram, slack], ['telegram', 'slack']).is).toBe('ok');
    expect(judgeLastResort([telegram, slack], ['telegram']).is).toBe('wrong');
  });

  it('adds up all hours without anybody on duty', () => {
    const whole = { from: now, to: hours(168) };
    expect(judgeDuty([{ from: hours(-1), to: hours(200) }], whole).is).toBe('ok');
    expect(
      judgeDuty(
        [
          { from: hours(2), to: hours(10) },
          { from: hours(11), to: hours(168) },
        ],
        whole,
      ).means,
    ).toContain('nobody for 3 of');
    expect(judgeDuty([], whole).means).toContain('nobody for 168 of');
  });

  it('counts a synthetic alert only when it came back within 20 minutes', () => {
    const back = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
    expect(judgeProbe('telegram', false, undefined, now)).toMatchObject({
      is: 'look',
      todo: 'Set WATCH_TELEGRAM_CHAT',
    });
    expect(judgeProbe('slack', true, undefined, now).is).toBe('look');
    expect(judgeProbe('slack', true, back(20), now).is).toBe('ok');
    expect(judgeProbe('slack', true, back(21), now).is).toBe('wrong');
  });

  it('is content with none', () => {
    expect(judgeCount('helplines', 0, 'x', 'y').is).toBe('ok');
    expect(judgeCount('helplines', 2, 'numbers', 'Call').is).toBe('look');
  });
});
