import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Child, type Launch, startChild, untilReady } from './child.ts';
import { findProgram } from './programs.ts';

const always = ['--bind', '127.0.0.1', '--save', '', '--maxmemory', '256mb', '--maxmemory-policy', 'noeviction'];
const kept = ['--appendonly', 'yes', '--appendfsync', 'everysec'];

/** The address of an embedded redis-server. */
export const redisServerUrl = (port: number) => `redis://127.0.0.1:${port}`;

/** Starts redis-server in a folder and waits until it answers. Tests keep nothing on disk. */
export async function startRedisServer({ folder, port, isForTests, onSpawn }: Launch): Promise<Child> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const args = ['--port', String(port), '--dir', folder, ...always, ...(isForTests ? [] : kept)];
  const child = startChild(findProgram('redis-server'), args, join(folder, 'redis-server.log'));
  onSpawn(child.mark);
  try {
    await untilReady(child, 'redis-server', () => answers(port));
    return child;
  } catch (error) {
    await child.end('SIGKILL');
    throw error;
  }
}

/** One PING over a bare socket; a server still loading its file answers with an error and is not ready. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    const done = (isReady: boolean) => {
      socket.destroy();
      resolve(isReady);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => done(answer.toString().startsWith('+PONG')));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
  });
}
