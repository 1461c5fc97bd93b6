import type { Json } from './world.ts';

/**
 * Small pieces from which the Block Kit limits are put together. A problem reads as Slack writes it in
 * `response_metadata.messages`, e.g. "must be less than 76 characters [json-pointer:/blocks/0/text/text]".
 */
export type Rule = (value: unknown, at: string, problems: string[]) => void;

const note = (problems: string[], says: string, at: string) => problems.push(`[ERROR] ${says} [json-pointer:${at}]`);

export const fail = note;

/** Length in UTF-16 units: never less than the number of characters Slack counts. */
export const string =
  (max: number, min = 1): Rule =>
  (value, at, problems) => {
    if (typeof value !== 'string') return void note(problems, 'must be a string', at);
    if (value.length > max) note(problems, `must be less than ${max + 1} characters`, at);
    if (value.length < min) note(problems, `must be more than ${min - 1} characters`, at);
  };

export const pattern =
  (form: RegExp, says: string): Rule =>
  (value, at, problems) => {
    if (typeof value !== 'string' || !form.test(value)) note(problems, says, at);
  };

export const flag: Rule = (value, at, problems) => {
  if (typeof value !== 'boolean') note(problems, 'must be a boolean', at);
};

export const whole =
  (min: number, max: number): Rule =>
  (value, at, problems) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      note(problems, `must be a whole number from ${min} to ${max}`, at);
    }
  };

export const among =
  (...allowed: string[]): Rule =>
  (value, at, problems) => {
    if (!allowed.includes(value as string)) note(problems, `must be one of ${allowed.join(', ')}`, at);
  };

export const anything: Rule = () => {};

export const listOf =
  (rule: Rule, max: number, min = 1): Rule =>
  (value, at, problems) => {
    if (!Array.isArray(value)) return void note(problems, 'must be an array', at);
    if (value.length > max) note(problems, `no more than ${max} items allowed`, at);
    if (value.length < min) note(problems, `no less than ${min} items allowed`, at);
    value.forEach((item, n) => {
      rule(item, `${at}/${n}`, problems);
    });
  };

/** An object with exactly these fields; a name ending in `!` is required. Slack refuses additional properties. */
export function shape(fields: Record<string, Rule>): Rule {
  const rules = new Map(Object.entries(fields).map(([name, rule]) => [name.replace('!', ''), rule]));
  const required = Object.keys(fields).flatMap((name) => (name.endsWith('!') ? [name.slice(0, -1)] : []));
  return (value, at, problems) => {
    if (!isObject(value)) return void note(problems, 'must be an object', at);
    for (const name of required) if (value[name] === undefined) note(problems, `missing required field: ${name}`, at);
    for (const [name, given] of Object.entries(value)) {
      const rule = rules.get(name);
      if (!rule) note(problems, `invalid additional property: ${name}`, at);
      else if (given !== undefined && given !== null) rule(given, `${at}/${name}`, problems);
    }
  };
}

/** Chooses the rule by `type`. */
export const byType =
  (table: Record<string, Rule>): Rule =>
  (value, at, problems) => {
    if (!isObject(value)) return void note(problems, 'must be an object', at);
    const rule = Object.hasOwn(table, String(value.type)) ? table[String(value.type)] : undefined;
    if (rule) rule(value, at, problems);
    else note(problems, `unsupported type: ${String(value.type)}`, `${at}/type`);
  };

export const both =
  (...all: Rule[]): Rule =>
  (value, at, problems) => {
    for (const rule of all) rule(value, at, problems);
  };

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
