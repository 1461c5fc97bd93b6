import { askForHelp } from '#core/alerts/ask-for-help.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { peopleOf } from '#core/alerts/ring.ts';
import type { Conversation } from '#core/conversations/conversation-store.ts';
import { newRow } from '#core/delivery/carry-out.ts';
import type { MailboxItem } from '#core/delivery/mailbox-store.ts';
import { execute, inStep, type Step } from '#core/execute.ts';
import { CaseId, type PersonId } from '#core/id.ts';
import { findDanger, levelOf } from '#core/language/danger.ts';
import { askerFor, stranger } from '#core/people/actor.ts';
import { contactsOf } from '#core/people/contact.ts';
import type { Person } from '#core/people/person.ts';
import { phrase } from '#core/phrase.ts';
import { type Channel, isStaff } from '#core/roles.ts';
import type { Level } from '#core/settings.ts';
import { chosen, type FormAnswers } from './form.ts';
import type { Incoming } from './incoming.ts';
import type { MailboxWork } from './work-mailbox.ts';

/** What is known of an item nobody can work on. */
type Unread = {
  channel: Channel;
  incoming: Incoming | undefined;
  conversation: Conversation | undefined;
  person: Person | undefined;
};

/** Forms in which somebody tells of danger. */
export const alertForms = ['raise-alert', 'add-to-alert', 'call-me', 'tell-helpers'];
const levels: readonly string[] = ['life', 'abuse', 'urgent'] satisfies Level[];

/**
 * Puts an item aside with its reason: its person is told, and a human hears of it. What came from an alert form, or holds a danger word, is
 * raised: it fails open (`delivery.md` 2). Should the raising itself fail, everybody of the ring is told to call.
 */
export async function park(work: MailboxWork, item: MailboxItem, outcome: string): Promise<void> {
  try {
    await parkAnd(work, item, outcome, passOn);
  } catch (error) {
    work.onError(item.id, error);
    await parkAnd(work, item, outcome, tellRing);
  }
}

/** The same for one that does not open: from whom it came is known by its lane. */
export async function parkUnread(work: MailboxWork, lane: string, id: string): Promise<void> {
  const parkUnreadAnd = (tell: Tell) =>
    inStep(work.world, `parked:${id}`, async (step) => {
      await step.deps.store.mailbox.putAside(id);
      await tellOf(step, { lane, channel: lane.startsWith('slack:') ? 'slack' : 'telegram' }, undefined, tell);
    });
  try {
    await parkUnreadAnd(passOn);
  } catch (error) {
    work.onError(id, error);
    await parkUnreadAnd(tellRing);
  }
}

type Tell = (step: Step, unread: Unread) => Promise<void>;

const parkAnd = ({ world, read }: MailboxWork, item: MailboxItem, outcome: string, tell: Tell): Promise<void> =>
  inStep(world, `parked:${item.id}`, async (step) => {
    const { mailbox } = step.deps.store;
    const kept = await mailbox.get(item.id);
    if (kept?.state !== 'waiting') return;
    await mailbox.save({ ...kept, state: 'parked', outcome });
    await tellOf(step, item, readable(read, item), tell);
  });

async function tellOf(
  step: Step,
  { lane, channel }: Pick<MailboxItem, 'lane' | 'channel'>,
  incoming: Incoming | undefined,
  tell: Tell,
): Promise<void> {
  const { conversations, people } = step.deps.store;
  const conversation = await conversations.of(lane).catch(() => undefined);
  const person = conversation?.personId && (await people.get(conversation.personId));
  const unread: Unread = { channel, incoming, conversation, person: person || undefined };
  tellSender(step, unread);
  await tell(step, unread);
}

function readable(read: MailboxWork['read'], item: MailboxItem): Incoming | undefined {
  try {
    return read(item);
  } catch {
    return undefined;
  }
}

/** 112 first, for whoever may be in danger; then that a person will read it. */
function tellSender({ deps, tray }: Step, { incoming, conversation, person, channel }: Unread): void {
  const lines = [...(person && isStaff(person.role) ? [] : [phrase('emergency:call112')]), phrase('errors:parked')];
  if (!incoming) {
    if (person) tray.reactions.push({ do: 'tell', to: person.id, message: { lines }, lane: 'waiting' });
    return;
  }
  const language = person?.language ?? conversation?.language ?? 'uk';
  tray.rows.push(newRow(deps, { channel, ...incoming.account, language, epoch: 0 }, 'waiting', { message: { lines } }));
}

async function passOn(step: Step, unread: Unread): Promise<void> {
  const level = levelIn(unread);
  if (level) return raise(step, unread, level);
  const { person } = unread;
  const people = person ? await contactsOf(person.id, step.deps) : await admins(step);
  const known = person && (await step.deps.store.cases.ofPerson(person.id));
  const message = { lines: [phrase('people:notice.parked', { caseRef: known?.number ?? person?.name ?? '—' })] };
  for (const to of people) step.tray.reactions.push({ do: 'tell', to, message, lane: 'waiting' });
}

/** How pressing it may be; a form of an alert whose level is not known counts as danger to life. */
function levelIn({ incoming, conversation, person }: Unread): Level | undefined {
  const form = conversation?.form;
  if (form && alertForms.includes(form.name)) {
    const level = chosen(form.answers as FormAnswers, 'level');
    return levels.includes(level) ? (level as Level) : 'life';
  }
  if (person && isStaff(person.role)) return undefined;
  const hits = findDanger(wordsIn(incoming));
  return hits.length > 0 ? levelOf(hits.map(({ category }) => category)) : undefined;
}

const wordsIn = (incoming: Incoming | undefined): string =>
  incoming?.kind === 'text' ? incoming.text : incoming?.kind === 'files' ? incoming.caption : '';

async function raise(step: Step, unread: Unread, level: Level): Promise<void> {
  const { person, incoming, conversation } = unread;
  const observed = { words: wordsIn(incoming) || '—', files: [] };
  if (person && isStaff(person.role)) {
    const caseId = CaseId.safeParse(chosen((conversation?.form?.answers ?? {}) as FormAnswers, 'case')).data;
    const raised = await execute(step, raiseAlert, {
      actor: await askerFor(person, step.deps),
      input: { level, observed, caseId },
    });
    if (raised.is === 'refused') return tellRing(step, unread);
    return notices(step, unread, raised.result.toldIds, raised.result.number);
  }
  const language = person?.language ?? conversation?.language ?? 'uk';
  const account = incoming && { channel: incoming.channel, ...incoming.account, language };
  const input = { personId: person?.id, level, origin: 'help' as const, observed, account };
  await execute(step, askForHelp, { actor: person ? await askerFor(person, step.deps) : stranger, input });
}

/** Who was told also learns that there is nothing to read, and whom to call. */
function notices({ tray }: Step, { person, incoming }: Unread, people: PersonId[], number: string): void {
  const name = person?.name ?? incoming?.name ?? '—';
  const lines = [phrase('alerts:notice.unreadable', { number, name, phone: person?.phone ?? '—' })];
  for (const to of people) tray.reactions.push({ do: 'tell', to, message: { lines }, lane: 'danger' });
}

async function tellRing(step: Step, unread: Unread): Promise<void> {
  const coordinatorId = unread.person?.coordinatorId;
  const people = await peopleOf('all', { coordinatorId }, step.deps);
  notices(
    step,
    unread,
    people.map(({ id }) => id),
    '—',
  );
}

const admins = async ({ deps }: Step): Promise<PersonId[]> =>
  (await deps.store.people.activeWithRole('admin')).map(({ id }) => id);
