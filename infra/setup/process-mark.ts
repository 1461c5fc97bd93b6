import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that can be told from a later one with the same number, also after the computer restarted. */
export type ProcessMark = { readonly pid: number; readonly born?: string | undefined };

/** Marks a running process. */
export function markOf(pid: number): ProcessMark {
  return { pid, born: birthOf(pid) };
}

/** Is the marked process still the one running under its number? */
export function isAlive(mark: ProcessMark): boolean {
  if (mark.pid <= 0) return false;
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const born = birthOf(mark.pid);
  return born === undefined ? !existsSync('/proc/self/stat') : mark.born === undefined || mark.born === born;
}

/** Waits for the end of a process, up to the given time; says whether it ended. */
export async function hasEnded(mark: ProcessMark, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (isAlive(mark)) {
    if (performance.now() > until) return false;
    await sleep(25);
  }
  return true;
}

/** Start of the computer and of the process, from /proc; undefined for a dead one, or where there is no /proc. */
function birthOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startedAt] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startedAt}`;
  } catch {
    return undefined;
  }
}
