import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { say } from '#bots/dialogue/say.ts';
import { renderSlack } from '#bots/slack/render.ts';
import { renderTelegram } from '#bots/telegram/render.ts';
import { askForHelp } from '#core/alerts/ask-for-help.ts';
import { handOverAlert } from '#core/alerts/hand-over-alert.ts';
import { raiseAlert } from '#core/alerts/raise-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import { askForAppointment } from '#core/appointments/ask-for-appointment.ts';
import { askToMove } from '#core/appointments/ask-to-move.ts';
import { bookAppointment } from '#core/appointments/book-appointment.ts';
import { breakGlass } from '#core/break-glass/break-glass.ts';
import { type CardName, cards } from '#core/cards.ts';
import { ringTest } from '#core/duty/ring-test.ts';
import { setDuty } from '#core/duty/set-duty.ts';
import type { Outcome } from '#core/execute.ts';
import { addToFeedback } from '#core/feedback/add-to-feedback.ts';
import { giveFeedback } from '#core/feedback/give-feedback.ts';
import type { AppointmentId, CaseId } from '#core/id.ts';
import { expireInvitation } from '#core/invitations/expire-invitation.ts';
import type { Message } from '#core/message.ts';
import { sendMessage } from '#core/messages/send-message.ts';
import { returnNote } from '#core/notes/return-note.ts';
import { submitNote } from '#core/notes/submit-note.ts';
import { validateNote } from '#core/notes/validate-note.ts';
import { inviteStaff } from '#core/people/invite-staff.ts';
import { openPerson } from '#core/people/open-person.ts';
import type { Person } from '#core/people/person.ts';
import { languages, phrase } from '#core/phrase.ts';
import { askForErasure } from '#core/privacy/ask-for-erasure.ts';
import { sendRequest } from '#core/requests/send-request.ts';
import { openUniverse, type Universe } from '../test/universe.ts';

// What a locked screen shows: the first line in Telegram, `text` and the first block in Slack (`delivery.md` 7).

let u: Universe;
let people: Person[];

/** Names and words that no preview may hold: each is found nowhere else. */
const canaries = ['Канарейко', 'Зоряна', 'Canaru', 'Kanar', 'КАНАРКА', '740111222', 'Strada Canar'];
const story = { words: 'КАНАРКА історія', files: [] };

beforeAll(async () => {
  u = await openUniverse();
  const ioana = await u.person('coordinator', 'Ioana Canaru');
  const andrei = await u.person('supervisor', 'Andrei Canaru');
  const admin = await u.person('admin', 'Ana Canaru');
  const mihai = await u.person('technician', 'Mihai Canaru', { coordinatorId: ioana.id, phone: '+40740111222' });
  const zoriana = await u.person('beneficiary', 'Зоряна Канарейко', { language: 'uk', phone: '+40740111222' });
  people = [ioana, andrei, admin, mihai, zoriana];
  const { id: caseId, number } = await u.case(zoriana, ioana, [mihai]);
  await u.lastResort(andrei, admin);
  await notesOf(ioana, mihai, caseId);
  await appointmentsOf(ioana, zoriana, caseId);
  await alertsOf(ioana, andrei, mihai, zoriana, caseId);
  await done(u.as(zoriana, sendMessage, { personId: zoriana.id, said: story }));
  await done(
    u.as(mihai, sendRequest, {
      askedBy: mihai.id,
      decidedBy: ioana.id,
      asked: 'close-alert',
      caseNumber: number,
      words: story.words,
    }),
  );
  await done(u.as(admin, setDuty, { personId: ioana.id, from: later(60), to: later(600), isSecond: false }));
  await done(u.as(admin, inviteStaff, { role: 'coordinator', name: 'Petru Kanar', language: 'ro' }));
  await done(
    u.as(ioana, openPerson, {
      name: 'Тарас Kanar',
      birthYear: '1970',
      language: 'uk',
      placeCode: 'AR-01',
      technicianIds: [],
      isOtherPerson: false,
    }),
  );
  await pressingMattersOf(ioana, caseId);
  await draftOf(mihai, caseId);
  await done(u.as('system', ringTest, {}));
  await digestOf(ioana, zoriana);
  u.clock.forward(60 * 24 * 20);
  for (const { id } of await u.world.store.invitations.find({ state: 'open' }))
    await u.as('system', expireInvitation, { invitationId: id });
}, 120_000);
afterAll(() => u.close());

const later = (minutes: number) => new Date(u.clock.wall().getTime() + minutes * 60_000);

async function done<R>(outcome: Promise<Outcome<R>>): Promise<R> {
  const what = await outcome;
  if (what.is !== 'done') throw new Error(`refused: ${what.phrase.key}`);
  return what.result;
}

