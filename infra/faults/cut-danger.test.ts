import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '#core/alerts/alert.ts';
import { closeAccess } from '#core/people/close-access.ts';
import { cutAccount } from '#core/people/cut-account.ts';
import type { Person } from '#core/people/person.ts';
import { keysIn, talk } from '../test/talk.ts';
import { openFreshUniverse, type Universe } from '../test/universe.ts';

let u: Universe;
let vera: Person;
let ioana: Person;
let mihai: Person;
beforeEach(async () => {
  u = await openFreshUniverse();
  vera = await u.person('admin', 'Vera Pop');
  ioana = await u.person('coordinator', 'Ioana Marin');
  const linkedAt = u.clock.wall();
  mihai = await u.person('technician', 'Mihai Dobre', {
    coordinatorId: ioana.id,
    accounts: (['telegram', 'slack'] as const).map((channel) => ({
      channel,
      key: `${channel}-7`,
      address: `${channel}-7`,
      linkedAt,
      isDead: false,
    })),
  });
  await u.lastResort(ioana, vera);
});
afterEach(() => u.close());

const alerts = (): Promise<Alert[]> => u.world.store.alerts.find({});
const seen = {
  level: { choice: 'life' },
  case: { choice: 'none' },
  who: { text: 'Bloc 5.' },
  observed: { text: 'Nu răspunde.' },
};

describe('a danger to life that somebody is telling while their access is cut is not lost', () => {
  it('a form half way is raised as it stands, three minutes later', async () => {
    const me = talk(u, mihai);
    await me.presses(await me.presses(await me.taps('alert.new'), 'alerts:wide.life'), 'alerts:wide.notOnFile');
    await me.says('Bloc 5.');
    await u.as(vera, closeAccess, { personId: mihai.id });
    await u.fastForward(4);
    const [alert] = await alerts();
    expect(alert).toMatchObject({ level: 'life', raisedBy: mihai.id, state: 'open', observed: [{ words: 'Bloc 5.' }] });
    expect(alert?.toldIds).toContain(ioana.id);
    expect((await u.world.store.conversations.of('telegram:telegram-7'))?.drafts).toEqual([]);
  });

  it('so is one in a chat that was cut as lost', async () => {
    const me = talk(u, mihai);
    await me.presses(await me.taps('alert.new'), 'alerts:wide.life');
    await u.as(vera, cutAccount, { personId: mihai.id, channel: 'telegram' });
    await u.fastForward(4);
    expect(await alerts()).toMatchObject([{ level: 'life', raisedBy: mihai.id }]);
  });

  it('any other form is dropped', async () => {
    const me = talk(u, mihai);
    await me.presses(await me.taps('alert.new'), 'alerts:wide.abuse');
    await u.as(vera, closeAccess, { personId: mihai.id });
    await u.fastForward(60);
    expect(await alerts()).toEqual([]);
  });

  it('an open window that is sent afterwards is raised by the system, its writer hears 112 first', async () => {
    const me = talk(u, mihai, 'slack');
    const { modal } = await me.taps('alert.new');
    if (modal?.is !== 'form') throw new Error('no window');
    await u.as(vera, closeAccess, { personId: mihai.id });
    await me.submits(modal.run, seen);
    expect(await alerts()).toMatchObject([
      { level: 'life', raisedBy: mihai.id, observed: [{ words: 'Bloc 5.\nNu răspunde.' }] },
    ]);
    const rows = await u.world.store.outbox.ofAccount('slack', 'slack-7');
    expect(JSON.stringify(rows.map(({ message }) => message))).toMatch(/alerts:call112.*errors:kept/);
  });

  it('a case that was passed on while the form was open does not stop it either', async () => {
    const bogdan = await u.person('technician', 'Bogdan Ilie', { coordinatorId: ioana.id });
    const { id: caseId } = await u.case(await u.person('beneficiary', 'Elena Pop'), ioana, [mihai]);
    const me = talk(u, mihai, 'slack');
    const { modal } = await me.taps('alert.new');
    if (modal?.is !== 'form') throw new Error('no window');
    const one = await u.world.store.cases.must(caseId);
    await u.world.store.cases.save({ ...one, technicianIds: [bogdan.id] });
    const heard = await me.submits(modal.run, { ...seen, case: { choice: caseId } });
    expect(keysIn(heard)).toContain('alerts:call112');
    expect(await alerts()).toMatchObject([{ level: 'life', caseId, raisedBy: mihai.id }]);
  });
});
