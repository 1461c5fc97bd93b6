import { randomBytes } from 'node:crypto';
import type { Clock } from '#core/world.ts';
import { cityPeople } from './people.ts';
import { type SlackStandIn, startSlackStandIn } from './slack/stand-in.ts';
import { startTelegramStandIn, type TelegramStandIn } from './telegram/stand-in.ts';

export type StandIns = { telegram: TelegramStandIn; slack: SlackStandIn; close(): Promise<void> };

/** The two chats of the city with its people in them. Their tokens are made up at each start and open nothing else. */
export async function startStandIns(
  clock: Clock,
  onChange: { phone: (userId: number) => void; desk: (userId: string) => void },
  { hasStarted = true } = {},
): Promise<StandIns> {
  const now = { now: () => clock.wall().getTime() };
  const telegram = await startTelegramStandIn({
    token: `700100200:${randomBytes(20).toString('hex')}`,
    botName: 'Місток · Punte',
    clock: now,
    onChange: onChange.phone,
  });
  const slack = await startSlackStandIn({
    botToken: `xoxb-${randomBytes(12).toString('hex')}`,
    appToken: `xapp-${randomBytes(12).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
    teamName: 'DAS Arad',
    botName: 'Punte',
    clock: now,
    onChange: onChange.desk,
  });
  for (const { id, name, place, language, account } of cityPeople) {
    const [firstName = name, lastName = ''] = name.split(' ');
    if (place === 'phone')
      telegram.addUser({ id: Number(account), firstName, lastName, languageCode: language, personId: id, hasStarted });
    else slack.addUser({ id: account, personId: id, name: firstName.toLowerCase(), realName: name, locale: 'ro-RO' });
  }
  const desks = cityPeople.filter(({ place }) => place === 'desk').map(({ account }) => account);
  slack.addChannel({
    id: 'C0ALERTE',
    name: 'alerte-arad',
    topic: 'numai coordonatori și gardă',
    members: desks,
    isBotIn: true,
  });
  slack.addChannel({ id: 'C0COORD', name: 'coordonare', topic: '', members: desks, isBotIn: false });
  return {
    telegram,
    slack,
    async close() {
      await telegram.close();
      await slack.close();
    },
  };
}
