import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '#core/people/person.ts';
import { defaults } from '#core/settings.ts';
import { keysIn, talk } from '#infra/test/talk.ts';
import { monday, openUniverse, type Universe } from '#infra/test/universe.ts';

const { limits } = defaults;
const { inputsPerMinute, filesPerHour } = limits;
let u: Universe;
let oksana: Person;
let mihai: Person;
let count = 0;
beforeAll(async () => {
  u = await openUniverse(monday, limits);
});
afterAll(() => u.close());
beforeEach(async () => {
  await u.fastForward(61);
  const ioana = await u.person('coordinator', 'Ioana Marin');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
  await u.case(oksana, ioana, [mihai]);
  await u.lastResort(ioana);
});

const partsKept = async () =>
  (await u.world.store.messages.find({ personId: oksana.id })).flatMap(({ parts }) => parts.map(({ words }) => words));
const alertsOf = () => u.world.store.alerts.count({ personId: oksana.id });

/** So many questions within one minute; gives the keys of what was answered to each. */
async function writes(times: number, who = oksana): Promise<string[][]> {
  const answers: string[][] = [];
  for (let n = 0; n < times; n++) answers.push(keysIn(await talk(u, who).says(`Питання про довідку ${count++}`)));
  return answers;
}

it('an office that sets nothing answers 30 things a minute and fetches 10 files an hour', () => {
  expect(limits).toEqual({
    inputsPerMinute: 30,
    keptAnswersPerMinute: 3,
    filesPerHour: 10,
    groupAnswersPerMinute: 5,
  });
});

describe('thirty things a minute', () => {
  it('are answered; what is over is kept for a person to read, and said once', async () => {
    const from = count;
    const answers = await writes(inputsPerMinute + 20);
    expect(answers.slice(0, inputsPerMinute).every((one) => one.length > 0 && !one.includes('errors:tooFast'))).toBe(
      true,
    );
    expect(answers[inputsPerMinute]).toEqual(['errors:tooFast']);
    expect(answers.slice(inputsPerMinute + 1).flat()).toEqual([]);
    const words = await partsKept();
    for (let n = 0; n < inputsPerMinute + 20; n++) expect(words).toContain(`Питання про довідку ${from + n}`);
  });

  it('and a minute later each is answered again, and the next flood is told again', async () => {
    await writes(inputsPerMinute + 3);
    await u.fastForward(1);
    const answers = await writes(inputsPerMinute + 1);
    expect(answers[0]).not.toContain('errors:tooFast');
    expect(answers.at(-1)).toEqual(['errors:tooFast']);
  });

  it('taps, pictures and signs count too; staff find their words with the talk, as always', async () => {
    for (let n = 0; n < inputsPerMinute; n++) await talk(u, mihai).comes({ kind: 'sticker', emoji: '👍' });
    expect(keysIn(await talk(u, mihai).taps('home'))).toEqual(['errors:tooFast']);
    await talk(u, mihai).says('Am fost azi la familia Popescu, totul bine');
    const talks = await u.world.store.conversations.find({ personId: mihai.id });
    expect(JSON.stringify(talks[0]?.drafts)).toContain('Am fost azi la familia Popescu');
  });

  it('two workers on one account at once count as one', async () => {
    await writes(inputsPerMinute - 4);
    const both = await Promise.all(Array.from({ length: 8 }, (_, n) => talk(u, oksana).says(`разом ${n}`)));
    const told = (await u.world.store.outbox.find({ personId: oksana.id })).filter((row) =>
      JSON.stringify(row.message).includes('errors:tooFast'),
    );
    expect(both).toHaveLength(8);
    expect(told).toHaveLength(1);
    const [known] = await u.world.store.conversations.find({ personId: oksana.id });
    expect(known?.pace?.inputs).toBe(inputsPerMinute + 4);
  });
});

describe('danger is never limited', () => {
  it('whatever comes before: a danger word raises the alert, and 112 comes first', async () => {
    const dangers = ['він мене б’є', 'хочу померти', 'мене вб’ють', 'mă bate', 'I want to die'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...dangers), fc.integer({ min: 0, max: 80 }), async (words, before) => {
        oksana = await u.person('beneficiary', 'Оксана Кравченко', { language: 'uk' });
        await writes(before);
        const answer = await talk(u, oksana).says(words);
        expect(keysIn(answer)[0]).toBe('emergency:call112');
        expect(await alertsOf()).toBe(1);
      }),
      { numRuns: 12, seed: 5 },
    );
  }, 60_000);

  it('nor is the help button, nor "call me" and its number', async () => {
    await writes(inputsPerMinute + 5);
    expect(keysIn(await talk(u, oksana).taps('help'))[0]).toBe('emergency:call112');
    await talk(u, oksana).taps('help.callMe');
    expect(await alertsOf()).toBe(1);
    expect(keysIn(await talk(u, oksana).says('0740 111 222'))).toContain('emergency:callMe.kept');
  });

  it('nor is an alert of staff: begun, told and taken over the limit', async () => {
    await writes(inputsPerMinute + 5, mihai);
    const asked = await talk(u, mihai).taps('alert.new');
    expect(keysIn(asked)).toContain('alerts:ask.danger');
    const chosen = await talk(u, mihai).presses(asked, 'alerts:wide.life');
    expect(keysIn(chosen)).toContain('alerts:ask.whom');
  });
});

describe('ten files an hour', () => {
  it('are fetched at once; the rest is noted, told once, and fetched in its turn', async () => {
    const answers: string[] = [];
    for (let n = 0; n < filesPerHour + 5; n++)
      answers.push(...keysIn(await talk(u, oksana).sends([{ kind: 'photo', ref: `p${n}` }], `Сторінка ${n}`)));
    expect(answers.filter((key) => key === 'errors:filesLater')).toHaveLength(1);
    const files = await u.world.store.files.find({ from: oksana.id });
    expect(files).toHaveLength(filesPerHour + 5);
    const timers = await Promise.all(files.map(({ id }) => u.world.store.timers.get(`file-${id}`)));
    const now = u.clock.wall().getTime();
    const waits = timers
      .map((timer) => Math.round(((timer?.dueAt.getTime() ?? 0) - now) / 60_000))
      .sort((a, b) => a - b);
    expect(waits).toEqual([...Array(filesPerHour).fill(0), ...Array(5).fill(60)]);
    expect(await partsKept()).toHaveLength(filesPerHour + 5);
  });
});
