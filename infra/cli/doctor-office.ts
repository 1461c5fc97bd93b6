import { textsToConfirm } from '#bots/dialogue/say.ts';
import { comingDays } from '#core/duty/duty.ts';
import { unverifiedHelplines } from '#core/language/helplines.ts';
import { reachable } from '#core/people/person.ts';
import type { Channel } from '#core/roles.ts';
import type { Store } from '#core/store.ts';
import { type Finding, judgeCount, judgeDuty, judgeLastResort, judgeProbe } from './doctor-findings.ts';

/** Whether alerts surely reach somebody, and what a person has yet to check. */
export async function officeFindings(store: Store, now: Date, bots: Channel[]): Promise<Finding[]> {
  const { lastResort } = await store.office.get();
  const people = await store.people.find({ _id: { $in: lastResort }, status: 'active' });
  const span = comingDays({ now, settings: await store.office.settings() });
  const unlinked = (await store.people.find({ status: { $ne: 'left' } })).filter(
    ({ accounts }) => accounts.length === 0,
  ).length;
  return [
    judgeCount(
      'alerts without a next step',
      await store.alerts.withoutNextStep(),
      'open alerts would stay silent',
      'Call whoever is on duty now and report this fault',
      'wrong',
    ),
    judgeLastResort(
      people.map((person) => ({ channels: reachable(person).map(({ channel }) => channel) })),
      bots,
    ),
    judgeDuty(await store.duty.after(now), span),
    judgeCount(
      'people who never linked a chat',
      unlinked,
      'are on file and cannot be reached here',
      'Give them a new invitation',
    ),
    judgeCount(
      'texts to confirm',
      textsToConfirm().length,
      'texts wait for a native social worker',
      'See locales/README.md',
    ),
    judgeCount(
      'helplines',
      unverifiedHelplines().length,
      'shown numbers nobody has called yet',
      'Call them and note the day in core/language/helplines.json',
    ),
  ];
}

/** Whether the synthetic alert of each bot came back lately. */
export async function probeFindings(
  store: Store,
  now: Date,
  bots: Channel[],
  chats: Readonly<Record<Channel, string | undefined>>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const bot of bots) {
    const probe = chats[bot] ? await store.probes.get(bot) : undefined;
    findings.push(judgeProbe(bot, chats[bot] !== undefined, probe?.backAt, now));
  }
  return findings;
}
