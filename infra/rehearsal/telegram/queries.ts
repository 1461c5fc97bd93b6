import { randomInt } from 'node:crypto';
import type { Memory, Person } from './memory.ts';
import type { Call } from './parameters.ts';
import { isOn, requiredTextOf, textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { knownPerson } from './rooms.ts';

/** Taps that were not answered yet: id -> who, and until when (real time). */
export type OpenQueries = Map<string, { userId: number; until: number }>;

/** Notes a tap; the id is a long number as text. */
export function openQuery(memory: Memory, userId: number): string {
  const id = `${randomInt(1, 2 ** 47)}${randomInt(1000, 9999)}`;
  memory.queries.set(id, { userId, until: performance.now() + memory.pace.queryMs });
  return id;
}

/** https://core.telegram.org/bots/api#answercallbackquery: text of 0-200 characters; once, and soon. */
export function answerCallbackQuery(memory: Memory, call: Call): true {
  const id = requiredTextOf(call, 'callback_query_id');
  const text = textOf(call, 'text');
  const query = memory.queries.get(id);
  if (query === undefined || query.until < performance.now()) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG');
  /** Only games and links t.me/<bot>?start= may be opened. */
  const url = textOf(call, 'url');
  if (url !== '' && !/^(https?:\/\/)?t\.me\//.test(url)) throw badRequest('URL_INVALID');
  memory.queries.delete(id);
  if (text !== '') showToast(memory, knownPerson(memory, query.userId), text, isOn(call, 'show_alert'));
  return true;
}

/** A phone without network never sees it. */
function showToast(memory: Memory, person: Person, text: string, isAlert: boolean): void {
  if (!person.isOnline) return;
  person.toast = { number: (person.toast?.number ?? 0) + 1, text, isAlert };
  memory.changed(person.user.id);
}
