import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import { execute, inStep } from '../execute.ts';
import { stranger } from '../people/actor.ts';
import { inviteStaff } from '../people/invite-staff.ts';
import { openPerson } from '../people/open-person.ts';
import type { Person } from '../people/person.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { askForInvitation } from './ask-for-invitation.ts';
import { codeFrom, codeIn, foldCode, shownCode } from './code.ts';
import { linkOtherChat } from './link-other-chat.ts';
import { reissueInvitation } from './reissue-invitation.ts';
import { revokeInvitation } from './revoke-invitation.ts';

let u: Universe;
let vera: Person;
let ioana: Person;
let andrei: Person;
let mihai: Person;
let count = 0;

const day = 24 * 60;
const fresh = () => ({ channel: 'telegram' as const, key: `90${++count}`, address: `90${count}` });

beforeAll(async () => {
  u = await openUniverse();
  vera = await u.person('admin', 'Vera Pop');
  ioana = await u.person('coordinator', 'Ioana Marin');
  andrei = await u.person('coordinator', 'Andrei Stan');
  mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
});
afterAll(() => u.close());

const accept = (
  code: string,
  account: ReturnType<typeof fresh> | { channel: 'slack'; key: string; address: string },
  year?: string,
) =>
  inStep(u.world, `accept-${++count}`, (step) =>
    execute(step, acceptInvitation, { actor: stranger, input: { code, account, ...(year ? { year } : {}) } }),
  );

async function open(name: string) {
  const opened = await u.as(ioana, openPerson, {
    name,
    birthYear: '1958',
    language: 'uk',
    placeCode: 'ar-07',
    technicianIds: [mihai.id],
    isOtherPerson: true,
  });
  if (opened.is !== 'done') throw new Error(opened.phrase.key);
  return opened.result;
}

async function invite(role: 'technician' | 'coordinator' | 'supervisor' | 'admin', name: string) {
  const invited = await u.as(vera, inviteStaff, {
    role,
    name,
    language: 'ro',
    ...(role === 'technician' ? { coordinatorId: ioana.id } : {}),
  });
  if (invited.is !== 'done') throw new Error(invited.phrase.key);
  return invited.result;
}

const heard = async (who: Person) =>
  (await u.world.store.outbox.find({ personId: who.id, method: 'send' }, { sort: { createdAt: 1 } })).map(
    (row) => row.card ?? (row.message as { lines: { key: string }[] }).lines[0]?.key,
  );

describe('codes', () => {
  it('have ten signs of which none can be mistaken for another', () => {
    const codes = Array.from({ length: 200 }, () => codeFrom(u.world.newId()));
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{10}$/);
    expect(new Set(codes).size).toBe(200);
  });

  it.each([['abcde fghjk'], ['ABCDE-FGHJK'], [' АBСDЕ fGНjк '], ['abc de fgh jk']])(
    'are read as they are typed: %s',
    (typed) => {
      expect(foldCode(typed)).toBe('ABCDEFGHJK');
      expect(codeIn(typed)).toBe('ABCDEFGHJK');
    },
  );

  it.each([['bună ziua'], ['0712 345 678'], ['ABCDE FGHJ'], ['cum sunt programările mele?'], ['Рядок думки номер 2']])(
    'are not seen in other words: %s',
    (typed) => expect(codeIn(typed)).toBeUndefined(),
  );

  it('are never stored: neither the code nor the id it came from', async () => {
    const { code } = await invite('supervisor', 'Radu Ilie');
    const rows = await u.connection.db?.collection('invitations').find({}).toArray();
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(shownCode(code)).toHaveLength(11);
  });
});

describe('staff link an account', () => {
  it('a code links the account once, the inviter hears it, the role is there', async () => {
    const { code, person } = await invite('coordinator', 'Elena Rus');
    const account = fresh();
    const linked = await accept(code.toLowerCase(), account);
    expect(linked).toMatchObject({
      is: 'done',
      result: { is: 'linked', person: { status: 'active', role: 'coordinator' } },
    });
    expect((await u.world.store.people.withAccount('telegram', account.key))?.id).toBe(person.id);
    expect(await heard(vera)).toContain('invitations:notice.used');
  });

  it('a code used twice is refused kindly, by another phone as by the same', async () => {
    const { code } = await invite('coordinator', 'Dan Luca');
    const account = fresh();
    await accept(code, account);
    expect(await accept(code, fresh())).toMatchObject({ is: 'refused', phrase: { key: 'start:link.used' } });
    expect(await accept(code, account)).toMatchObject({ is: 'refused', phrase: { key: 'start:link.already' } });
  });

  it('two phones at once with one code: one has it', async () => {
    const { code } = await invite('supervisor', 'Sanda Moga');
    const both = await Promise.all([accept(code, fresh()), accept(code, fresh())]);
    expect(both.map(({ is }) => is).sort()).toEqual(['done', 'refused']);
  });

  it('somebody else’s account is not linked a second time', async () => {
    const { code } = await invite('technician', 'Horia Bot');
    const [account] = mihai.accounts;
    expect(await accept(code, { channel: 'telegram', key: account?.key ?? '', address: '' })).toMatchObject({
      is: 'refused',
      phrase: { key: 'start:link.otherPerson' },
    });
  });

  it('an unknown code says so and tells nothing', async () => {
    expect(await accept('ZZZZZ ZZZZZ', fresh())).toMatchObject({
      is: 'refused',
      phrase: { key: 'start:link.unknownCode' },
    });
  });

  it('a new phone takes the place of the lost one, whose buttons are void', async () => {
    const { code, person } = await invite('technician', 'Lia Toma');
    await accept(code, fresh());
    const again = await u.as(ioana, reissueInvitation, { personId: person.id });
    if (again.is !== 'done') throw new Error('refused');
    const newPhone = fresh();
    await accept(again.result.code, newPhone);
    const now = await u.world.store.people.must(person.id);
    expect(now.accounts.map(({ key }) => key)).toEqual([newPhone.key]);
    expect(now.epoch).toBe(person.epoch + 1);
  });

  it('a short code links the other chat beside the first', async () => {
    const made = await u.as(mihai, linkOtherChat, { personId: mihai.id });
    if (made.is !== 'done') throw new Error('refused');
    const slack = { channel: 'slack' as const, key: 'U1', address: 'U1' };
    expect(await accept(made.result.code, slack)).toMatchObject({
      is: 'done',
      result: { is: 'linked', isOtherChat: true },
    });
    const { accounts } = await u.world.store.people.must(mihai.id);
    expect(accounts.map(({ channel }) => channel).sort()).toEqual(['slack', 'telegram']);
  });

  it('the short code dies after a quarter of an hour', async () => {
    const made = await u.as(andrei, linkOtherChat, { personId: andrei.id });
    if (made.is !== 'done') throw new Error('refused');
    await u.fastForward(15);
    expect(await accept(made.result.code, { channel: 'slack', key: 'U2', address: 'U2' })).toMatchObject({
      is: 'refused',
      phrase: { key: 'start:link.revoked' },
    });
  });
});

