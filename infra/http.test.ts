import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createLine, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { Api, InputFile } from 'grammy';
import { afterEach, expect, test } from 'vitest';
import { watchedFetch } from './http.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

async function answering(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${portOf(server)}/`;
}

async function lineTo(onSocket: (socket: Socket) => void): Promise<string> {
  const server = createLine(onSocket);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return `http://127.0.0.1:${portOf(server)}/`;
}

/** One post, and what the trace says afterwards. */
async function post(url: string, init: RequestInit = {}) {
  const watch = watchedFetch();
  const trace: { wrote: boolean; status?: number } = { wrote: false };
  const outcome = await watch
    .run(trace, async () => {
      const response = await watch.fetch(url, { method: 'POST', body: 'x', ...init });
      return response.text();
    })
    .catch((error: Error) => error);
  return { trace, outcome };
}

test('a refused connection: nothing went out', async () => {
  const server = createLine();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${portOf(server)}/`;
  await new Promise((resolve) => server.close(resolve));
  const { trace, outcome } = await post(url);
  expect(outcome).toBeInstanceOf(TypeError);
  expect(trace).toEqual({ wrote: false });
});

test('a name nobody has: nothing went out', async () => {
  const { trace } = await post('http://nobody.invalid/');
  expect(trace).toEqual({ wrote: false });
});

test('a line that is reset during the TLS handshake: nothing went out', async () => {
  const url = await lineTo((socket) => void socket.once('data', () => socket.resetAndDestroy()));
  const { trace, outcome } = await post(url.replace('http:', 'https:'));
  expect(outcome).toBeInstanceOf(TypeError);
  expect(trace).toEqual({ wrote: false });
});

test('a reset after the request was read: bytes went out and no answer came', async () => {
  const url = await lineTo((socket) => void socket.once('data', () => socket.resetAndDestroy()));
  const { trace, outcome } = await post(url);
  expect(outcome).toBeInstanceOf(TypeError);
  expect(trace).toEqual({ wrote: true });
});

test('a time-out after the request was read: bytes went out and no answer came', async () => {
  const url = await answering(() => {});
  const { trace, outcome } = await post(url, { signal: AbortSignal.timeout(60) });
  expect(outcome).toMatchObject({ name: 'TimeoutError' });
  expect(trace).toEqual({ wrote: true });
});

test('half an answer: the status is known, the words are not', async () => {
  const url = await answering((_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => setTimeout(() => response.destroy(), 20));
  });
  const { trace, outcome } = await post(url);
  expect(outcome).toBeInstanceOf(TypeError);
  expect(trace).toEqual({ wrote: true, status: 200 });
});

test('a whole answer gives its status', async () => {
  const url = await answering((_, response) => response.writeHead(502).end('<html>'));
  expect(await post(url)).toEqual({ trace: { wrote: true, status: 502 }, outcome: '<html>' });
});

test('two calls at once keep their own traces', async () => {
  const url = await answering((_, response) => response.end('yes'));
  const [good, bad] = await Promise.all([post(url), post('http://nobody.invalid/')]);
  expect([good.trace.wrote, bad.trace.wrote]).toEqual([true, false]);
});

test('a call outside any trace works too', async () => {
  const url = await answering((_, response) => response.end('yes'));
  expect(await (await watchedFetch().fetch(url)).text()).toBe('yes');
});

test('a body that is a stream goes out', async () => {
  const url = await answering((request, response) => void request.pipe(response));
  const { outcome } = await post(url, { body: Readable.from(['one', 'two']) as unknown as ReadableStream });
  expect(outcome).toBe('onetwo');
});

test("grammY's own signal and its uploads are taken", async () => {
  const url = await answering((request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify({ ok: true, result: { message_id: 7 } })));
  });
  const watch = watchedFetch();
  const api = new Api('1:x', { apiRoot: url.slice(0, -1), fetch: watch.fetch, timeoutSeconds: 2 });
  expect(await api.sendDocument(1, new InputFile(new Uint8Array(5), 'a.pdf'))).toEqual({ message_id: 7 });
});

test("grammY's time-out reaches the line", async () => {
  let isClosed = false;
  const url = await answering((request) => {
    request.on('close', () => {
      isClosed = true;
    });
  });
  const watch = watchedFetch();
  const api = new Api('1:x', { apiRoot: url.slice(0, -1), fetch: watch.fetch, timeoutSeconds: 0.1 });
  const trace = { wrote: false };
  await expect(watch.run(trace, () => api.sendMessage(1, 'x'))).rejects.toThrow(
    "Network request for 'sendMessage' failed!",
  );
  expect(trace).toEqual({ wrote: true });
  await expect.poll(() => isClosed).toBe(true);
});
