import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { CityState, TroubleName } from './shapes.ts';
import { type CityAction, type CityEvent, cityActions } from './web-actions.ts';

/** What was pressed in the workspace: a message, the App Home, or a modal. */
export type DeskWhere = { channel: string; ts: string } | 'home' | { viewId: string };
/** Block id -> text, or list of texts where several may be chosen. A file input gives `['made-up']`. */
export type DeskValues = Record<string, string | string[]>;

type Done = unknown;

/** What the page can do in the city, and what it is told. Answers of the acts are not used: what changed comes as events. */
export type City = {
  state(): Promise<CityState>;
  subscribe(listener: (event: CityEvent) => void): () => void;
  phone: {
    start(personId: string): Done;
    says(personId: string, text: string): Done;
    taps(personId: string, messageId: number, data: string): Done;
    voice(personId: string): Done;
    photo(personId: string): Done;
    place(personId: string): Done;
    file(personId: string): Done;
    network(personId: string, isOn: boolean): Done;
    block(personId: string, isBlocked: boolean): Done;
    reads(personId: string): Done;
  };
  desk: {
    opens(personId: string, place: string): Done;
    presses(personId: string, where: DeskWhere, actionId: string, blockId: string, value?: string | string[]): Done;
    submits(personId: string, viewId: string, values: DeskValues): Done;
    closes(personId: string, viewId: string): Done;
    says(personId: string, channel: string, text: string, threadTs?: string): Done;
    command(personId: string, command: string, text: string): Done;
    shortcut(personId: string, callbackId: string, message: { channel: string; ts: string }): Done;
    network(personId: string, isOn: boolean): Done;
  };
  clock: { next(): Done; forward(minutes: number): Done; to(iso: string): Done };
  trouble(name: TroubleName, isOn: boolean): Done;
  reset(): Done;
  file(kind: 'telegram' | 'slack', id: string): Promise<{ bytes: Uint8Array; mimetype: string } | null>;
};

type Wishes = { port: number; city: City; host?: string };

/** Serves the page of the city on this machine only; refuses any other address. Port 0 takes a free one. */
export async function startCityWeb({
  port,
  city,
  host = '127.0.0.1',
}: Wishes): Promise<{ url: string; close(): Promise<void> }> {
  if (host !== '127.0.0.1') throw new Error(`the rehearsal city serves 127.0.0.1 only, not ${host}`);
  const app = fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 });
  app.addHook('onRequest', refuseStrangers);
  app.setErrorHandler(plainError);
  servePage(app);
  serveStates(app, city);
  for (const [path, action] of Object.entries(cityActions)) serveAction(app, path, action, city);
  const url = await app.listen({ port, host });
  return { url, close: () => app.close() };
}

/** A foreign name that resolves to this machine is not let in, nor a foreign page that posts. */
async function refuseStrangers(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.headers(safety);
  const own = [`127.0.0.1:${request.socket.localPort}`, `localhost:${request.socket.localPort}`];
  const { host = '', origin } = request.headers;
  if (!own.includes(host)) return void (await reply.code(403).send({ error: 'host' }));
  const isOwn =
    origin === undefined
      ? request.headers['sec-fetch-site'] !== 'cross-site'
      : own.some((one) => origin === `http://${one}`);
  if (request.method !== 'GET' && !isOwn) return void (await reply.code(403).send({ error: 'origin' }));
}

const safety = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Only the kind of failure goes out. */
function plainError(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  const says = status >= 500 ? 'the city could not do that' : (error as Error).message;
  void reply.code(status).send({ error: says });
}

const root = join(import.meta.dirname, '..', '..');
const pageFolder = join(import.meta.dirname, 'page');
const fontFolder = join(root, 'node_modules', '@fontsource-variable', 'commissioner', 'files');

const types: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  html: 'text/html',
};

function servePage(app: FastifyInstance): void {
  app.get('/', (_request, reply) => sendFile(reply, join(pageFolder, 'index.html'), 'text/html; charset=utf-8'));
  app.get<{ Params: { file: string } }>('/page/:file', async ({ params: { file } }, reply) => {
    const ending = /^[a-z-]+\.(js|css|svg)$/.exec(file)?.[1];
    if (ending === undefined) return reply.callNotFound();
    return sendFile(reply, join(pageFolder, file), `${types[ending]}; charset=utf-8`);
  });
  app.get<{ Params: { file: string } }>('/page/fonts/:file', async ({ params: { file } }, reply) => {
    if (!/^commissioner-(latin|latin-ext|cyrillic)-wght-normal\.woff2$/.test(file)) return reply.callNotFound();
    return sendFile(reply, join(fontFolder, file), 'font/woff2');
  });
  app.get<{ Params: { language: string } }>('/city/texts/:language', async ({ params: { language } }, reply) => {
    if (!/^(ro|uk|en)$/.test(language)) return reply.callNotFound();
    return sendFile(reply, join(root, 'locales', language, 'city.json'), 'application/json; charset=utf-8');
  });
}

async function sendFile(reply: FastifyReply, path: string, type: string): Promise<FastifyReply> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return reply.callNotFound() as unknown as FastifyReply;
  return reply.type(type).send(bytes);
}

function serveStates(app: FastifyInstance, city: City): void {
  app.get('/city/state', () => city.state());
  app.get('/city/events', (request, reply) => sendEvents(request, reply, city));
  app.get<{ Params: { kind: 'telegram' | 'slack'; id: string } }>(
    '/city/file/:kind/:id',
    async ({ params: { kind, id } }, reply) => {
      const file = kind === 'telegram' || kind === 'slack' ? await city.file(kind, id) : null;
      if (file === null) return reply.callNotFound();
      return reply
        .type(safeType(file.mimetype))
        .header('content-disposition', dispositionOf(file.mimetype))
        .send(Buffer.from(file.bytes));
    },
  );
}

/** Pictures are shown and voices played; anything else is only saved, and never read as a page. */
const isHarmless = (mimetype: string) => /^(image\/(png|jpeg|gif|webp)|audio\/(ogg|mpeg|mp4|webm))$/.test(mimetype);
const safeType = (mimetype: string) => (isHarmless(mimetype) ? mimetype : 'application/octet-stream');
const dispositionOf = (mimetype: string) => (isHarmless(mimetype) ? 'inline' : 'attachment');

const heartbeatMs = 15_000;

/** Server-sent events: one state each, numbered; a comment now and then keeps the line open. */
function sendEvents(request: FastifyRequest, reply: FastifyReply, city: City): void {
  reply.hijack();
  const line = reply.raw;
  line.writeHead(200, { ...safety, 'content-type': 'text/event-stream; charset=utf-8', connection: 'keep-alive' });
  line.write('retry: 1000\n\n');
  const stop = city.subscribe((event) => void line.write(`id: ${event.number}\ndata: ${JSON.stringify(event)}\n\n`));
  const beat = setInterval(() => line.write(': still here\n\n'), heartbeatMs);
  request.raw.on('close', () => {
    clearInterval(beat);
    stop();
  });
}

function serveAction(app: FastifyInstance, path: string, { shape, act }: CityAction, city: City): void {
  app.post(`/city/${path}`, async (request, reply) => {
    const read = shape.safeParse(request.body ?? {});
    if (!read.success)
      return reply
        .code(400)
        .send({ error: read.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ') });
    await act(city, read.data as never);
    return reply.code(204).send();
  });
}