async function notesOf(ioana: Person, mihai: Person, caseId: CaseId): Promise<void> {
  const text = {
    visitedAt: u.clock.wall(),
    present: 'withFamily' as const,
    observed: story,
    opinion: story,
    next: story,
  };
  const write = () => done(u.as(mihai, submitNote, { kind: 'visit', caseId, ...text }));
  await write();
  const validated = await write();
  await done(u.as(ioana, validateNote, { noteId: validated.id, asOf: validated.version, addition: '' }));
  const returned = await write();
  await done(u.as(ioana, returnNote, { noteId: returned.id, asOf: returned.version, comment: story.words }));
}

async function alertsOf(ioana: Person, andrei: Person, mihai: Person, zoriana: Person, caseId: CaseId): Promise<void> {
  u.clock.forward(10);
  for (const level of ['life', 'abuse', 'urgent'] as const)
    await done(u.as(mihai, raiseAlert, { caseId, level, observed: story }));
  const [first] = await u.world.store.alerts.find({ level: 'abuse' });
  await done(u.as(ioana, takeAlert, { alertId: first?.id as never }));
  await done(u.as(ioana, handOverAlert, { alertId: first?.id as never, to: andrei.id }));
  await done(u.as(zoriana, askForHelp, { personId: zoriana.id, level: 'life', origin: 'help', observed: story }));
}

async function appointmentsOf(ioana: Person, zoriana: Person, caseId: CaseId): Promise<void> {
  const place = { at: 'elsewhere' as const, words: 'Strada Canar 1' };
  const book = async (minutes: number) =>
    done(
      u.as(ioana, bookAppointment, {
        caseId,
        startsAt: later(minutes),
        place,
        bring: story.words,
        hasInterpreter: true,
      }),
    );
  const met = await book(60);
  await u.fastForward(5 * 60);
  const given = await done(u.as(zoriana, giveFeedback, { appointmentId: met.id as AppointmentId, score: 1 }));
  await done(u.as(zoriana, addToFeedback, { feedbackId: given?.id as never, said: story }));
  await book(60 * 2);
  const moved = await book(60 * 26);
  await done(u.as(zoriana, askToMove, { appointmentId: moved.id, wish: story }));
  await done(u.as(zoriana, askForAppointment, { personId: zoriana.id, wish: story }));
}

/** A foreign case that could not wait, and somebody who wants to be erased. */
async function pressingMattersOf(ioana: Person, caseId: CaseId): Promise<void> {
  const dana = await u.person('coordinator', 'Dana Canaru');
  await done(u.as(dana, breakGlass, { caseId, reason: story.words }));
  const leaving = await u.person('beneficiary', 'Леся Канарейко', { language: 'uk' });
  await u.case(leaving, ioana, []);
  await done(u.as(ioana, askForErasure, { personId: leaving.id, reason: story.words }));
}

/** What waited in an outage was folded into one. */
async function digestOf(...of: Person[]): Promise<void> {
  const rows = await u.world.store.outbox.find({ personId: { $in: of.map(({ id }) => id) }, method: 'send' });
  for (const { id } of rows)
    await u.world.store.outbox.change(id, {}, { state: 'refused', outcome: 'folded', foldedInto: 'a-digest' });
}

async function draftOf({ id, accounts }: Person, caseId: CaseId): Promise<void> {
  const now = u.clock.wall();
  await u.world.store.conversations.insert({
    id: `telegram:${accounts[0]?.key}`,
    version: 0,
    personId: id,
    form: {
      name: 'visit-report',
      run: 'a-draft',
      field: 'observed',
      answers: { case: caseId, when: now.toISOString() },
      isPlayback: false,
      isChanging: false,
      startedAt: now,
      touchedAt: now,
    },
    drafts: [],
    misses: 0,
    hasStopped: false,
    fence: 0,
    touchedAt: now,
  });
}

/** Every id a card may be about. */
async function subjects(): Promise<string[]> {
  const { alerts, notes, appointments, feedback, messages, requests, invitations } = u.world.store;
  const { duty, testRings, brokenGlass, erasures } = u.world.store;
  const all = [alerts, notes, appointments, feedback, messages, requests, invitations, duty, testRings];
  const ids: string[] = [];
  for (const store of [...all, brokenGlass, erasures]) ids.push(...(await store.find({})).map(({ id }) => id));
  return [...ids, 'a-draft', 'a-digest', ...people.map(({ id }) => id)];
}

