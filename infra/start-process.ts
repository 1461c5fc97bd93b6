import { type Config, readConfig } from './config.ts';
import { ConfigFault } from './config-fault.ts';
import { type Log, makeLog } from './log.ts';
import { AlreadyRunning } from './setup/running.ts';

/** Runs a process: reads the settings, starts, and stops once on the first signal. Faults an operator can mend are said in their own words. */
export async function run(
  name: string,
  start: (config: Config, log: Log) => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  try {
    const config = readConfig();
    const log = makeLog({ name, level: config.logLevel });
    for (const warning of config.warnings) console.warn(`\n  !  ${warning}\n`);
    const running = await start(config, log);
    stopOnSignal(running);
  } catch (error) {
    const sentence = sentenceOf(error);
    console.error(sentence ? `\n${sentence}\n` : error);
    process.exit(1);
  }
}

/** A signal can come twice, from the terminal and from the launcher. */
function stopOnSignal(running: { stop(): Promise<void> }): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void running.stop().finally(() => process.exit(0));
    });
  }
}

const plainNames = [
  'WrongToken',
  'MissingIndex',
  'MissingMaster',
  'OtherSchema',
  'WrongServer',
  'MigrationRuns',
  'BadBackup',
  'SnapshotTooOld',
];

/** What an operator can mend, in words; everything else is a fault of ours and is shown whole. */
export function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, port } = error as Error & { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Choose another one: HEALTH_PORT, CITY_PORT, TELEGRAM_WEBHOOK_PORT or SLACK_PORT.`;
  if (/^Mongo\w*ServerSelectionError$/.test(error.name)) return 'The database of MONGODB_URI cannot be reached.';
  const isPlain = error instanceof ConfigFault || error instanceof AlreadyRunning || plainNames.includes(error.name);
  return isPlain ? error.message : undefined;
}
