import { createHash, timingSafeEqual } from 'node:crypto';
import type { Action } from '#core/actions.ts';
import type { Seal } from '#core/seal.ts';

/** What a button carries. `epoch` and the account bind it to the person and the chat it was made for. */
export type ButtonToken = { action: Action; subject: string; version: number; value: number; epoch: number };

const macLength = 10;
const bodyLength = 3 + 12 + 3 + 2 + 2 + 4;
const none = '0'.repeat(24);

/**
 * Signs a button: 36 bytes, 48 characters of base64url (Telegram allows 64). Stateless: nothing is stored per button.
 * Layout: action 3, subject 12, version 3, value 2, epoch 2, expiry 4 (hours since 2020), MAC 10.
 */
export function signButton(
  token: Partial<ButtonToken> & { action: Action },
  to: string,
  expiresAt: Date,
  seal: Seal,
): string {
  const body = Buffer.alloc(bodyLength);
  actionCode(token.action).copy(body, 0);
  Buffer.from(token.subject || none, 'hex').copy(body, 3, 0, 12);
  body.writeUIntBE((token.version ?? 0) & 0xff_ff_ff, 15, 3);
  body.writeUInt16BE(token.value ?? 0, 18);
  body.writeUInt16BE((token.epoch ?? 0) & 0xffff, 20);
  body.writeUInt32BE(hours(expiresAt), 22);
  return Buffer.concat([body, mac(body, to, seal)]).toString('base64url');
}

export type ReadButton = { is: 'good'; token: ButtonToken } | { is: 'old'; token: ButtonToken } | { is: 'forged' };

/** Opens a button for the account that pressed it. Made for somebody else, altered or of no known action: forged. */
export function readButton(
  text: string,
  to: string,
  now: Date,
  seal: Seal,
  actions: ReadonlyMap<string, Action>,
): ReadButton {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== bodyLength + macLength || bytes.toString('base64url') !== text) return { is: 'forged' };
  const body = bytes.subarray(0, bodyLength);
  const action = actions.get(body.subarray(0, 3).toString('hex'));
  if (!action || !timingSafeEqual(mac(body, to, seal), bytes.subarray(bodyLength))) return { is: 'forged' };
  const subject = body.subarray(3, 15).toString('hex');
  const token = {
    action,
    subject: subject === none ? '' : subject,
    version: body.readUIntBE(15, 3),
    value: body.readUInt16BE(18),
    epoch: body.readUInt16BE(20),
  };
  return { is: body.readUInt32BE(22) < hours(now) ? 'old' : 'good', token };
}

/** Actions by their code in a token; two that share one would be a bug, found at the start. */
export function codesOf(actions: readonly Action[]): ReadonlyMap<string, Action> {
  const codes = new Map(actions.map((action) => [actionCode(action).toString('hex'), action]));
  if (codes.size !== actions.length) throw new Error('Two actions share a code.');
  return codes;
}

const actionCode = (action: Action) => createHash('sha256').update(action).digest().subarray(0, 3);
const mac = (body: Uint8Array, to: string, seal: Seal) =>
  Buffer.from(seal.sign(Buffer.concat([body, Buffer.from(`\0${to}`)]), macLength));
const hours = (at: Date) => Math.max(0, Math.floor((at.getTime() - Date.UTC(2020, 0, 1)) / 3_600_000));