/** What is seen without opening: the preview of each chat, in each language. */
async function previews(message: Message, { accounts }: Person): Promise<string[]> {
  const seen: string[] = [];
  for (const language of languages) {
    const to = { language, account: accounts[0]?.key ?? '', epoch: 1, now: u.clock.wall(), isMarked: false };
    const [part] = renderTelegram(message, to, u.world.seal, 30).parts;
    const [{ text, blocks }] = renderSlack(message, to, u.world.seal, 30);
    seen.push(part?.text.split('\n')[0] ?? '', text, JSON.stringify(blocks[0] ?? ''));
  }
  return seen;
}

const holds = (preview: string) => canaries.filter((canary) => preview.toLowerCase().includes(canary.toLowerCase()));

/** Words that tell somebody who holds the phone too much, or frighten. "112" in danger is the one exception: it stands first. */
const tooMuch =
  /violen|abuz|abus|насил|домаган|суїцид|suicid|pericol|danger|небезпе|загроз|poliți|поліц|police|сигнал|alert|traffic|trafic|торгівл|скарг|plâng|complain/i;
const call112 = languages.map((language) => say(phrase('emergency:call112'), language));

describe('a locked screen', () => {
  it('shows no name and no story on any card, in three languages and two chats; a beneficiary reads nothing that frightens (S9)', async () => {
    const faults: string[] = [];
    const drawn = new Set<string>();
    const settings = await u.world.settings();
    const ids = await subjects();
    for (const name of Object.keys(cards) as CardName[])
      for (const viewer of people)
        for (const subject of ids) {
          const view = {
            store: u.world.store,
            settings,
            now: u.clock.wall(),
            viewer,
            isNewest: true,
            channel: 'slack' as const,
          };
          const message = await cards[name](subject, view).catch(() => undefined);
          if (!message) continue;
          drawn.add(name);
          for (const preview of await previews(message, viewer)) {
            for (const canary of holds(preview)) faults.push(`${name}: ${canary} in ${preview}`);
            const isRead112 = call112.some((line) => preview.includes(line));
            if (viewer.role === 'beneficiary' && tooMuch.test(preview) && !isRead112)
              faults.push(`${name}: ${preview}`);
          }
        }
    expect([...new Set(faults)]).toEqual([]);
    expect(Object.keys(cards).filter((name) => !drawn.has(name))).toEqual([]);
  }, 120_000);

  it('shows none in whatever was put into the outbox on the way here (S9)', async () => {
    const rows = await u.world.store.outbox.find({ method: 'send' });
    const faults: string[] = [];
    for (const { message, personId } of rows) {
      const viewer = people.find(({ id }) => id === personId);
      if (!message || !viewer) continue;
      for (const preview of await previews(message as Message, viewer))
        for (const canary of holds(preview)) faults.push(`${canary} in ${preview}`);
    }
    expect(rows.length).toBeGreaterThan(20);
    expect(faults).toEqual([]);
  });
});

/** What a first line may be made of: numbers, codes of places and cases, times. */
const harmless = new Set([
  'number',
  'placeCode',
  'caseRef',
  'place',
  'time',
  'day',
  'when',
  'waiting',
  'minutes',
  'total',
  'count',
]);
const root = join(import.meta.dirname, '..', '..');

function texts(language: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(join(root, 'locales', language))) {
    const entries: [string, string][] = Object.entries(
      JSON.parse(readFileSync(join(root, 'locales', language, file), 'utf8')),
    );
    for (const [key, text] of entries) found.set(`${file.replace('.json', '')}:${key}`, text);
  }
  return found;
}

/** Phrases of files that send what nobody asked for; buttons and second lines aside. */
function sentUnasked(): string[] {
  const files = ['core', 'jobs', 'bots/dialogue'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
  );
  const sources = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .filter((source) => /do: 'tell/.test(source));
  const keys = sources.flatMap((source) => [...source.matchAll(/'([a-z-]+:[\w.]+)'/g)].map(([, key]) => key ?? ''));
  return [...new Set(keys)].filter((key) => !/:(button|wide)\./.test(key) && !secondLines.includes(key));
}

/** Below a neutral first line. */
const secondLines = ['write:answer', 'general:filesOnly', 'general:wordsAndFiles'];

describe('a text that comes unasked', () => {
  it.each(languages)('has a first line of numbers, codes and times only, in %s (S9)', (language) => {
    const all = texts(language);
    const notices = [...all.keys()].filter((key) => /:notice\./.test(key));
    const faults = [...new Set([...notices, ...sentUnasked()])].flatMap((key) => {
      const [first = ''] = (all.get(key) ?? '').split('\n');
      const told = [...first.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
      return told.filter((name) => !harmless.has(name)).map((name) => `${key}: ${name}`);
    });
    expect(notices.length).toBeGreaterThan(80);
    expect(faults).toEqual([]);
  });
});
