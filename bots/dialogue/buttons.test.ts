import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '#core/actions.ts';
import { loneSeal } from '#infra/test/lone-seal.ts';
import { handlers } from '../screens/handlers.ts';
import { type ButtonToken, codesOf, readButton, signButton } from './buttons.ts';

const seal = loneSeal(7);
const all = Object.keys(handlers) as Action[];
const actions = codesOf(all);
const now = new Date('2026-11-23T06:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const mine = 'telegram:1001';

const open = (text: string, to = mine, at = now) => readButton(text, to, at, seal, actions);

const token: fc.Arbitrary<ButtonToken> = fc.record({
  action: fc.constantFrom(...all),
  subject: fc.option(fc.stringMatching(/^[1-9a-f][0-9a-f]{23}$/), { nil: '' }),
  version: fc.nat(0xff_ff_ff),
  value: fc.nat(0xffff),
  epoch: fc.nat(0xffff),
});
const signed = token.map((one) => signButton(one, mine, inDays(30), seal));

describe('the token of a button (`delivery.md` 7)', () => {
  it('says for its account what was signed, and fits the 64 bytes of Telegram', () => {
    fc.assert(
      fc.property(token, (one) => {
        const text = signButton(one, mine, inDays(30), seal);
        expect(text.length).toBe(48);
        expect(open(text)).toEqual({ is: 'good', token: one });
      }),
    );
  });

  it('is old after its last hour: it still says what it was, so that the present state can be shown', () => {
    fc.assert(
      fc.property(token, fc.integer({ min: 1, max: 400 }), (one, days) => {
        const text = signButton(one, mine, now, seal);
        expect(open(text, mine, inDays(days))).toEqual({ is: 'old', token: one });
      }),
    );
  });

  it('of somebody else never opens', () => {
    fc.assert(
      fc.property(signed, fc.string(), (text, to) => {
        fc.pre(to !== mine);
        expect(open(text, to)).toEqual({ is: 'forged' });
      }),
    );
  });

  it('never opens with any one bit changed', () => {
    fc.assert(
      fc.property(signed, fc.nat(36 * 8 - 1), (text, bit) => {
        const bytes = Buffer.from(text, 'base64url');
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(open(bytes.toString('base64url'))).toEqual({ is: 'forged' });
      }),
    );
  });

  it('never opens cut, lengthened, spelled otherwise, or made up', () => {
    fc.assert(
      fc.property(signed, fc.nat(47), fc.base64String(), (text, length, more) => {
        for (const forged of [text.slice(0, length), `${text}${more || '='}`, ` ${text}`, `${text}\n`])
          expect(open(forged)).toEqual({ is: 'forged' });
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => open(text).is === 'forged'));
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 36, maxLength: 36 }),
        (bytes) => open(Buffer.from(bytes).toString('base64url')).is === 'forged',
      ),
    );
  });

  it('never opens with the body of one button and the seal of another, nor under another key', () => {
    fc.assert(
      fc.property(signed, signed, (one, other) => {
        fc.pre(one !== other);
        expect(open(one.slice(0, 32) + other.slice(32))).toEqual({ is: 'forged' });
        expect(readButton(one, mine, now, loneSeal(8), actions)).toEqual({ is: 'forged' });
      }),
    );
  });

  it('of an action that is gone is forged, and no two actions share a code', () => {
    const text = signButton({ action: 'home' }, mine, inDays(30), seal);
    expect(readButton(text, mine, now, seal, codesOf(all.filter((action) => action !== 'home')))).toEqual({
      is: 'forged',
    });
    expect(() => codesOf(['home', 'home'])).toThrow('share a code');
  });
});
