/** Who may import whom: the table of the architecture as data. Paths are given without `#` and without ending. */
export type Rule = {
  readonly who: string;
  /** The first rule whose pattern fits a file counts. */
  readonly files: RegExp;
  /** Files of the house it may import. */
  readonly house: RegExp;
  /** Packages and modules of Node it may import. */
  readonly packages: RegExp;
  /** Files and packages it may import as types only. */
  readonly types?: RegExp;
};

const anything = /^/;
const nothing = /^\b$/;
const pure = /^(node:(crypto|util|path|buffer|timers\/promises)|zod)$/;

export const rules: readonly Rule[] = [
  { who: 'a test', files: /(\.(test|browser)\.ts$|(^|\/)test\/)/, house: anything, packages: anything },
  {
    who: 'core/ability',
    files: /^core\/ability\.ts$/,
    house: /^core\//,
    packages: /^(zod|@casl\/(ability|mongoose))$/,
    types: /^locales\/texts/,
  },
  {
    who: 'a store',
    files: /^core\/(.*-)?(store|collection)\.ts$|^core\/.*-store\.ts$/,
    house: /^core\//,
    packages: /^(zod|mongoose)$/,
    types: /^locales\/texts/,
  },
  { who: 'core', files: /^core\//, house: /^core\//, packages: /^zod$/, types: /^locales\/texts/ },
  {
    who: 'bots/dialogue/say',
    files: /^bots\/dialogue\/say\.ts$/,
    house: /^(core|bots\/(dialogue|screens)|locales)\//,
    packages: /^(i18next|zod|node:(crypto|util))$/,
  },
  {
    who: 'bots/dialogue and bots/screens',
    files: /^bots\/(dialogue|screens)\//,
    house: /^(core|bots\/(dialogue|screens))\//,
    packages: pure,
    types: /^locales\/texts/,
  },
  {
    who: 'bots/telegram/main and bots/slack/main',
    files: /^bots\/(telegram|slack)\/main\.ts$/,
    house: /^infra\/start|^core\/|^bots\/(dialogue|screens)\//,
    packages: pure,
  },
  {
    who: 'bots/telegram',
    files: /^bots\/telegram\//,
    house: /^(core|bots\/(dialogue|screens|telegram))\//,
    packages: new RegExp(`${pure.source}|^(grammy|@grammyjs/.*|fastify|node:stream)$`),
  },
  {
    who: 'bots/slack',
    files: /^bots\/slack\//,
    house: /^(core|bots\/(dialogue|screens|slack))\//,
    packages: new RegExp(`${pure.source}|^(@slack/.*|fastify|node:(stream|http))$`),
  },
  { who: 'jobs/main', files: /^jobs\/main\.ts$/, house: /^(infra\/start|core\/|jobs\/)/, packages: pure },
  {
    who: 'jobs',
    files: /^jobs\//,
    house: /^(core|jobs)\/|^bots\/dialogue\/say$|^bots\/(telegram|slack)\/(render|send)($|[-/])/,
    packages: new RegExp(`${pure.source}|^(bullmq|ical-generator|qrcode)$`),
    types: /^ioredis$/,
  },
  {
    who: 'infra/start, a main or a command of infra',
    files: /^infra\/(start(\.ts|[-/])|cli\/|(.*\/)?main\.ts$)/,
    house: anything,
    packages: anything,
  },
  { who: 'the fault rig', files: /^infra\/faults\//, house: anything, packages: anything },
  { who: 'infra', files: /^infra\//, house: /^(core|infra)\//, packages: anything },
  {
    who: 'locales',
    files: /^locales\//,
    house: /^locales\//,
    packages: /^node:|^(i18next|zod)$/,
    types: /^core\/phrase$/,
  },
  { who: 'nobody', files: anything, house: nothing, packages: nothing },
];

/** Words which code of `core` may not use: it is given the time and the chance, and it has no process. */
export const forbiddenInCore: readonly { readonly word: RegExp; readonly says: string }[] = [
  { word: /(?<![\w$.-])process\b(?!\s*:)/g, says: 'process' },
  { word: /\bglobalThis\s*(\.\s*process\b|\[)/g, says: 'process' },
  { word: /\bDate\s*\.\s*now\b/g, says: 'Date.now (take now from Deps)' },
  { word: /\bnew\s+Date\b(?!\s*\(\s*[^)\s])/g, says: 'new Date() without argument (take now from Deps)' },
  { word: /(?<![\w$.]|new\s+|new\s)Date\s*\(/g, says: 'Date() (take now from Deps)' },
  { word: /\bTemporal\s*\.\s*Now\b/g, says: 'Temporal.Now (take now from Deps)' },
  { word: /\bperformance\s*\.\s*now\b/g, says: 'performance.now (take now from Deps)' },
  { word: /\bMath\s*\.\s*random\b/g, says: 'Math.random (take newId from Deps)' },
  { word: /\brandomUUID\b|\bgetRandomValues\b/g, says: 'a random id of its own (take newId from Deps)' },
];

/** The native collection does not know the session of the step: its rows survive a rollback. */
export const forbiddenInStores = {
  word: /\.\s*collection\b|\[\s*['"]collection['"]\s*\]/g,
  says: '.collection (stores use models only)',
};

/** Everybody but the configuration, the tools that start programs, and tests takes what it needs from `Config`. */
export const environment = {
  readers: /^infra\/(config\.ts$|setup\/|checks\/|faults\/)|^infra\/test\/|\.(test|browser)\.ts$/,
  word: /\bprocess\s*\.\s*env\b/g,
  says: 'process.env (only infra/config reads it)',
};
