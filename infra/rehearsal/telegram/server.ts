import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { ApiResponse } from '@grammyjs/types';
import { listenOn } from '../../setup/ports.ts';
import type { RecordedCall } from './calls.ts';
import type { Plan } from './faults.ts';
import type { Memory } from './memory.ts';
import { methodNamed } from './methods.ts';
import type { Call } from './parameters.ts';
import { Refused } from './refusal.ts';
import type { Fields } from './request.ts';
import { readFields } from './request.ts';

type Planner = (method: string, chatId: unknown) => Plan;
type Answered = { status: number; body: ApiResponse<unknown> };

/** The HTTP door: `/bot<token>/<method>` and `/file/bot<token>/<path>`. https://core.telegram.org/bots/api#making-requests */
export function createDoor(memory: () => Memory, plan: Planner) {
  const server = createServer((request, response) => {
    void handle(memory(), plan, request, response).catch((error: unknown) => fail(response, error));
  });
  server.keepAliveTimeout = 75_000;
  let port = 0;
  return {
    port: () => port,
    async up(wanted = port): Promise<void> {
      if (server.listening) return;
      port = await listenOn(server, wanted);
    },
    async down(): Promise<void> {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function handle(
  memory: Memory,
  plan: Planner,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, file, token = '', rest = ''] = /^(\/file)?\/bot([^/]+)\/(.*)$/.exec(plain(url.pathname)) ?? [];
  /** A path that has no bot in it, or what is no token at all: 404. A token nobody has: 401. */
  if (!/^\d+:[\w-]{24,}$/.test(token)) return drainThen(request, response, new Refused(404, 'Not Found'));
  if (token !== memory.token) return drainThen(request, response, new Refused(401, 'Unauthorized'));
  if (file !== undefined) return download(memory, rest, response);
  const found = methodNamed(rest);
  if (found === undefined) return drainThen(request, response, new Refused(404, 'Not Found: method not found'));
  const fields = await readFields(request, url.searchParams).catch((error: unknown) => error as Error);
  if (fields instanceof Error) return fail(response, fields);
  await answer(memory, plan(found.name, fields.values.chat_id), found, fields, response);
}

/** A token may come with its colon escaped. */
function plain(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

type Found = NonNullable<ReturnType<typeof methodNamed>>;

async function answer(
  memory: Memory,
  plan: Plan,
  found: Found,
  fields: Fields,
  response: ServerResponse,
): Promise<void> {
  await pause(plan.waitBeforeMs);
  if (plan.cut === 'before') return void response.destroy();
  const call: Call = {
    method: found.name.toLowerCase(),
    ...fields,
    whenGone: (listener) => void response.once('close', listener),
  };
  const answered = plan.refusal === undefined ? await run(memory, found, call) : refusedBy(plan.refusal);
  memory.calls.add(recorded(memory, found.name, fields, answered, plan.cut));
  await pause(plan.waitAfterMs);
  if (plan.cut === 'afterAccept') return void response.destroy();
  reply(response, answered, plan.cut === 'midAnswer');
}

async function run(memory: Memory, found: Found, call: Call): Promise<Answered> {
  try {
    return { status: 200, body: { ok: true, result: await found.run(memory, call) } };
  } catch (error) {
    if (error instanceof Refused) return refusedBy(error);
    throw error;
  }
}

const refusedBy = ({ answer: body }: Refused): Answered => ({ status: body.error_code, body });

function recorded(
  memory: Memory,
  method: string,
  { values, files }: Fields,
  { status, body }: Answered,
  cut: Plan['cut'],
): RecordedCall {
  const ids = body.ok ? idsIn(body.result) : [];
  const chatId = values.chat_id;
  return {
    at: memory.now(),
    method,
    payload: payloadOf(values, files),
    outcome: body.ok ? 'accepted' : 'refused',
    status,
    ...((typeof chatId === 'number' || typeof chatId === 'string') && { chatId: Number(chatId) || chatId }),
    ...(!body.ok && { description: body.description }),
    ...(ids[0] !== undefined && { messageId: ids[0] }),
    ...(ids.length > 1 && { messageIds: ids }),
    ...(cut !== undefined && { isCut: true as const }),
  };
}

function idsIn(result: unknown): number[] {
  const list: unknown[] = Array.isArray(result) ? result : [result];
  return list.flatMap((item) =>
    typeof item === 'object' && item !== null && 'message_id' in item ? [Number(item.message_id)] : [],
  );
}

function payloadOf(values: Fields['values'], files: Fields['files']): Record<string, unknown> {
  const nested = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' && /^[[{]/.test(value) ? parsed(value) : value,
  ]);
  const uploads = [...files].map(([name, { fileName, bytes }]) => [name, { fileName, size: bytes.length }]);
  return Object.fromEntries([...nested, ...uploads]) as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** https://core.telegram.org/bots/api#getfile: `https://api.telegram.org/file/bot<token>/<file_path>` */
function download(memory: Memory, path: string, response: ServerResponse): void {
  const file = memory.shelf.byPath(path);
  if (file === undefined) {
    reply(response, refusedBy(new Refused(404, 'Not Found')));
    return;
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.length });
  response.end(file.bytes);
}

function drainThen(request: IncomingMessage, response: ServerResponse, refusal: Refused): void {
  request.resume();
  reply(response, refusedBy(refusal));
}

function reply(response: ServerResponse, { status, body }: Answered, isCutInside = false): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length });
  if (!isCutInside) return void response.end(text);
  response.write(text.subarray(0, Math.floor(text.length / 2)), () => setTimeout(() => response.destroy(), 20));
}

function fail(response: ServerResponse, error: unknown): void {
  // The caller hung up, or half an answer is out: nothing more to say.
  if (response.headersSent || response.destroyed) return void response.destroy();
  const refusal = error instanceof Refused ? error : new Refused(500, 'Internal Server Error');
  if (!(error instanceof Refused)) console.error('the Telegram stand-in has a fault of its own', error);
  reply(response, refusedBy(refusal));
}

const pause = (ms: number) => (ms > 0 ? new Promise<void>((resolve) => void setTimeout(resolve, ms)) : undefined);
