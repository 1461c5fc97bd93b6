import { refuse } from './refusal.ts';
import type { Block, Json } from './world.ts';

/**
 * Arguments of one call: form fields (complex ones JSON-encoded) or a JSON body.
 * https://docs.slack.dev/apis/web-api/#methods_supporting_json
 */
export type Arguments = {
  all: Json;
  has(name: string): boolean;
  /** A text; '' when missing. */
  text(name: string): string;
  /** A text that must be there. */
  needed(name: string): string;
  flag(name: string): boolean;
  number(name: string, otherwise: number): number;
  json(name: string, code: string): unknown;
  blocks(): Block[] | undefined;
};

export function argumentsOf(all: Json): Arguments {
  const text = (name: string) => {
    const value = all[name];
    return value === undefined || value === null ? '' : typeof value === 'string' ? value : String(value);
  };
  const json = (name: string, code: string): unknown => {
    const value = all[name];
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      return refuse(code);
    }
  };
  return {
    all,
    text,
    json,
    has: (name) => all[name] !== undefined && all[name] !== null && all[name] !== '',
    needed: (name) => text(name) || missing(name),
    flag: (name) => all[name] === true || all[name] === 'true' || all[name] === '1',
    number: (name, otherwise) => (all[name] === undefined ? otherwise : Number(all[name])),
    blocks: () => {
      const blocks = json('blocks', 'invalid_blocks_format');
      if (blocks !== undefined && !Array.isArray(blocks)) refuse('invalid_blocks_format');
      return blocks as Block[] | undefined;
    },
  };
}

export function missing(name: string): never {
  return refuse('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
}

const FORM = 'application/x-www-form-urlencoded';

/** Reads a body by its content type. https://docs.slack.dev/apis/web-api/#basics */
export function bodyOf(type: string, raw: Buffer, query: URLSearchParams): Json {
  const fromQuery = Object.fromEntries(query);
  if (raw.length === 0) return fromQuery;
  if (type.startsWith(FORM)) return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(raw.toString('utf8'))) };
  if (type.startsWith('application/json')) return { ...fromQuery, ...fromJson(raw) };
  return refuse(type ? 'invalid_post_type' : 'missing_post_type');
}

function fromJson(raw: Buffer): Json {
  let value: unknown;
  try {
    value = JSON.parse(raw.toString('utf8'));
  } catch {
    return refuse('invalid_json');
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : refuse('json_not_object');
}
