import type { Action } from '#core/actions.ts';
import type { Conversation } from '#core/conversations/conversation-store.ts';
import { type Destination, newRow } from '#core/delivery/carry-out.ts';
import { lanes, type OutboxRow } from '#core/delivery/outbox.ts';
import { abilityFor, execute, type Step } from '#core/execute.ts';
import type { Message } from '#core/message.ts';
import type { Modal } from '#core/modal.ts';
import { askerFor, stranger } from '#core/people/actor.ts';
import type { Person } from '#core/people/person.ts';
import { type Language, type Phrase, phrase } from '#core/phrase.ts';
import { handlers } from '../screens/handlers.ts';
import { codesOf, readButton } from './buttons.ts';
import { isAskedAlready, openForm } from './fill-form.ts';
import type { Incoming } from './incoming.ts';
import { freshTalk, hasGroupRoom, heldByPace, withFilesLater } from './pace.ts';
import { proveArrival } from './prove-arrival.ts';
import { route } from './route.ts';
import { sayTogether } from './say-together.ts';
import type { Answer, Turn } from './turn.ts';

/** What the worker may do best effort after the commit: a toast. */
export type After = { toast?: { text: Answer['toast']; language: Language } };

/** The one entrance of both channels: who wrote, where the talk stands, what to answer; all inside the step of the item. */
export async function handle(step: Step, incoming: Incoming, receivedAt?: Date): Promise<After> {
  if (incoming.kind === 'ignored' || (incoming.kind === 'elsewhere' && !incoming.isAddressed)) return {};
  if (incoming.kind === 'elsewhere' && !(await hasGroupRoom(step, incoming))) return {};
  const { deps, tray } = step;
  const { conversation, isNew } = await conversationOf(step, incoming);
  const person = await personOf(step, incoming);
  const before = JSON.stringify(conversation);
  const wasAsked = questionIn(conversation);
  if (person) conversation.personId = person.id;
  const actor = person ? await askerFor(person, deps) : stranger;
  const language = person?.language ?? conversation.language ?? guess(incoming);
  const turn: Turn = {
    ...deps,
    incoming,
    receivedAt,
    account: {
      channel: incoming.channel,
      ...incoming.account,
      language,
      epoch: person?.epoch ?? 0,
      ...(person ? { personId: person.id } : {}),
    },
    person,
    actor,
    ability: abilityFor(actor, tray),
    language,
    conversation,
    execute: (useCase, input) => execute(step, useCase, { actor: turn.actor, input }),
    openButton: (token) =>
      readButton(token, `${incoming.channel}:${incoming.account.key}`, deps.now, step.seal, knownActions()),
    also: (reaction) => void tray.reactions.push(reaction),
  };
  if (incoming.kind === 'button' && conversation.hasUnsure) await proveArrival(turn, incoming);
  const answer = (await heldByPace(turn)) ?? withFilesLater(turn, await answerTo(turn));
  const rows = step.tray.rows.length;
  const last = put(answer, turn, step);
  await markShown(step.tray.rows.slice(rows), turn, step);
  if (answer.together) await sayTogether(answer.together, turn, { ...turn.account, language: turn.language }, step);
  if (conversation.form && last && questionIn(conversation) !== wasAsked) conversation.form.askedIn = last.id;
  if (isNew) await deps.store.conversations.insert({ ...conversation, touchedAt: deps.now });
  else if (JSON.stringify(conversation) !== before)
    await deps.store.conversations.save({ ...conversation, touchedAt: deps.now });
  return answer.toast && !isSaidToo(answer, turn) ? { toast: { text: answer.toast, language: turn.language } } : {};
}

/** In Slack a toast is a message too: one that only repeats what the answer says is one too many. */
const isSaidToo = ({ toast, say = [] }: Answer, { incoming }: Turn): boolean =>
  incoming.channel === 'slack' &&
  (say.some(({ lines }) => lines.some((line) => JSON.stringify(line) === JSON.stringify(toast))) ||
    (say.length > 0 && toast?.key === 'general:noted'));

/** An answer that opens a form goes through the form's own first question. */
async function answerTo(turn: Turn): Promise<Answer> {
  const answer = await route(turn);
  if (!answer.open) return answer;
  const { open, ...rest } = answer;
  if (isAskedAlready(turn, open)) return withoutAsking(rest);
  const opened = below(open.why, await openForm(turn, open.form, open.answers));
  return { ...rest, ...opened, say: [...(rest.say ?? []), ...(opened.say ?? [])] };
}

/** What was not right stands above the question, or at the top of the window. */
function below(why: Phrase | undefined, { modal, say = [], ...rest }: Answer): Answer {
  if (!why) return { ...rest, say, ...(modal ? { modal } : {}) };
  if (modal?.is === 'form') return { ...rest, say, modal: { ...modal, why } };
  const [first = { lines: [] }, ...others] = say;
  return { ...rest, say: [{ ...first, lines: [why, ...first.lines] }, ...others] };
}

/** A double tap asks nothing twice. */
const withoutAsking = ({ say: _, ...rest }: Answer): Answer => ({ ...rest, toast: phrase('general:toast.asked') });

