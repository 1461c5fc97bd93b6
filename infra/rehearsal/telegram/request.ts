import type { IncomingMessage } from 'node:http';
import type { Upload } from './parameters.ts';
import { isObject } from './parameters.ts';
import { badRequest, Refused } from './refusal.ts';

/** Uploads up to 50 MB (https://core.telegram.org/bots/api#sending-files), a little more for the other fields. */
const maxUploadBytes = 50 * 1024 * 1024;
const maxBodyBytes = maxUploadBytes + 1024 * 1024;

export type Fields = { values: Record<string, unknown>; files: Map<string, Upload> };

/**
 * Query string, form, multipart or JSON, in GET and POST.
 * https://core.telegram.org/bots/api#making-requests
 */
export async function readFields(request: IncomingMessage, query: URLSearchParams): Promise<Fields> {
  const body = await readBody(request);
  const fromQuery = Object.fromEntries(query);
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0) return { values: fromQuery, files: new Map() };
  if (type.startsWith('application/json')) return { values: { ...fromQuery, ...readJson(body) }, files: new Map() };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { values: { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body.toString())) }, files: new Map() };
  }
  if (type.startsWith('multipart/form-data')) {
    const parts = readMultipart(body, type);
    return { values: { ...fromQuery, ...parts.values }, files: parts.files };
  }
  return { values: fromQuery, files: new Map() };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  if (size > maxBodyBytes) throw new Refused(413, 'Request Entity Too Large');
  return Buffer.concat(chunks);
}

function readJson(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (isObject(value)) return value;
  } catch {
    // said below
  }
  throw badRequest("can't parse request body as a JSON object");
}

function readMultipart(body: Buffer, type: string): Fields {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) throw badRequest('boundary not found');
  const fields: Fields = { values: {}, files: new Map() };
  const line = Buffer.from(`--${boundary}`);
  let start = body.indexOf(line);
  while (start !== -1) {
    const from = start + line.length + 2;
    const end = body.indexOf(line, from);
    if (end === -1) break;
    readPart(body.subarray(from, end - 2), fields);
    start = end;
  }
  return fields;
}

function readPart(part: Buffer, fields: Fields): void {
  const gap = part.indexOf('\r\n\r\n');
  if (gap === -1) return;
  const head = part.subarray(0, gap).toString();
  const bytes = part.subarray(gap + 4);
  const name = /[;\s]name="?([^";\r\n]*)"?/i.exec(head)?.[1];
  if (name === undefined) return;
  const fileName = /filename="?([^";\r\n]*)"?/i.exec(head)?.[1];
  if (fileName === undefined) {
    fields.values[name] = bytes.toString();
    return;
  }
  if (bytes.length > maxUploadBytes) throw new Refused(413, 'Request Entity Too Large');
  const mimeType = /content-type:\s*([^\s;]+)/i.exec(head)?.[1] ?? 'application/octet-stream';
  fields.files.set(name, { fileName, bytes: Buffer.from(bytes), mimeType });
}
