import type { FormName } from '#bots/dialogue/form.ts';
import { forms } from '#bots/screens/forms.ts';
import type { Conversation, OpenForm } from '#core/conversations/conversation-store.ts';
import type { Person } from '#core/people/person.ts';
import { isStaff } from '#core/roles.ts';
import type { Got, MailboxTalk, Pressable } from './mailbox-talk.ts';
import type { Universe } from './universe.ts';

/** What somebody did in one act: said, pressed, waited; and what they got for it. */
export type Done = { words?: string; isEdit?: boolean; pressed?: Pressable; waited?: number; got?: Got };

/** The talk and everything else that is stored of it, at one moment. */
export type Snapshot = { talk: Conversation | undefined; stored: string[] };

/** What is stored in the end, without ids and times. */
export type Effect = { stored: string[]; drafts: string[] };

type Played = { u: Universe; chat: MailboxTalk };

/** All that came of the talk, and the talk itself. */
export async function snapshot({ u, chat }: Played): Promise<Snapshot> {
  const { alerts, notes, messages, feedback, appointments, requests } = u.world.store;
  const stored = [
    ...(await alerts.find({})).map(({ level, origin, state, observed }) => ['alert', level, origin, state, observed]),
    ...(await notes.find({})).map(({ state, present, observed, opinion, next }) => [
      'note',
      state,
      present,
      observed,
      opinion,
      next,
    ]),
    ...(await messages.find({})).map(({ state, parts }) => ['message', state, parts]),
    ...(await feedback.find({})).map(({ score, said, wantsAnswer }) => ['feedback', score, said, wantsAnswer]),
    ...(await appointments.find({})).map((one) => ['appointment', one.state, one.wish]),
    ...(await requests.find({})).map(({ state }) => ['request', state]),
  ];
  return { talk: await chat.talk(), stored: stored.map((one) => JSON.stringify(one)).sort() };
}

export async function effectOf(played: Played): Promise<Effect> {
  const { talk, stored } = await snapshot(played);
  return {
    stored: stored.map(withoutIds).sort(),
    drafts: formsOf(talk).map(({ name, field, answers }) => withoutIds(JSON.stringify([name, field, answers]))),
  };
}

const withoutIds = (text: string): string =>
  text
    .replace(/[0-9a-f]{24}/g, '#')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '@')
    .replace(/telegram:\d+:[\w:]*?(?=:\d+")/g, '');

const formsOf = (talk: Conversation | undefined): OpenForm[] =>
  talk ? [...(talk.form ? [talk.form] : []), ...talk.drafts] : [];

type Where = { run: string; key: string };

/** The field of a form that holds these words. */
function heldIn(talk: Conversation | undefined, words: string): Where | undefined {
  for (const { run, answers } of formsOf(talk))
    for (const [key, answer] of Object.entries(answers))
      if (JSON.stringify(answer).includes(words)) return { run, key };
  return undefined;
}

/** The promises of a talk, to be checked after each act; throws with what was broken. */
export function promisesOf(person: Person): (done: Done, before: Snapshot, after: Snapshot) => void {
  /** Words that lie in a form which was not sent, by where they lie. */
  const kept = new Map<string, Where>();
  const thrownAway = new Set<string>();
  const left = new Set<string>();

  function noteWords({ words, isEdit }: Done, before: Snapshot, after: Snapshot): void {
    if (!words) return;
    const held = heldIn(after.talk, words);
    if (held) kept.set(words, held);
    else if (!isStored(after, words) && !wasNoAnswer(person, before, isEdit)) broken('these words are nowhere', words);
  }

  function keepsWords({ words, pressed }: Done, after: Snapshot): void {
    for (const [old, { run, key }] of kept) {
      const held = heldIn(after.talk, old);
      if (held) {
        kept.set(old, held);
        continue;
      }
      kept.delete(old);
      if (isStored(after, old)) continue;
      const open = formsOf(after.talk).find((form) => form.run === run);
      if (!open && pressed && isThrowing(pressed, run)) thrownAway.add(old);
      else if (!(open && words && heldIn(after.talk, words)?.key === key)) broken('written and gone', old);
    }
    for (const old of thrownAway) if (isStored(after, old)) broken('thrown away, yet stored', old);
  }

  function noteLeaving({ pressed }: Done, before: Snapshot): void {
    if (pressed?.action === 'form.leave' && before.talk?.form?.run === pressed.subject) left.add(pressed.subject ?? '');
    if (pressed?.action === 'form.resume') left.delete(pressed.subject ?? '');
  }

  return (done, before, after) => {
    if (done.got && !done.got.isAnswered) broken('no answer', done);
    noteLeaving(done, before);
    goesBack(done, before, after);
    noteWords(done, before, after);
    keepsWords(done, after);
    raisesWhatWasLeft(done, before, after, left);
    if (done.words?.includes('б’є') && !isStaff(person.role)) answersDanger(done, after);
  };
}

function broken(what: string, of: unknown): never {
  throw new Error(`${what}: ${JSON.stringify(of)}`);
}

const isStored = ({ stored }: Snapshot, words: string): boolean => stored.some((one) => one.includes(words));

const isThrowing = ({ action, subject, value }: Pressable, run: string): boolean =>
  action === 'form.resume' && subject === run && (value === 0 || value === 3);

/** Staff are told that what they typed is no choice and no hour; it is not kept. */
function wasNoAnswer({ role }: Person, { talk }: Snapshot, isEdit = false): boolean {
  const field = talk?.form && forms[talk.form.name as FormName].fields.find(({ key }) => key === talk.form?.field);
  return isStaff(role) && !isEdit && field !== undefined && field.kind !== 'words';
}

/** Back shows the earlier question; nothing that was answered is lost by it. */
function goesBack({ pressed }: Done, { talk: before }: Snapshot, { talk: after }: Snapshot): void {
  const form = before?.form;
  if (pressed?.action !== 'form.back' || !form || form.run !== pressed.subject) return;
  const { fields } = forms[form.name as FormName];
  const place = fields.findIndex(({ key }) => key === form.field);
  const earlier = fields.slice(0, place).findLast(({ key }) => form.answers[key] !== undefined);
  if (place !== pressed.version || !earlier) return;
  if (after?.form?.field !== earlier.key) broken('back leads elsewhere', [form.field, after?.form?.field]);
  if (JSON.stringify(after?.form?.answers) !== JSON.stringify(form.answers))
    broken('back lost an answer', form.answers);
}

/** A report on danger to life that was left is raised after three minutes, any other is asked about after ten (`experience.md` 3). */
function raisesWhatWasLeft({ waited = 0 }: Done, before: Snapshot, after: Snapshot, left: Set<string>): void {
  for (const { run, name, answers } of formsOf(before.talk)) {
    if (name !== 'raise-alert' || left.has(run) || answers.level === undefined) continue;
    const still = formsOf(after.talk).find((form) => form.run === run);
    if (answers.level === 'life' && waited >= 4) {
      if (still || !after.stored.some((one) => one.startsWith('["alert","life"')))
        broken('danger to life was not raised', answers);
    } else if (waited >= 12 && still && still.answers.recalled === undefined) broken('nobody asked about it', answers);
  }
}

/** 112 comes first, and the alert holds the words. */
function answersDanger({ words = '', got }: Done, after: Snapshot): void {
  if (got?.messages[0]?.lines[0]?.key !== 'emergency:call112') broken('112 does not come first', words);
  if (!after.stored.some((one) => one.startsWith('["alert"') && one.includes(words)))
    broken('no alert holds it', words);
}
