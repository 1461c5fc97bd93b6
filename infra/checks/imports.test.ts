import { describe, expect, test } from 'vitest';
import { importFaults } from './imports.ts';
import { importsOf } from './source.ts';

const others: [string, string][] = [
  ['core/cases/case.ts', 'export type Case = {};'],
  ['core/cases/case-store.ts', 'export const caseStore = 1;'],
  ['core/cases/close-case.ts', 'export const closeCase = defineUseCase({});'],
  ['core/cases/case-view.ts', 'export const caseView = defineView({});'],
];
const faults = (file: string, source: string) => importFaults(new Map([...others, [file, source]]));

describe('planted faults are found', () => {
  test.each<[string, string]>([
    ['core/alerts/alert.ts', "import { Bot } from 'grammy';"],
    ['core/alerts/alert.ts', "import type { App } from '@slack/bolt';"],
    ['core/alerts/alert.ts', "import { Queue } from 'bullmq';"],
    ['core/alerts/alert.ts', "import { Redis } from 'ioredis';"],
    ['core/alerts/alert.ts', "import mongoose from 'mongoose';"],
    ['core/alerts/alert.ts', "import { subject } from '@casl/ability';"],
    ['core/alerts/alert.ts', "import { readFileSync } from 'node:fs';"],
    ['core/alerts/alert.ts', "import { makeLog } from '#infra/log.ts';"],
    ['core/alerts/alert.ts', "import { say } from '#bots/dialogue/say.ts';"],
    ['core/alerts/alert.ts', "import { deliver } from '#jobs/deliver.ts';"],
    ['core/alerts/alert.ts', "import { texts } from '#locales/texts.ts';"],
    ['core/alerts/alert.ts', "const log = await import('#infra/log.ts');"],
    ['core/alerts/alert.ts', "export { makeLog } from '#infra/log.ts';"],
    ['core/alerts/alert.ts', "import {\n  a,\n  b,\n} from '../../infra/log.ts';"],
    ['core/alerts/alert.ts', "import { caseStore } from '#core/cases/case-store.ts';"],
    ['core/alerts/alert.ts', "import { closeCase } from '../cases/close-case.ts';"],
    ['core/alerts/alert.ts', "import { caseView } from '#core/cases/case-view.ts';"],
    ['core/alerts/alert-store.ts', "import { Redis } from 'ioredis';"],
    ['core/alerts/alert-store.ts', "import { MongoClient } from 'mongodb';"],
    ['bots/dialogue/route.ts', "import { Context } from 'grammy';"],
    ['bots/dialogue/route.ts', "import { load } from '#locales/load.ts';"],
    ['bots/dialogue/route.ts', "import { makeLog } from '#infra/log.ts';"],
    ['bots/screens/notes.ts', "import { deliver } from '#jobs/deliver.ts';"],
    ['bots/screens/notes.ts', "import { render } from '#bots/telegram/render.ts';"],
    ['bots/telegram/receive.ts', "import { home } from '#bots/slack/home.ts';"],
    ['bots/telegram/receive.ts', "import { App } from '@slack/bolt';"],
    ['bots/telegram/receive.ts', "import { start } from '#infra/start.ts';"],
    ['bots/slack/receive.ts', "import { Api } from 'grammy';"],
    ['bots/slack/receive.ts', "import { deliver } from '#jobs/deliver.ts';"],
    ['bots/slack/main.ts', "import { deliver } from '#jobs/deliver.ts';"],
    ['jobs/deliver.ts', "import { receive } from '#bots/telegram/receive.ts';"],
    ['jobs/deliver.ts', "import { route } from '#bots/dialogue/route.ts';"],
    ['jobs/deliver.ts', "import { start } from '#infra/start.ts';"],
    ['jobs/deliver.ts', "import mongoose from 'mongoose';"],
    ['jobs/deliver.ts', "import { Redis } from 'ioredis';"],
    ['infra/mongo.ts', "import { say } from '#bots/dialogue/say.ts';"],
    ['infra/mongo.ts', "import { deliver } from '#jobs/deliver.ts';"],
    ['bots/telegram/send.ts', 'const token = process.env.TELEGRAM_BOT_TOKEN;'],
    ['infra/start.ts', 'const { HOME } = process.env;'],
    ['locales/load.ts', "import { Phrase } from '#core/phrase.ts';"],
    ['core/index.ts', 'export const a = 1;'],
    ['core/alerts/all.ts', "export * from './alert.ts';"],
    ['bots/telegram/receive.ts', "import { phrase } from '../../core/phrase.ts';"],
  ])('%s: %s', (file, source) => {
    expect(faults(file, source)).toHaveLength(1);
  });

  test.each([
    'const home = process.env.HOME;',
    'const { env } = process;',
    '`$' + '{process.pid}`;',
    'const at = Date.now();',
    'const at = new Date();',
    'const at = new Date;',
    'const at = new Date( );',
    'const at = Date();',
    'const at = Temporal.Now.instant();',
    'const at = performance.now();',
    'const one = Math.random();',
    'const id = crypto.randomUUID();',
    'const g = globalThis.process;',
    "const g = globalThis['process'];",
    'await Model.collection.insertOne({});',
    "await connection.collection('cases').insertOne({});",
    "await Model['collection'].insertOne({});",
  ])('core may not say: %s', (source) => {
    expect(faults('core/alerts/alert-store.ts', `\n${source}`)).toMatchObject([
      expect.stringMatching(/^core\/alerts\/alert-store.ts:2 /),
    ]);
  });
});

