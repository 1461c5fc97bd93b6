import { readFileSync } from 'node:fs';

/** Secrets that may stand in a file of their own, named by `<NAME>_FILE`: a running process takes a new one from there. */
const secretNames = [
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'TELEGRAM_WEBHOOK_SECRET_OLD',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_SIGNING_SECRET_OLD',
] as const;

type Given = Partial<Record<string, string>>;

/** Whether a variable names the file of a secret. */
export const isSecretFile = (name: string): boolean => secretNames.some((secret) => name === `${secret}_FILE`);

/** The secrets that stand in files, and where; an empty or missing file of an old secret means that there is none. Faults are in words, never with the secret. */
export function secretFilesIn(given: Given): { secrets: Given; paths: Given; faults: string[] } {
  const secrets: Given = {};
  const paths: Given = {};
  const faults: string[] = [];
  for (const name of secretNames) {
    const file = given[`${name}_FILE`];
    if (!file) continue;
    paths[name] = file;
    const secret = secretIn(file);
    if (given[name]) faults.push(`${name} and ${name}_FILE are both set: one of them`);
    else if (secret) secrets[name] = secret;
    else if (!name.endsWith('_OLD')) faults.push(`${name}_FILE cannot be read, or is empty`);
  }
  return { secrets, paths, faults };
}

function secretIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