async function conversationOf(
  { deps }: Step,
  { lane }: Incoming,
): Promise<{ conversation: Conversation; isNew: boolean }> {
  const known = await deps.store.conversations.of(lane);
  return { conversation: known ?? freshTalk(lane, deps.now), isNew: !known };
}

/** The person of the account; an account that was marked dead and speaks again is alive. A word in a group says nothing of that. */
async function personOf({ deps }: Step, incoming: Incoming): Promise<Person | undefined> {
  const person = await deps.store.people.withAccount(incoming.channel, incoming.account.key);
  if (!person || person.status === 'left') return undefined;
  const account = person.accounts.find(
    ({ channel, key }) => channel === incoming.channel && key === incoming.account.key,
  );
  const isDead = incoming.kind === 'blocked';
  if (!account || account.isDead === isDead || incoming.kind === 'elsewhere') return person;
  return deps.store.people.save({
    ...person,
    accounts: person.accounts.map((one) => (one === account ? { ...one, isDead } : one)),
  });
}

/** A first guess from the app's language; buttons decide. */
const guess = ({ languageCode, channel }: Incoming): Language => {
  if (languageCode?.startsWith('ro')) return 'ro';
  if (languageCode?.startsWith('en') && channel === 'telegram') return 'en';
  return channel === 'slack' ? 'ro' : 'uk';
};

/** Puts the answer into the outbox of the step, to the account that spoke; gives the last message. */
function put(answer: Answer, turn: Turn, { tray, deps }: Step): OutboxRow | undefined {
  const to: Destination = { ...turn.account, language: turn.language };
  const lane = answer.lane ?? 'waiting';
  const later: Message[] = [...(answer.say ?? [])];
  if (answer.instead) replace(answer.instead, turn, to, { tray, deps } as Step, later);
  const modal = answer.modal ?? readingIn(answer, turn, later);
  if (modal) fillModal(modal, turn, to, { tray, deps } as Step, later);
  else if (answer.show) later.unshift(answer.show.message);
  if (modal && answer.show?.message.files?.length)
    later.push({ lines: [answer.show.title], files: answer.show.message.files, isProtected: true });
  if (answer.home) tray.rows.push({ ...newRow(deps, to, 'waiting', { message: answer.home }), method: 'home' });
  const rows = later.map((message) => newRow(deps, to, lane, { message }));
  tray.rows.push(...rows);
  return rows.at(-1);
}

/** What is shown of a foreign case by an urgent access is known by it: it is taken back when that ends. */
async function markShown(rows: OutboxRow[], { person, now }: Turn, { tray, deps }: Step): Promise<void> {
  const { glassCase } = tray;
  const glass = glassCase && person && (await deps.store.brokenGlass.openOf(person.id, glassCase, now));
  if (glass) for (const row of rows) row.glassId = glass.id;
}

/** Which question is open, and of which filling-in; a play-back is one, too. */
const questionIn = ({ form }: Conversation): string | undefined =>
  form && `${form.run} ${form.field} ${form.isPlayback}`;

/** Something to read goes into the view that the tap opened; so does a plain answer, or that view would say "one moment" for ever. */
function readingIn(
  { show, toast }: Answer,
  { incoming }: Turn,
  later: Message[],
): Extract<Modal, { is: 'reading' }> | undefined {
  if (incoming.channel !== 'slack') return undefined;
  if (show) return { is: 'reading', ...show };
  if (!('view' in incoming) || !incoming.view) return undefined;
  const said = later.shift() ?? { lines: [toast ?? phrase('general:noted')] };
  return { is: 'reading', title: phrase('start:profile.name'), message: said };
}

/** Edits the message whose button was pressed; in a modal or home there is none, then it is said. */
function replace(message: Message, turn: Turn, to: Destination, { tray, deps }: Step, later: Message[]): void {
  const at = turn.incoming.kind === 'button' ? turn.incoming.message : undefined;
  if (!at) return void later.unshift(message);
  tray.rows.push({
    ...newRow(deps, to, 'waiting', { message }),
    method: 'edit',
    messageId: at.messageId,
    chatId: at.chatId,
  });
}

/** Fills the view that the tap opened; without one, a button is sent that opens it. */
function fillModal(
  modal: NonNullable<Answer['modal']>,
  turn: Turn,
  to: Destination,
  { tray, deps }: Step,
  later: Message[],
): void {
  const view = 'view' in turn.incoming ? turn.incoming.view : undefined;
  if (view) {
    tray.rows.push({
      ...newRow(deps, to, 'waiting', { message: { lines: [] } }),
      message: undefined,
      method: 'modal',
      modal,
      view,
      lane: lanes.indexOf('urgent'),
    });
    return;
  }
  if (modal.is === 'reading') return void later.unshift(modal.message);
  later.unshift({
    lines: modal.why ? [modal.why] : [modal.title],
    buttons: [
      [
        {
          label: phrase('slack:button.openForm'),
          action: 'form.resume',
          subject: modal.run,
          style: 'primary',
          opensForm: true,
        },
      ],
    ],
  });
}

let codes: ReadonlyMap<string, Action> | undefined;
const knownActions = () => (codes ??= codesOf(Object.keys(handlers) as Action[]));