describe('a beneficiary links an account', () => {
  it('says the year of birth first and has three tries; then a human goes on', async () => {
    const { code, person } = await open('Оксана Кравченко');
    const account = fresh();
    expect(await accept(code, account)).toMatchObject({ result: { is: 'askYear' } });
    expect(await accept(code, account, '1957')).toMatchObject({ result: { is: 'wrongYear', checksLeft: 2 } });
    expect(await accept(code, account, 'не знаю')).toMatchObject({ result: { is: 'wrongYear', checksLeft: 1 } });
    expect(await accept(code, account, '1985')).toMatchObject({ result: { is: 'stopped' } });
    expect(await accept(code, account, '1958')).toMatchObject({
      is: 'refused',
      phrase: { key: 'start:link.checkStopped' },
    });
    expect((await u.world.store.people.must(person.id)).status).toBe('invited');
    expect(await heard(ioana)).toContain('invitations:notice.checkFailed');
  });

  it('is linked with the right year, also when more words stand around it', async () => {
    const { code, person } = await open('Тарас Бондар');
    expect(await accept(code, fresh(), 'у 1958 році')).toMatchObject({ result: { is: 'linked' } });
    expect((await u.world.store.people.must(person.id)).status).toBe('active');
  });

  it('with an expired code asks for a new one: the coordinator hears both, once', async () => {
    const { code, person, invitation } = await open('Лідія Мороз');
    const before = (await heard(ioana)).length;
    await u.fastForward(14 * day);
    expect(await accept(code, fresh())).toMatchObject({ is: 'refused', phrase: { key: 'start:link.expired' } });
    for (let again = 0; again < 2; again++) {
      await inStep(u.world, `ask-${again}`, (step) =>
        execute(step, askForInvitation, { actor: stranger, input: { invitationId: invitation.id } }),
      );
    }
    const news = (await heard(ioana)).slice(before);
    expect(news).toContain('invitation-expired');
    expect(news.filter((key) => key === 'invitations:notice.asked')).toHaveLength(1);
    const again = await u.as(ioana, reissueInvitation, { personId: person.id });
    expect(again.is).toBe('done');
  });

  it('with a revoked code gets no further', async () => {
    const { code, person } = await open('Ганна Лис');
    expect((await u.as(ioana, revokeInvitation, { personId: person.id })).is).toBe('done');
    expect(await accept(code, fresh(), '1958')).toMatchObject({ is: 'refused', phrase: { key: 'start:link.revoked' } });
  });

  it('renewed, only the newest code counts', async () => {
    const { code, person } = await open('Петро Дуб');
    const again = await u.as(ioana, reissueInvitation, { personId: person.id });
    if (again.is !== 'done') throw new Error('refused');
    expect(await accept(code, fresh(), '1958')).toMatchObject({ is: 'refused', phrase: { key: 'start:link.revoked' } });
    expect(await accept(again.result.code, fresh(), '1958')).toMatchObject({ result: { is: 'linked' } });
  });
});

describe('who may invite', () => {
  it('another coordinator may neither renew nor revoke, a technician neither', async () => {
    const { person } = await open('Марія Козак');
    expect(await u.as(andrei, reissueInvitation, { personId: person.id })).toMatchObject({
      is: 'refused',
      decidedBy: ioana.id,
    });
    expect((await u.as(andrei, revokeInvitation, { personId: person.id })).is).toBe('refused');
    expect((await u.as(mihai, reissueInvitation, { personId: person.id })).is).toBe('refused');
    expect((await u.as(vera, reissueInvitation, { personId: person.id })).is).toBe('refused');
  });

  it('only an administrator invites staff, only a coordinator opens a person', async () => {
    const staff = { role: 'coordinator' as const, name: 'Ion Popa', language: 'ro' as const };
    for (const who of [ioana, mihai]) expect((await u.as(who, inviteStaff, staff)).is).toBe('refused');
    const person = {
      name: 'Ana Dinu',
      birthYear: '1990',
      language: 'ro' as const,
      placeCode: 'AR-07',
      technicianIds: [],
      isOtherPerson: false,
    };
    for (const who of [vera, mihai]) expect((await u.as(who, openPerson, person)).is).toBe('refused');
  });
});
