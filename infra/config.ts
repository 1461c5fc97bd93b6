import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigFault } from './config-fault.ts';
import { isKey, keyIn } from './encryption-key.ts';
import { isSecretFile, secretFilesIn } from './secret-files.ts';

/** Everything a process is told from outside, checked and frozen. The only reader of the environment. */
export type Config = {
  /** `city`: no chat is configured, so the rehearsal city takes their place. */
  readonly mode: 'city' | 'live';
  readonly isProduction: boolean;
  readonly logLevel: string;
  readonly dataDir: string;
  /** Folders outside the database for the anchors of the journal; the second one may lie on another machine. */
  readonly anchorFolders: readonly string[];
  readonly telegram: TelegramConfig | undefined;
  readonly slack: SlackConfig | undefined;
  /** Undefined: the embedded server of `infra/setup/servers` is used. */
  readonly mongodbUri: string | undefined;
  readonly redisUrl: string | undefined;
  readonly alarmUrl: string | undefined;
  readonly heartbeatUrl: string | undefined;
  /** Chats that are there for the synthetic alert alone. */
  readonly watchChats: { readonly telegram: string | undefined; readonly slack: string | undefined };
  readonly encryptionKey: string | undefined;
  readonly encryptionKeyFile: string | undefined;
  /** Older ones, while one is being exchanged. */
  readonly olderEncryptionKeys: readonly string[];
  readonly olderEncryptionKeyFile: string | undefined;
  /** Where each secret lies that has a file of its own, by its name. */
  readonly secretFiles: Readonly<Partial<Record<string, string>>>;
  readonly office: {
    readonly name: string | undefined;
    readonly phone: string | undefined;
    readonly hours: string | undefined;
    /** Who answers for the data of people before the law, and how they are reached. */
    readonly controller: string | undefined;
    readonly controllerContact: string | undefined;
  };
  readonly cityPort: number;
  readonly healthPort: number;
  readonly wake: 'bullmq' | 'none';
  /** Legal, but somebody should read it. */
  readonly warnings: readonly string[];
};

export type TelegramConfig = {
  readonly token: string;
  readonly apiRoot: string;
  /** Undefined: long polling. */
  readonly webhook: WebhookConfig | undefined;
};

export type WebhookConfig = {
  readonly url: string;
  /** Told to Telegram at the start. */
  readonly secret: string;
  /** Still good while secrets rotate. */
  readonly oldSecret?: string | undefined;
  readonly port: number;
};

export type SlackConfig = {
  readonly botToken: string;
  readonly apiUrl: string;
  readonly way:
    | { readonly kind: 'socket'; readonly appToken: string }
    | {
        readonly kind: 'http';
        readonly signingSecret: string;
        /** Still good while secrets rotate. */
        readonly oldSigningSecret?: string | undefined;
        readonly port: number;
      };
};

