import { parseArgs } from 'node:util';
import { execute, inStep } from '#core/execute.ts';
import { releasesNeeded } from '#core/office/hold.ts';
import { holdOffice } from '#core/office/hold-office.ts';
import { releaseHold, type Signed } from '#core/office/release-hold.ts';
import { system } from '#core/people/actor.ts';
import type { World } from '#core/world.ts';
import { holdInWords } from '../brake.ts';
import { administratorNamed, administratorUsage } from './administrator.ts';
import { onOffice, Unusable } from './office-command.ts';

const usage = `
  npm run hold -- --status                     is the office in hold, and what has to be looked at before it is released
  npm run hold -- --now "reason"               nothing is worked on and nothing goes out from now on; what people write is kept
  npm run hold -- --release --as <admin>       one signature; a second one of another administrator releases it

${administratorUsage}
`;

/** `npm run hold`: the door to a hold, as the bots do not work in it. */
await onOffice('hold', async ({ world }) => {
  const { now, release, as } = wishes();
  if (now !== undefined) console.log(`\n${await begin(world, now)}\n`);
  else if (release) console.log(`\n${await sign(world, as)}\n`);
  else console.log(`\n${await status(world)}\n`);
});

function wishes(): { now?: string | undefined; release: boolean; as: string } {
  try {
    const { values } = parseArgs({
      options: {
        status: { type: 'boolean' },
        release: { type: 'boolean' },
        now: { type: 'string' },
        as: { type: 'string' },
      },
    });
    const isOne = [values.status, values.release, values.now !== undefined].filter(Boolean).length === 1;
    if (!isOne || (values.release && !values.as)) throw new Unusable(usage);
    return { now: values.now, release: values.release ?? false, as: values.as ?? '' };
  } catch {
    throw new Unusable(usage);
  }
}

async function begin(world: World, reason: string): Promise<string> {
  const input = { why: 'byHand' as const, reason, isPrepared: true };
  await inStep(world, `hold:${world.newId()}`, (step) => execute(step, holdOffice, { actor: system, input }));
  return status(world);
}

async function status({ store }: World): Promise<string> {
  const { hold, holdReason } = await store.office.get();
  if (!hold) return 'The office is not in hold.';
  const waiting = await store.mailbox.count({ state: 'waiting' });
  const alerts = await store.alerts.count({ state: { $ne: 'closed' } });
  const unsure = await store.outbox.count({ state: 'unknown', outcome: 'restored' });
  return [
    `The office is ${holdInWords(hold, holdReason)}.`,
    ...(hold.isPrepared ? [] : ['It cannot be released yet: the restore did not end. Run it again.']),
    `${hold.releasedBy.length} of ${releasesNeeded} signatures. ${waiting} messages of people wait, ${alerts} alerts are open, of ${unsure} messages nobody knows whether they went out.`,
    ...(hold.lostSince ? lostSince(hold.lostSince) : []),
    'People who write now are told that their words are kept, and 112. Call whoever is on duty about the open alerts now.',
  ].join('\n');
}

function lostSince(at: Date): string[] {
  return [
    `What was written after ${at.toISOString().slice(0, 16)}Z is lost. Before you release, see to what happened since then:`,
    '  - who left or lost a phone: close their access again first thing after the release (npm run cut);',
    '  - alerts raised, taken or closed on paper or by telephone;',
    '  - appointments that were moved or called off.',
  ];
}

async function sign(world: World, as: string): Promise<string> {
  const actor = await administratorNamed(world, as);
  const done = await inStep(
    world,
    `release:${world.newId()}`,
    (step) => execute(step, releaseHold, { actor, input: {} }),
    true,
  );
  if (done.is === 'refused') throw new Unusable('This names no administrator. See npm run hold.');
  return inWords(done.result);
}

function inWords(signed: Signed): string {
  switch (signed.is) {
    case 'no hold':
      return 'The office is not in hold.';
    case 'not yet':
      throw new Unusable('The restore did not end, so it cannot be released. Run the restore again.');
    case 'signed':
      return `Signed. ${signed.missing} more signature, of another administrator.`;
    case 'signed before':
      return `This administrator has signed before. ${signed.missing} more signature, of another administrator.`;
    case 'released':
      return 'Released. The system goes on now: open alerts ring, what people wrote is answered.';
  }
}
