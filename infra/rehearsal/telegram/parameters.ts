import { badRequest } from './refusal.ts';

export type Upload = { fileName: string; bytes: Buffer; mimeType: string };

/** One request to the Bot API, after its body was read. */
export type Call = {
  /** Lower case: "All methods in the Bot API are case-insensitive", https://core.telegram.org/bots/api#making-requests */
  method: string;
  values: Record<string, unknown>;
  files: Map<string, Upload>;
  /** Told when the other side closes the line before it was answered. */
  whenGone(listener: () => void): void;
};

/** The value as text; what is absent is ''. "All queries must be made using UTF-8." */
export function textOf(call: Call, name: string): string {
  const value = call.values[name];
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (!text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  return text;
}

export function requiredTextOf(call: Call, name: string): string {
  const text = textOf(call, name);
  if (text === '') throw badRequest(`parameter "${name}" is required`);
  return text;
}

export const isOn = (call: Call, name: string): boolean =>
  ['true', '1', 'yes'].includes(textOf(call, name).trim().toLowerCase());

/** The whole number, put between the limits as the server does; a word that is no number is 0. */
export function integerOf(call: Call, name: string, otherwise: number, min = -(2 ** 31), max = 2 ** 31 - 1): number {
  const text = textOf(call, name);
  if (text === '') return otherwise;
  return Math.min(max, Math.max(min, Number.parseInt(text, 10) || 0));
}

/** A nested object or array: as it is in a JSON body, JSON text in a form ("JSON-serialized"). */
export function jsonOf(call: Call, name: string, whatItIs: string): unknown {
  const value = call.values[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`can't parse ${whatItIs} JSON object`);
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text field of a nested object; the server takes no number or list for it. */
export function fieldOf(object: Record<string, unknown>, name: string): string {
  const value = object[name];
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw badRequest(`field "${name}" must be of type String`);
  if (!value.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  return value;
}

/** Message ids are positive; what is missing or negative counts as none (0). */
export const messageIdOf = (call: Call, name = 'message_id'): number => integerOf(call, name, 0, 0);
