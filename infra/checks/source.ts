import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The sources of the house: path from the root (with `/`) -> text. */
export type Sources = ReadonlyMap<string, string>;

/** One import or re-export, dynamic ones too. */
export type Import = { readonly from: string; readonly isTypeOnly: boolean; readonly line: number };

/** Reads all TypeScript of the five folders. */
export function readSources(root: string): Sources {
  const folders = ['bots', 'core', 'jobs', 'infra', 'locales'];
  return new Map(folders.flatMap((folder) => sourcesIn(root, folder)));
}

function sourcesIn(root: string, folder: string): [string, string][] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]);
}

const statement =
  /(?<![\w$.])(import|export)(\s+type\b)?(?:\{[^{}]*\}|[\w\s$*,])*?(?:from\s*)?(['"])(?<from>[^'"\n]+)\3/dg;
const dynamic = /(?<![\w$.])(?:import|require)\(\s*(['"`])(?<from>[^'"`\n]+)\1/dg;

/** All imports of a file. Comments and text in quotes do not count. */
export function importsOf(source: string): Import[] {
  const code = withoutWords(source);
  const read = (found: RegExpExecArray, isTypeOnly: boolean): Import => ({
    from: source.slice(...(found.indices?.groups?.from ?? [0, 0])),
    isTypeOnly,
    line: code.slice(0, found.index).split('\n').length,
  });
  const fixed = [...code.matchAll(statement)].map((found) => read(found, Boolean(found[2])));
  const late = [...code.matchAll(dynamic)].map((found) => read(found, false));
  return [...fixed, ...late].sort((one, other) => one.line - other.line);
}

const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;

/** The code with comments blanked; lines stay where they are. */
export function withoutComments(source: string): string {
  return source.replace(token, (found) => (found.startsWith('/') ? blank(found) : found));
}

/** The same length, with comments blanked and the inside of quotes made unreadable. */
function withoutWords(source: string): string {
  const hide = (found: string) => `${found[0]}${'_'.repeat(found.length - 2)}${found[0]}`;
  return source.replace(token, (found) => (found.startsWith('/') ? blank(found) : hide(found)));
}

/** The code with comments and quoted strings blanked; code inside template strings stays. */
export function codeOnly(source: string): string {
  return source.replace(token, blank);
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ');
