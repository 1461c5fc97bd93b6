// The packages of package-lock.json, installed when they are not there or not the ones of the lockfile.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node26, root } from './places.mjs';

const stamp = join(root, 'node_modules', '.punte-stamp');
const options = ['--no-save', '--ignore-scripts', '--include=dev', '--include=optional', '--engine-strict=false'];
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the packages unless the stamp says that those of the lockfile are there. */
export async function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (isInstalled(wanted)) return;
  console.error('Setting up: packages (once, under a minute) ...');
  await npm(['install', ...options, ...quiet]);
  writeFileSync(stamp, wanted);
}

function isInstalled(wanted) {
  try {
    return readFileSync(stamp, 'utf8') === wanted && existsSync(node26());
  } catch {
    return false;
  }
}

function npm(args) {
  const { npm_node_execpath: node, npm_execpath: script } = process.env;
  const isWindows = process.platform === 'win32';
  const [program, first] = node && script ? [node, [script]] : [isWindows ? 'npm.cmd' : 'npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: isWindows && !script,
    });
    // Npm must not go on alone when we are told to end: two of them in one folder spoil it.
    const pass = (signal) => child.kill(signal);
    for (const signal of endSignals) process.on(signal, pass);
    child.on('error', (error) => reject(failed(error.message)));
    child.on('exit', (code, signal) => {
      for (const one of endSignals) process.removeListener(one, pass);
      if (code === 0) resolve();
      else reject(failed(`npm ended with ${code ?? signal}`));
    });
  });
}

function failed(reason) {
  return new Error(
    `The packages could not be installed: ${reason}.\nNpm says why above. Is the network there? Then run the same command again.`,
  );
}
