import { parseArgs } from 'node:util';
import { say } from '#bots/dialogue/say.ts';
import { execute, inStep } from '#core/execute.ts';
import { shownCode } from '#core/invitations/code.ts';
import { system } from '#core/people/actor.ts';
import { inviteStaff } from '#core/people/invite-staff.ts';
import { day, type Language, languages, phrase } from '#core/phrase.ts';
import { staffRoles } from '#core/roles.ts';
import { openStore } from '#core/store.ts';
import type { World } from '#core/world.ts';
import { realClock } from '../clock.ts';
import { type Config, masterKeys, readConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import { buildIndexes, connectMongo, transactionOf } from '../mongo.ts';
import { randomIds } from '../new-id.ts';
import { openSeal } from '../seal.ts';
import { runningServers } from '../setup/running.ts';
import { startServers } from '../setup/servers.ts';
import { sentenceOf } from '../start-process.ts';

const usage = `
  npm run invite -- --role admin [--name "Ana Pop"] [--language ro] [--phone 0712345678]

  --role       ${staffRoles.filter((role) => role !== 'technician').join(', ')}; technicians are invited in the chat, by name of their coordinator
  --language   ${languages.join(', ')}
`;

class Unusable extends Error {}

/** `npm run invite`: makes a one-time invitation from the command line, above all for the first administrator; beside a running start or alone. */
try {
  const wishes = readWishes();
  const config = readConfig();
  const { uri, end } = await database(config);
  try {
    console.log(`\n${await invite(config, uri, wishes)}\n`);
  } finally {
    await end();
  }
} catch (error) {
  const sentence = error instanceof Unusable ? error.message : sentenceOf(error);
  console.error(sentence ? `\n${sentence}\n` : error);
  process.exitCode = 1;
}

type Wishes = {
  role: Exclude<(typeof staffRoles)[number], 'technician'>;
  name: string;
  language: Language;
  phone: string | undefined;
};

function readWishes(): Wishes {
  const { values } = parsed();
  const role = staffRoles.find((one) => one === values.role);
  const language = languages.find((one) => one === values.language);
  if (!role || role === 'technician' || !language) throw new Unusable(usage);
  return { role, language, name: values.name ?? say(phrase(`general:role.${role}`), language), phone: values.phone };
}

function parsed() {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ options: { role: text, name: text, phone: text, language: { ...text, default: 'ro' } } });
  } catch {
    throw new Unusable(usage);
  }
}

/** The database of the office: from outside, of a running `npm start`, or the embedded one for this moment. */
async function database(config: Config): Promise<{ uri: string; end: () => Promise<void> }> {
  const known = config.mongodbUri ?? runningServers(config.dataDir)?.mongodbUri;
  if (known) return { uri: known, end: async () => {} };
  const log = makeLog({ name: 'invite', level: 'error' });
  const servers = await startServers({ dataDir: config.dataDir, log });
  return { uri: servers.mongodbUri, end: servers.stop };
}

async function invite(config: Config, uri: string, { role, name, language, phone }: Wishes): Promise<string> {
  const connection = await connectMongo(uri, config.mongodbUri ? undefined : 'punte');
  try {
    const seal = await openSeal(connection, masterKeys(config));
    const store = openStore(connection, seal);
    await buildIndexes(store);
    const world: World = {
      clock: realClock(),
      newId: randomIds(),
      settings: () => store.office.settings(),
      store,
      seal,
      inTransaction: transactionOf(connection),
      wake: () => {},
    };
    const input = { role, name, language, ...(phone ? { phone } : {}) };
    // No answer is kept for this step: it would hold the code.
    const invited = await inStep(
      world,
      `invite:${world.newId()}`,
      (step) => execute(step, inviteStaff, { actor: system, input }),
      true,
    );
    if (invited.is === 'refused') throw new Unusable(say(invited.phrase, language));
    const { code, invitation } = invited.result;
    const { telegramBot } = await store.office.get();
    const until = { code: shownCode(code), day: day(invitation.validUntil) };
    return say(
      telegramBot
        ? phrase('invitations:link', { ...until, link: `https://t.me/${telegramBot}?start=${code}` })
        : phrase('invitations:codeOnly', until),
      language,
      world.clock.wall(),
    );
  } finally {
    await connection.close();
  }
}
