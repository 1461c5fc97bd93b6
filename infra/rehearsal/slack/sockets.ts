import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { webApi } from '@slack/bolt';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FaultState } from './faults.ts';
import type { Envelope, Line, Reply } from './line.ts';
import type { Method } from './method.ts';
import { isObject } from './rules.ts';
import type { Json, World } from './world.ts';

/** https://docs.slack.dev/apis/events-api/using-socket-mode/#connections : up to ten at a time. */
const SOCKETS_MAX = 10;

export type Sockets = Line & {
  open: Method;
  count(): number;
  refresh(count?: number): void;
  drop(): void;
  mute(): void;
};

type Waiting = { socket: WebSocket; settle(reply: Reply): void };

/** Socket Mode: one-time addresses, hello, envelopes that each go to one socket, acks, `disconnect`, pings. */
export function socketsOf(world: World, server: Server, faults: FaultState): Sockets {
  const tickets = new Set<string>();
  const sockets: WebSocket[] = [];
  const muted = new WeakSet<WebSocket>();
  const waiting = new Map<string, Waiting>();
  const door = new WebSocketServer({ noServer: true, autoPong: false });
  let turn = 0;

  server.on('upgrade', (request, line, head) => {
    const url = new URL(request.url ?? '/', world.origin());
    if (url.pathname !== '/link/' || !tickets.delete(url.searchParams.get('ticket') ?? '')) return void line.destroy();
    door.handleUpgrade(request, line, head, welcome);
  });

  function welcome(socket: WebSocket) {
    if (sockets.length >= SOCKETS_MAX) return void part(socket, 'too_many_websockets');
    sockets.push(socket);
    socket.on('message', (raw) => hear(String(raw)));
    socket.on('ping', (sent) => muted.has(socket) || socket.pong(sent));
    socket.on('error', () => {});
    socket.on('close', () => leave(socket));
    /** hello: https://docs.slack.dev/apis/events-api/using-socket-mode/#connect */
    say(socket, {
      type: 'hello',
      num_connections: sockets.length,
      connection_info: { app_id: world.app.id },
      debug_info: { host: 'stand-in', build_number: 1, approximate_connection_time: 18_060 },
    });
  }

  /** An ack is `{ envelope_id, payload? }`. https://docs.slack.dev/apis/events-api/using-socket-mode/#acknowledge */
  function hear(raw: string) {
    const said = parsed(raw);
    const id = isObject(said) ? said.envelope_id : undefined;
    if (!isObject(said) || typeof id !== 'string') return;
    if (faults.lateAcks > 0 && waiting.has(id)) return void faults.lateAcks--;
    waiting.get(id)?.settle({ isAcked: true, answer: isObject(said.payload) ? said.payload : {} });
  }

  function leave(socket: WebSocket) {
    const place = sockets.indexOf(socket);
    if (place >= 0) sockets.splice(place, 1);
    for (const one of [...waiting.values()]) {
      if (one.socket === socket) one.settle({ isAcked: false, reason: 'no_connection' });
    }
  }

  function bring(envelope: Envelope): Promise<Reply> {
    const socket = able()[turn++ % Math.max(1, able().length)];
    if (!socket) return Promise.resolve({ isAcked: false, reason: 'no_connection' });
    const id = randomUUID();
    const reply = new Promise<Reply>((resolve) => {
      const end = setTimeout(() => settle({ isAcked: false, reason: 'timeout' }), world.pace.ackMs);
      const settle = (answer: Reply) => {
        clearTimeout(end);
        waiting.delete(id);
        resolve(answer);
      };
      waiting.set(id, { socket, settle });
    });
    say(socket, envelopeJson(id, envelope));
    return reply;
  }

  const able = () => sockets.filter((socket) => socket.readyState === socket.OPEN);

  function say(socket: WebSocket, message: Json) {
    if (!muted.has(socket)) socket.send(JSON.stringify(message));
  }

  /** https://docs.slack.dev/apis/events-api/using-socket-mode/#disconnect */
  function part(socket: WebSocket, reason: string) {
    say(socket, { type: 'disconnect', reason, debug_info: { host: 'stand-in' } });
    setTimeout(() => socket.close(1000), world.pace.refreshMs).unref();
  }

  const pings = setInterval(() => {
    for (const socket of sockets) if (!muted.has(socket)) socket.ping('from the stand-in');
  }, world.pace.pingMs).unref();

  return {
    bring,
    open: { scope: null, token: 'app', run: () => openAnswer(world, tickets) },
    count: () => able().length,
    refresh(count = sockets.length) {
      for (const socket of sockets.slice(0, count)) part(socket, 'refresh_requested');
    },
    drop() {
      for (const socket of [...sockets]) socket.terminate();
    },
    mute() {
      for (const socket of sockets) muted.add(socket);
    },
    close() {
      clearInterval(pings);
      for (const socket of [...sockets]) socket.terminate();
      for (const one of [...waiting.values()]) one.settle({ isAcked: false, reason: 'no_connection' });
    },
  };
}

/** https://docs.slack.dev/reference/methods/apps.connections.open : each address serves one connection. */
function openAnswer(world: World, tickets: Set<string>): webApi.AppsConnectionsOpenResponse {
  const ticket = randomUUID();
  tickets.add(ticket);
  return { ok: true, url: `${world.origin().replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${world.app.id}` };
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode/#events */
const envelopeJson = (id: string, { type, payload, acceptsAnswer, retry }: Envelope): Json => ({
  envelope_id: id,
  type,
  payload,
  accepts_response_payload: acceptsAnswer,
  ...(type === 'events_api' ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' } : {}),
});

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