describe('what is right passes', () => {
  test.each<[string, string]>([
    [
      'core/alerts/alert.ts',
      "import { z } from 'zod';\nimport type { Texts } from '#locales/texts.d.ts';\nimport { settings } from '#core/settings.ts';",
    ],
    ['core/alerts/alert.ts', "import type { Case } from '#core/cases/case.ts';"],
    [
      'core/alerts/alert.ts',
      '// process, Date.now and import { a } from "grammy"\n/* Math.random */ const at = new Date(given);',
    ],
    [
      'core/alerts/alert.ts',
      "const words = 'in process, Date.now()'; const x = { process: 1 }; const plan = order.process;",
    ],
    ['core/alerts/alert.ts', 'const from = \'x\'; const imports = ["grammy"];'],
    [
      'core/world.ts',
      "import type { caseStore } from './cases/case-store.ts';\nimport { closeCase } from './cases/close-case.ts';",
    ],
    ['core/ability.ts', "import { accessibleBy } from '@casl/mongoose';"],
    [
      'core/alerts/alert-store.ts',
      "import mongoose from 'mongoose';\nimport { collection } from '#core/collection.ts';\nconst c = collection(1);",
    ],
    ['core/alerts/alert.test.ts', "import { startServers } from '#infra/setup/servers.ts';\nconst at = Date.now();"],
    ['bots/dialogue/say.ts', "import { load } from '#locales/load.ts';\nimport i18next from 'i18next';"],
    ['bots/telegram/send.ts', "import { Api } from 'grammy';\nimport { say } from '#bots/dialogue/say.ts';"],
    ['bots/slack/main.ts', "import { start } from '#infra/start.ts';"],
    [
      'jobs/deliver.ts',
      "import { render } from '#bots/telegram/render.ts';\nimport { send } from '#bots/slack/send.ts';\nimport { Worker } from 'bullmq';",
    ],
    ['infra/config.ts', 'const read = (env = process.env) => env;'],
    ['infra/start.ts', "import { deliver } from '#jobs/deliver.ts';\nimport { app } from '#bots/slack/receive.ts';"],
    ['infra/mongo.ts', "import mongoose from 'mongoose';\nimport { stores } from '#core/store.ts';"],
  ])('%s: %s', (file, source) => {
    expect(faults(file, source)).toEqual([]);
  });
});

test('imports are read whatever their shape', () => {
  const source = [
    "import 'a';",
    "import b from 'b';",
    "import * as c from 'c';",
    "import d, { type e } from 'd';",
    "import type { f } from 'f';",
    "export { g } from 'g';",
    "export type { h } from 'h';",
    "const i = await import('i');",
    "import {\n  j,\n} from 'j';",
    "export const notOne = 'x';",
  ].join('\n');
  expect(importsOf(source).map((one) => one.from)).toEqual(['a', 'b', 'c', 'd', 'f', 'g', 'h', 'i', 'j']);
});
