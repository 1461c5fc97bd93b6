// Where things lie, for the launcher.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What is fetched once and can be thrown away; git-ignored. */
export const cache = join(root, '.cache');

/** The Node 26 which npm installed for this computer; a Node 26 that runs us already will do too. */
export function node26() {
  const { platform, arch } = process;
  const name = platform === 'win32' ? 'win' : platform;
  const folder = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${name}-${arch}`;
  const program = join(root, 'node_modules', folder, 'bin', platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath;
  throw new Error(
    `There is no Node 26 package for this computer (${platform} ${arch}).\nInstall Node 26 yourself and run the command again with it.`,
  );
}

/** Is a program of this name in a folder of PATH? */
export function isOnPath(name, path = process.env.PATH ?? '') {
  return path.split(delimiter).some((folder) => folder && existsSync(join(folder, name)));
}
