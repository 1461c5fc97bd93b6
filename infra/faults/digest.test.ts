import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRow } from '#core/delivery/carry-out.ts';
import { unfoldDigest } from '#core/delivery/unfold-digest.ts';
import { unsureSection } from '#core/delivery/unsure-section.ts';
import type { Person } from '#core/people/person.ts';
import { openPostOffice, type PostOffice } from '../test/post-office.ts';

let office: PostOffice;
const staff: Person[] = [];
beforeAll(async () => {
  office = await openPostOffice();
  for (let n = 0; n < 20; n++) staff.push(await office.person('coordinator', `Ana Pop ${n}`, ['slack', 'telegram']));
});
afterAll(() => office.close());

const keyOn = (person: Person, channel: 'slack' | 'telegram') =>
  person.accounts.find((one) => one.channel === channel)?.key ?? '';
const desk = (person: Person) => office.slack.messages(keyOn(person, 'slack')).filter(({ isBot }) => isBot);
const phone = (person: Person) => office.telegram.user(Number(keyOn(person, 'telegram'))).messages();

/** A card about something that is over: it gives nothing when it is drawn. */
async function aboutSomethingOver(to: Person): Promise<void> {
  const account = to.accounts[0];
  if (!account) throw new Error('no account');
  const { store, newId } = office.u.world;
  const deps = { store, newId, now: office.u.clock.wall(), settings: await office.u.world.settings() };
  const there = { ...account, language: 'ro' as const, personId: to.id, epoch: to.epoch };
  await store.outbox.insert(newRow(deps, there, 'routine', { card: 'alert-raised', subject: newId<string>() }));
}

describe('Slack is away for six hours (F18, R12)', () => {
  const later: number[] = [];

  it('20 people: what is urgent comes by Telegram within two minutes', async () => {
    await office.slack.faults.down();
    for (let half = 0; half < 12; half++) {
      for (const person of staff) {
        await office.message(person, half % 2 ? 'routine' : 'waiting', { channel: 'slack' });
        if (half === 3) await aboutSomethingOver(person);
      }
      if (half % 6 === 2) {
        const before = staff.map((person) => phone(person).length);
        for (const person of staff) await office.message(person, 'urgent', { channel: 'slack' });
        for (let second = 0; second <= 120; second += 15) {
          await office.pass(15, 15);
          for (const [n, person] of staff.entries())
            if (phone(person).length > (before[n] ?? 0)) later[n] = Math.min(later[n] ?? second, second);
        }
        expect(staff.map((person, n) => phone(person).length - (before[n] ?? 0))).toEqual(staff.map(() => 1));
        office.u.clock.forward(28);
      } else office.u.clock.forward(30);
      await office.sweep();
    }
    expect(later).toHaveLength(20);
    expect(Math.max(...later)).toBeLessThanOrEqual(120);
  }, 240_000);

  it('when it is back everybody gets one digest, nobody more than three messages in the first minute', async () => {
    const before = staff.map((person) => desk(person).length);
    await office.slack.faults.up();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await office.pass(60, 10);
    const texts = staff.map((person, n) =>
      desk(person)
        .slice(before[n])
        .map(({ text }) => text),
    );
    const digests = texts.map((all) => all.filter((text) => text.includes('Cât timp legătura nu a mers')).length);
    expect(digests).toEqual(staff.map(() => 1));
    expect(Math.max(...texts.map((all) => all.length))).toBeLessThanOrEqual(3);
    const said = JSON.stringify(desk(staff[0] as Person).find(({ text }) => text.includes('Cât timp'))?.blocks);
    expect(said).toMatch(/Mesaje: 1[0-2]/);
    expect(said).not.toContain('Alerte');
    expect(await office.outbox.count({ card: 'alert-raised', outcome: 'not needed' })).toBe(20);
    await office.pass(3600, 600);
    expect(await office.outbox.count({ state: { $in: ['pending', 'not_sent', 'attempting', 'unknown'] } })).toBe(0);
    const late = staff.map((person, n) => desk(person).slice(before[n]).length);
    expect(Math.max(...late)).toBeLessThanOrEqual(3);
  }, 120_000);

  it('what it stands for is not lost: whoever asks gets it, one by one', async () => {
    const [ana] = staff as [Person];
    const [digest] = await office.outbox.find({ personId: ana.id, card: 'digest' });
    const unfold = async (who: Person): Promise<number> => {
      const done = await office.u.as(who, unfoldDigest, { digestId: digest?.id ?? '' });
      if (done.is === 'refused') throw new Error(done.phrase.key);
      return done.result;
    };
    const before = desk(ana).length;
    expect(await unfold(staff[1] as Person)).toBe(0);
    const count = await unfold(ana);
    await office.pass(2);
    expect(count).toBeGreaterThan(9);
    expect(desk(ana).length - before).toBe(count);
    expect(await unfold(ana)).toBe(0);
    const [line] = await office.u.connection.collection('journal').find({ type: 'digest.unfolded' }).toArray();
    expect(line).toMatchObject({ by: ana.id, about: { kind: 'person', id: ana.id } });
  });
});

describe('what possibly never arrived [delivery 4]', () => {
  it('is listed on the home of whose it was and of who answers for them, without a word of it', async () => {
    const [ana, dana] = staff as [Person, Person];
    const mihai = await office.person('technician', 'Mihai Dobre', ['telegram'], { coordinatorId: ana.id });
    const row = await office.message(mihai, 'routine');
    office.telegram.faults.cut({ where: 'afterAccept', method: 'sendMessage' });
    await office.pass(1);
    expect(await office.now(row)).toMatchObject({ state: 'unknown' });
    const { store } = office.u.world;
    const view = { store, settings: await office.u.world.settings(), now: office.u.clock.wall(), isNewest: true };
    const seenBy = (viewer: Person) => unsureSection({ ...view, viewer, channel: 'telegram' });
    expect((await seenBy(mihai))?.items[0]?.lines[0]).toMatchObject({ key: 'digest:row.mine' });
    expect((await seenBy(ana))?.items[0]?.lines[0]).toMatchObject({
      key: 'digest:row.of',
      params: { who: 'Mihai Dobre' },
    });
    expect(await seenBy(dana)).toBeUndefined();
    expect(JSON.stringify(await seenBy(ana))).not.toContain('errors:kept');
  });

  it('is counted in the next digest', async () => {
    const mihai = (await office.u.world.store.people.find({ role: 'technician' }))[0] as Person;
    await office.telegram.faults.down();
    for (let n = 0; n < 3; n++) await office.message(mihai, 'routine');
    for (let n = 0; n < 5; n++) await office.pass(900, 900);
    await office.telegram.faults.up();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await office.pass(120, 30);
    const text = phone(mihai).at(-1)?.text ?? '';
    expect(text).toContain('Mesaje: 3');
    expect(text).toContain('Posibil neprimite: 1');
  });
});
