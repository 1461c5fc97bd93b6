import { parseArgs } from 'node:util';
import { say } from '#bots/dialogue/say.ts';
import { execute, inStep } from '#core/execute.ts';
import { shownCode } from '#core/invitations/code.ts';
import { system } from '#core/people/actor.ts';
import { inviteStaff } from '#core/people/invite-staff.ts';
import { day, type Language, languages, phrase } from '#core/phrase.ts';
import { staffRoles } from '#core/roles.ts';
import type { World } from '#core/world.ts';
import { onOffice, Unusable } from './office-command.ts';

const usage = `
  npm run invite -- --role admin [--name "Ana Pop"] [--language ro] [--phone 0712345678]

  --role       ${staffRoles.filter((role) => role !== 'technician').join(', ')}; technicians are invited in the chat, by name of their coordinator
  --language   ${languages.join(', ')}
`;

/** `npm run invite`: makes a one-time invitation from the command line, above all for the first administrator; beside a running start or alone. */
await onOffice('invite', async ({ world }) => {
  console.log(`\n${await invite(world, readWishes())}\n`);
});

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

async function invite(world: World, { role, name, language, phone }: Wishes): Promise<string> {
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
  const { telegramBot } = await world.store.office.get();
  const until = { code: shownCode(code), day: day(invitation.validUntil) };
  return say(
    telegramBot
      ? phrase('invitations:link', { ...until, link: `https://t.me/${telegramBot}?start=${code}` })
      : phrase('invitations:codeOnly', until),
    language,
    world.clock.wall(),
  );
}