const url = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    error: `must be an address that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
  });
const shaped = (shape: RegExp, error: string) => z.string().regex(shape, { error });
const port = z
  .string()
  .transform(Number)
  .refine((n) => Number.isInteger(n) && n > 0 && n < 65_536, { error: 'must be a port, 1 to 65535' });

const variables = z.object({
  TELEGRAM_BOT_TOKEN: shaped(
    /^\d+:[\w-]+$/,
    'does not look like a token of BotFather (digits, a colon, letters)',
  ).optional(),
  TELEGRAM_API_ROOT: url('https:', 'http:').default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK_URL: url('https:', 'http:').optional(),
  TELEGRAM_WEBHOOK_SECRET: shaped(/^[\w-]{16,256}$/, 'must be 16 to 256 of A-Z a-z 0-9 _ -').optional(),
  TELEGRAM_WEBHOOK_SECRET_OLD: shaped(/^[\w-]{16,256}$/, 'must be 16 to 256 of A-Z a-z 0-9 _ -').optional(),
  TELEGRAM_WEBHOOK_PORT: port.default(8443),
  SLACK_BOT_TOKEN: shaped(/^xoxb-./, 'must start with xoxb-').optional(),
  SLACK_APP_TOKEN: shaped(/^xapp-./, 'must start with xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_SIGNING_SECRET_OLD: z.string().optional(),
  SLACK_API_URL: url('https:', 'http:').default('https://slack.com/api/'),
  SLACK_PORT: port.default(3000),
  MONGODB_URI: url('mongodb:', 'mongodb+srv:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  ALARM_URL: url('https:', 'http:').optional(),
  HEARTBEAT_URL: url('https:', 'http:').optional(),
  WATCH_TELEGRAM_CHAT: shaped(/^-?\d+$/, 'must be the number of a chat, with its minus if it is a group').optional(),
  WATCH_SLACK_CHANNEL: shaped(/^[CGDUW][A-Z0-9]+$/, 'must be the id of a channel, like C0123456789').optional(),
  ENCRYPTION_KEY: z
    .string()
    .refine(isKey, { error: 'must be 32 random bytes in base64, for example from: openssl rand -base64 32' })
    .optional(),
  ENCRYPTION_KEY_FILE: z.string().optional(),
  ENCRYPTION_KEY_OLD: z
    .string()
    .refine((text) => text.split(',').every(isKey), { error: 'must be former encryption keys, with commas between' })
    .optional(),
  ENCRYPTION_KEY_OLD_FILE: z.string().optional(),
  OFFICE_NAME: z.string().optional(),
  OFFICE_PHONE: shaped(/^\+?[\d\s./-]{3,20}$/, 'must be a telephone number').optional(),
  OFFICE_HOURS: z.string().optional(),
  DATA_CONTROLLER: z.string().optional(),
  DATA_CONTROLLER_CONTACT: z.string().optional(),
  CITY_PORT: port.default(8080),
  HEALTH_PORT: port.default(8081),
  WAKE: z.enum(['bullmq', 'none'], { error: 'must be bullmq or none' }).default('bullmq'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
  NODE_ENV: z.string().default('development'),
  ANCHOR_DIR: z.string().optional(),
  ANCHOR_DIR_2: z.string().optional(),
  DATA_DIR: z.string().default(join(import.meta.dirname, '..', '.data')),
});

type Variables = z.infer<typeof variables>;

/** Reads the environment, or throws `ConfigFault` with all faults at once. An empty variable counts as not set. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const files = secretFilesIn(set);
  const given = { ...set, ...files.secrets };
  const read = variables.safeParse(given);
  const wrong = read.success ? [] : read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const faults = [...wrong, ...files.faults, ...contradictions(given)];
  if (!read.success || faults.length > 0) throw new ConfigFault(faults);
  return deepFreeze({ ...toConfig(read.data, given), secretFiles: files.paths });
}

type Given = Partial<Record<string, string>>;

const rotated = [
  ['TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_WEBHOOK_SECRET_OLD'],
  ['SLACK_SIGNING_SECRET', 'SLACK_SIGNING_SECRET_OLD'],
] as const;

const rules: readonly { readonly isBroken: (given: Given) => unknown; readonly says: string }[] = [
  {
    isBroken: (v) => v.TELEGRAM_WEBHOOK_URL && !v.TELEGRAM_WEBHOOK_SECRET,
    says: 'TELEGRAM_WEBHOOK_URL needs TELEGRAM_WEBHOOK_SECRET: without it anybody could speak as Telegram',
  },
  {
    isBroken: (v) => v.TELEGRAM_WEBHOOK_SECRET && !v.TELEGRAM_WEBHOOK_URL,
    says: 'TELEGRAM_WEBHOOK_SECRET is set, but TELEGRAM_WEBHOOK_URL is not',
  },
  {
    isBroken: (v) => v.TELEGRAM_WEBHOOK_URL && !v.TELEGRAM_BOT_TOKEN,
    says: 'TELEGRAM_WEBHOOK_URL is set, but TELEGRAM_BOT_TOKEN is not',
  },
  {
    isBroken: (v) => v.SLACK_BOT_TOKEN && !v.SLACK_APP_TOKEN && !v.SLACK_SIGNING_SECRET,
    says: 'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (socket mode) or SLACK_SIGNING_SECRET (HTTP mode)',
  },
  {
    isBroken: (v) => (v.SLACK_APP_TOKEN || v.SLACK_SIGNING_SECRET) && !v.SLACK_BOT_TOKEN,
    says: 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is set, but SLACK_BOT_TOKEN is not',
  },
  ...rotated.map(([name, old]) => ({
    isBroken: (v: Given) => v[old] && !v[name],
    says: `${old} is set, but ${name} is not: the old one is good only beside the new one`,
  })),
  {
    isBroken: (v) => v.MONGODB_URI && !v.ENCRYPTION_KEY && !v.ENCRYPTION_KEY_FILE,
    says: 'MONGODB_URI needs ENCRYPTION_KEY or ENCRYPTION_KEY_FILE: only a database of this folder gets its key made',
  },
  {
    isBroken: (v) =>
      v.MONGODB_URI && (v.TELEGRAM_BOT_TOKEN || v.SLACK_BOT_TOKEN) && !(v.DATA_CONTROLLER && v.DATA_CONTROLLER_CONTACT),
    says: 'going live needs DATA_CONTROLLER and DATA_CONTROLLER_CONTACT: who answers for the data of people, and how they are reached',
  },
  {
    isBroken: (v) => v.ENCRYPTION_KEY && v.ENCRYPTION_KEY_FILE,
    says: 'ENCRYPTION_KEY and ENCRYPTION_KEY_FILE are both set: one of them',
  },
  {
    isBroken: (v) => v.ENCRYPTION_KEY_FILE && keyIn(v.ENCRYPTION_KEY_FILE) === undefined,
    says: 'ENCRYPTION_KEY_FILE cannot be read, or does not hold 32 bytes in base64',
  },
];

function contradictions(given: Given): string[] {
  return rules.filter(({ isBroken }) => isBroken(given)).map(({ says }) => says);
}

function toConfig(read: Variables, given: Given): Omit<Config, 'secretFiles'> {
  const telegram = telegramOf(read);
  const slack = slackOf(read);
  return {
    mode: telegram || slack ? 'live' : 'city',
    isProduction: read.NODE_ENV === 'production',
    logLevel: read.LOG_LEVEL,
    dataDir: resolve(read.DATA_DIR),
    anchorFolders: [read.ANCHOR_DIR ?? join(read.DATA_DIR, 'anchors'), read.ANCHOR_DIR_2 ?? '']
      .filter(Boolean)
      .map((folder) => resolve(folder)),
    telegram,
    slack,
    mongodbUri: read.MONGODB_URI,
    redisUrl: read.REDIS_URL,
    alarmUrl: read.ALARM_URL,
    heartbeatUrl: read.HEARTBEAT_URL,
    watchChats: { telegram: read.WATCH_TELEGRAM_CHAT, slack: read.WATCH_SLACK_CHANNEL },
    encryptionKey: read.ENCRYPTION_KEY,
    olderEncryptionKeys: read.ENCRYPTION_KEY_OLD?.split(',') ?? [],
    olderEncryptionKeyFile: read.ENCRYPTION_KEY_OLD_FILE,
    encryptionKeyFile: read.ENCRYPTION_KEY_FILE,
    office: {
      name: read.OFFICE_NAME,
      phone: read.OFFICE_PHONE,
      hours: read.OFFICE_HOURS,
      controller: read.DATA_CONTROLLER,
      controllerContact: read.DATA_CONTROLLER_CONTACT,
    },
    cityPort: read.CITY_PORT,
    healthPort: read.HEALTH_PORT,
    wake: read.WAKE,
    warnings: warningsFor(read, given),
  };
}

function telegramOf(read: Variables): TelegramConfig | undefined {
  if (!read.TELEGRAM_BOT_TOKEN) return undefined;
  const { TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_WEBHOOK_PORT: port } = read;
  const oldSecret = read.TELEGRAM_WEBHOOK_SECRET_OLD;
  const webhook = url && secret ? { url, secret, oldSecret, port } : undefined;
  return { token: read.TELEGRAM_BOT_TOKEN, apiRoot: read.TELEGRAM_API_ROOT, webhook };
}

function slackOf(read: Variables): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = read;
  if (!botToken) return undefined;
  if (appToken) return { botToken, apiUrl: read.SLACK_API_URL, way: { kind: 'socket', appToken } };
  return {
    botToken,
    apiUrl: read.SLACK_API_URL,
    way: {
      kind: 'http',
      signingSecret: signingSecret ?? '',
      oldSigningSecret: read.SLACK_SIGNING_SECRET_OLD,
      port: read.SLACK_PORT,
    },
  };
}

function warningsFor(read: Variables, given: Given): string[] {
  const isLive = Boolean(read.TELEGRAM_BOT_TOKEN || read.SLACK_BOT_TOKEN);
  const isEmbedded = !read.MONGODB_URI || !read.REDIS_URL;
  const misspelt = Object.keys(given).filter(
    (name) =>
      /^(TELEGRAM|SLACK|OFFICE|ENCRYPTION|DATA_CONTROLLER)_/.test(name) &&
      !(name in variables.shape) &&
      !isSecretFile(name),
  );
  return [
    ...(isLive && isEmbedded
      ? [
          'REAL CHATS ON THE EMBEDDED DATABASE: it is made for trying out. For real people set MONGODB_URI and REDIS_URL and keep backups.',
        ]
      : []),
    ...(isLive && !read.OFFICE_NAME
      ? ['OFFICE_NAME is not set: whoever writes for the first time is not told whose bot this is.']
      : []),
    ...(isLive && !read.OFFICE_PHONE
      ? ['OFFICE_PHONE is not set: when something fails, people are given no number to call.']
      : []),
    ...misspelt.map((name) => `${name} is not a setting of this program. Is it misspelt?`),
  ];
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
