import { posix } from 'node:path';
import { environment, forbiddenInCore, forbiddenInStores, type Rule, rules } from './rules.ts';
import { codeOnly, type Import, importsOf, type Sources, withoutComments } from './source.ts';

const topFolders = /^(bots|core|jobs|infra|locales)\//;
const isTest = (file: string) => /\.(test|browser)\.ts$|(^|\/)test\//.test(file);

/** Every import that crosses a wall, and every forbidden word in `core`, one line each: file:line, what, and who may. */
export function importFaults(sources: Sources): string[] {
  return [...sources].flatMap(([file, source]) => [
    ...importsOf(source).flatMap((one) => faultsOf(file, one, sources)),
    ...barrelFaults(file, source),
    ...wordFaults(file, source),
  ]);
}

function faultsOf(file: string, one: Import, sources: Sources): string[] {
  const rule = rules.find(({ files }) => files.test(file)) as Rule;
  const target = housePath(file, one.from);
  const at = `${file}:${one.line}`;
  if (target === undefined) return isPackageAllowed(rule, one) ? [] : [`${at} ${rule.who} may not import ${one.from}`];
  if (leavesByDots(file, one.from, target)) return [`${at} write #${target} instead of ${one.from}`];
  if (!isHouseAllowed(rule, one, target)) return [`${at} ${rule.who} may not import ${one.from}`];
  return matterFaults(file, target, sources).map((fault) => `${at} ${fault}`);
}

/** The file an import means, from the root; undefined for a package. */
function housePath(file: string, from: string): string | undefined {
  if (from.startsWith('#')) return from.slice(1);
  if (from.startsWith('.')) return posix.join(posix.dirname(file), from);
  return undefined;
}

const folderOf = (path: string) => path.split('/')[0];

function leavesByDots(file: string, from: string, target: string): boolean {
  return from.startsWith('.') && topFolders.test(target) && folderOf(file) !== folderOf(target);
}

function isPackageAllowed(rule: Rule, one: Import): boolean {
  return rule.packages.test(one.from) || (one.isTypeOnly && rule.types?.test(one.from) === true);
}

function isHouseAllowed(rule: Rule, one: Import, target: string): boolean {
  const path = target.replace(/(\.d)?\.ts$/, '');
  return rule.house.test(path) || (one.isTypeOnly && rule.types?.test(path) === true);
}

/** Matters of `core` meet through events and Deps: of another one only its nouns are seen. */
function matterFaults(file: string, target: string, sources: Sources): string[] {
  const [mine, other] = [matterOf(file), matterOf(target)];
  if (isTest(file) || !mine || !other || mine === other) return [];
  const kind = kindOf(target, sources.get(target) ?? '');
  return kind === 'noun' ? [] : [`core/${mine} may not import the ${kind} ${target} of another matter`];
}

function matterOf(path: string): string | undefined {
  return /^core\/([^/]+)\//.exec(path)?.[1];
}

function kindOf(path: string, source: string): 'store' | 'verb' | 'view' | 'noun' {
  if (path.endsWith('-store.ts')) return 'store';
  const code = codeOnly(source);
  if (/=\s*defineUseCase\b/.test(code)) return 'verb';
  return /=\s*defineView\b/.test(code) ? 'view' : 'noun';
}

function barrelFaults(file: string, source: string): string[] {
  if (/(^|\/)index\.ts$/.test(file)) return [`${file}:1 no barrel files: import from the file itself`];
  const star = /^\s*export\s*\*\s*from/m.exec(withoutComments(source));
  return star ? [`${file}:${lineAt(source, star.index)} no barrel files: export * hides who is meant`] : [];
}

function wordFaults(file: string, source: string): string[] {
  if (isTest(file)) return [];
  const code = codeOnly(source);
  if (!file.startsWith('core/')) return environment.readers.test(file) ? [] : wordsFound(file, code, environment);
  const words = forbiddenInCore.flatMap((one) => wordsFound(file, code, one));
  return [...words, ...wordsFound(file, withoutComments(source).replace(/from\s*'[^']*'/g, ''), forbiddenInStores)];
}

function wordsFound(file: string, code: string, { word, says }: { word: RegExp; says: string }): string[] {
  return [...code.matchAll(word)].map(
    (found) => `${file}:${lineAt(code, found.index)} ${folderOf(file)} may not use ${says}`,
  );
}

function lineAt(code: string, index: number): number {
  const before = code.slice(0, index);
  const isAtLineStart = code[index] === '\n';
  return before.split('\n').length + (isAtLineStart ? 1 : 0);
}
