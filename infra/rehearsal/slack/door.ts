import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOn } from '../../setup/ports.ts';

export type Asked = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  raw: Buffer;
};
/** 'cut' = the line ends without an answer. */
export type Told = { status: number; headers?: Record<string, string>; body: string | Buffer } | 'cut';

export type Door = {
  server: Server;
  port(): number;
  /** Listens; the same port again after `down`. */
  up(): Promise<void>;
  /** Refuses connections and cuts those that are open. */
  down(): Promise<void>;
};

/** A plain HTTP door on 127.0.0.1 whose lines can be cut. `lateMs` is asked before each answer. */
export function openDoor(answer: (asked: Asked) => Promise<Told> | Told, lateMs: () => number, wanted = 0): Door {
  let port = wanted;
  const lines = new Set<Socket>();
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => request.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (line) => {
    lines.add(line);
    line.once('close', () => lines.delete(line));
  });

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://stand.in');
    const asked = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
    };
    const told = await answer({ ...asked, raw: await readAll(request) });
    if (lateMs() > 0) await sleep(lateMs());
    if (told === 'cut') return void request.socket.destroy();
    response.writeHead(told.status, { 'content-length': Buffer.byteLength(told.body), ...told.headers });
    response.end(told.body);
  }

  return {
    server,
    port: () => port,
    async up() {
      port = await listenOn(server, port);
    },
    down: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const line of lines) line.destroy();
      }),
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
