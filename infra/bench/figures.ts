import { readFileSync } from 'node:fs';

/** The value below which `share` of the sorted values lie; NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds as they are printed: one digit below ten, none above. */
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

/** `p50 8.1 ms, p99 21 ms (n 200)`. */
export const spread = (values: readonly number[]): string =>
  `p50 ${ms(percentile(values, 0.5))}, p99 ${ms(percentile(values, 0.99))} (n ${values.length})`;

/** How many times `one` is of `other`: `2.4 x`, `0.12 x`. */
export const ratio = (one: number, other: number): string => `${(one / other).toFixed(one < other ? 2 : 1)} x`;

/** A clock of processor time: this process, and mongod where `/proc` tells. */
export function cpuWatch(mongodPid: number | undefined): () => { node: number; mongod: number | undefined } {
  const node = process.cpuUsage();
  const mongod = cpuMsOf(mongodPid);
  return () => {
    const { user, system } = process.cpuUsage(node);
    const now = cpuMsOf(mongodPid);
    return {
      node: (user + system) / 1000,
      mongod: mongod === undefined || now === undefined ? undefined : now - mongod,
    };
  };
}

/** Ticks of user and system time since the process was born; a tick is 10 ms. */
function cpuMsOf(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}
