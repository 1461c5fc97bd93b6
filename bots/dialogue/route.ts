import type { Action } from '#core/actions.ts';
import { isStopRequest } from '#core/language/intents.ts';
import { type Phrase, phrase } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { minutesBetween } from '#core/time.ts';
import { codeTyped } from '../screens/enter.ts';
import { filesWithoutForm, placeInWords, placeWithoutForm } from '../screens/files.ts';
import { freeText } from '../screens/free-text.ts';
import { handlers } from '../screens/handlers.ts';
import { dangerIn, help } from '../screens/help.ts';
import { homeScreen, refreshHome } from '../screens/home.ts';
import { menuAction } from '../screens/menu.ts';
import { begin } from '../screens/start.ts';
import { answerWithFiles, answerWithText, askAgain, openQuestion } from './answer-form.ts';
import { keepFiles } from './files.ts';
import { putAside } from './fill-form.ts';
import { homeButton } from './home-button.ts';
import type { Incoming } from './incoming.ts';
import { joinLate } from './late-answer.ts';
import { alertForms } from './park.ts';
import { correctAnswer, restOfLongText } from './same-answer.ts';
import { isBlank } from './same-text.ts';
import { submitModal } from './submit-modal.ts';
import { type Answer, sayLines, type Turn } from './turn.ts';

/** What an incoming thing means here: a screen, a form step, or "not understood". Danger words come before everything else. */
export async function route(turn: Turn): Promise<Answer> {
  const { incoming } = turn;
  switch (incoming.kind) {
    case 'start':
      putAside(turn);
      return begin(turn, incoming.code);
    case 'text':
      return text(turn, incoming);
    case 'button':
      return button(turn, incoming);
    case 'files':
      return files(turn, incoming);
    case 'contact':
      return withoutOldForm(turn, () => contact(turn, incoming));
    case 'form':
      return submitModal(turn, incoming);
    case 'home':
      return refreshHome(turn);
    case 'command':
      return command(turn, incoming);
    case 'shortcut':
      return shortcut(turn, incoming);
    case 'sticker':
      return sayLines(phrase('errors:sticker'));
    case 'place':
      return withoutOldForm(turn, () => place(turn, incoming));
    case 'unsupported':
      return sayLines(phrase('errors:unsupported'));
    case 'elsewhere':
      return incoming.isAddressed ? elsewhere(turn, incoming.chatId) : {};
    default:
      return {};
  }
}

/** In a group nothing personal is said; the answer goes to the group, not to the person. */
function elsewhere(turn: Turn, chatId: string): Answer {
  const { personId: _, ...account } = turn.account;
  turn.account = { ...account, key: chatId, address: chatId };
  return sayLines(phrase('errors:group'));
}

/** A typed text: the exact words of a button, then danger, then the open question, then free text. */
async function text(turn: Turn, incoming: Extract<Incoming, { kind: 'text' }>): Promise<Answer> {
  const action = incoming.isEdited ? undefined : menuAction(incoming.text);
  if (action) return fromMenu(turn, action);
  const danger = dangerIn(turn, incoming.text);
  if (danger) return inDanger(turn, danger, incoming.text);
  return withoutOldForm(turn, () => plainText(turn, incoming));
}

async function plainText(turn: Turn, incoming: Extract<Incoming, { kind: 'text' }>): Promise<Answer> {
  const rest = incoming.isEdited ? await correctAnswer(turn, incoming.text) : await restOfLongText(turn, incoming.text);
  if (rest) return rest;
  if (isBlank(incoming.text)) return notThat(turn, phrase('errors:empty'));
  if (isUnknownCommand(turn, incoming.text)) return notThat(turn, phrase('errors:missOne'));
  const open = openQuestion(turn);
  if (open && !incoming.isEdited && isElsewhere(turn, incoming.text)) return besideForm(turn, incoming);
  const late = incoming.isEdited ? undefined : await joinLate(turn, incoming.text);
  if (late) return late;
  if (open && !incoming.isEdited) return answerWithText(turn, open, incoming.text);
  const code = await codeTyped(turn, incoming.text);
  return code ? begin(turn, code) : freeText(turn, incoming);
}

/** What comes days after a question is no answer to it any more: the form waits among the drafts, and what came is read as if none were open. */
async function withoutOldForm(turn: Turn, read: () => Promise<Answer>): Promise<Answer> {
  const { form } = turn.conversation;
  const isOld = form && minutesBetween(form.touchedAt, turn.now) >= turn.settings.forms.expireHours * 60;
  return isOld && putAside(turn) ? draftKept(await read()) : read();
}

const draftKept = (answer: Answer): Answer => ({
  ...answer,
  say: [{ lines: [phrase('general:draftKept')] }, ...(answer.say ?? [])],
});

/** What comes after a danger word is no answer to a form on something else. */
function inDanger(turn: Turn, danger: Parameters<typeof help>[1], words: string): Promise<Answer> {
  if (!alertForms.includes(turn.conversation.form?.name ?? '')) putAside(turn);
  return help(turn, danger, words);
}

const isUnknownCommand = ({ incoming }: Turn, said: string): boolean =>
  incoming.channel === 'telegram' && /^\/\w{1,32}(?:@\w+)?$/.test(said.trim());

/** What is no words at all: said, and the question that is open, or the home, once more below. */
async function notThat(turn: Turn, why: Phrase): Promise<Answer> {
  const open = openQuestion(turn);
  if (open) return askAgain(turn, open, why);
  const home = await homeScreen(turn);
  const [first, ...others] = home.say ?? [{ lines: [], buttons: [[homeButton]] }];
  return { ...home, say: [{ ...first, lines: [why, ...(first?.lines ?? [])] }, ...others] };
}

/** A card of an address book: a number where one is asked, else words with its name that a human reads. */
async function contact(turn: Turn, incoming: Extract<Incoming, { kind: 'contact' }>): Promise<Answer> {
  const { phone, isOwn, of = '' } = incoming;
  const open = openQuestion(turn);
  if (open?.field.kind === 'phone') return answerWithText(turn, open, phone);
  const words = isOwn ? phone : [of, phone].filter(Boolean).join(' · ');
  if (open?.field.kind === 'words') return answerWithText(turn, open, words);
  const message = { chatId: '', messageId: '' };
  return freeText(turn, { ...incoming, kind: 'text', text: words, isEdited: false, isForwarded: true, message });
}

/** "Stop" is never swallowed as an answer (`experience.md` 2); staff write reports in which such words are reported. */
const isElsewhere = ({ person }: Turn, text: string): boolean =>
  !(person && isStaff(person.role)) && isStopRequest(text);

async function besideForm(turn: Turn, incoming: Extract<Incoming, { kind: 'text' }>): Promise<Answer> {
  const wasKept = putAside(turn);
  const answer = await freeText(turn, incoming);
  return wasKept ? { ...answer, say: [{ lines: [phrase('errors:formElsewhere')] }, ...(answer.say ?? [])] } : answer;
}

/** A word of the menu in the middle of a form puts the form aside and keeps what was written. */
async function fromMenu(turn: Turn, action: Action): Promise<Answer> {
  const wasKept = putAside(turn);
  const answer = await handlers[action](turn, { subject: '', version: 0, value: 0 });
  return wasKept ? draftKept(answer) : answer;
}

async function files(turn: Turn, incoming: Extract<Incoming, { kind: 'files' }>): Promise<Answer> {
  const danger = incoming.caption ? dangerIn(turn, incoming.caption) : undefined;
  if (danger) return inDanger(turn, danger, incoming.caption);
  const fit = incoming.files.filter(({ size = 0 }) => size <= mostBytes);
  if (fit.length < incoming.files.length) return tooBig(turn, { ...incoming, files: fit });
  return oncePerAlbum(turn, incoming, await withoutOldForm(turn, () => someFiles(turn, incoming)));
}

async function someFiles(turn: Turn, incoming: Extract<Incoming, { kind: 'files' }>): Promise<Answer> {
  const late = await joinLate(turn, incoming.caption, incoming.files);
  if (late) return late;
  const open = openQuestion(turn);
  const answer = open && (await answerWithFiles(turn, open, incoming.files, incoming.caption));
  return answer ?? filesWithoutForm(turn, incoming);
}

/** The pictures of an album come one by one and are answered once; the whole of a form is shown as it grows. */
function oncePerAlbum(
  { conversation }: Turn,
  { albumId }: Extract<Incoming, { kind: 'files' }>,
  answer: Answer,
): Answer {
  const isRest = albumId !== undefined && conversation.album === albumId;
  if (albumId) conversation.album = albumId;
  if (!isRest || conversation.form?.isPlayback) return answer;
  const { say: _, ...rest } = answer;
  return rest;
}

const captionAlone = (turn: Turn, incoming: Extract<Incoming, { kind: 'files' }>): Promise<Answer> =>
  text(turn, { ...incoming, kind: 'text', text: incoming.caption, isEdited: false, isForwarded: false });

/** What a chat gives a bot, and what is kept, at most. */
const mostBytes = 20 * 1024 * 1024;

/** A file that is too big is told at once; what came with it, words or files, goes its way. */
async function tooBig(turn: Turn, incoming: Extract<Incoming, { kind: 'files' }>): Promise<Answer> {
  const why = phrase('errors:fileTooBig');
  if (incoming.files.length === 0 && !incoming.caption) return notThat(turn, why);
  const answer = incoming.files.length > 0 ? await files(turn, incoming) : await captionAlone(turn, incoming);
  const [first = { lines: [] }, ...others] = answer.say ?? [];
  return { ...answer, say: [{ ...first, lines: [why, ...first.lines] }, ...others] };
}

/** A place answers a question that takes words and files; else it is told to those who help, or kept. */
async function place(turn: Turn, incoming: Extract<Incoming, { kind: 'place' }>): Promise<Answer> {
  const late = await joinLate(turn, placeInWords(incoming));
  if (late) return late;
  const open = openQuestion(turn);
  const takesPlace = open?.field.kind === 'words' && open.field.mayHaveFiles;
  return open && takesPlace ? answerWithText(turn, open, placeInWords(incoming)) : placeWithoutForm(turn, incoming);
}

/** A pressed button. Forged ones change nothing; old ones neither, but for "I take it over" (`delivery.md` 5): the home shows how things are now. */
async function button(turn: Turn, { token }: Extract<Incoming, { kind: 'button' }>): Promise<Answer> {
  const read = turn.openButton(token);
  if (read.is === 'forged') return { toast: phrase('errors:staleButton'), ...(await homeScreen(turn)) };
  const { action, epoch, ...press } = read.token;
  const isCut = epoch !== (turn.person?.epoch ?? 0) && action !== 'language.set';
  const isTooOld = read.is === 'old' && action !== 'alert.take';
  if (isCut || isTooOld) return { toast: phrase('errors:staleButton'), ...(await homeScreen(turn)) };
  return handlers[action](turn, press);
}

async function command(
  turn: Turn,
  { command: name, text: words }: Extract<Incoming, { kind: 'command' }>,
): Promise<Answer> {
  if (!turn.person) return begin(turn, undefined);
  if (name === '/caz') return { open: { form: 'find-case', answers: words ? { name: { words, files: [] } } : {} } };
  if (name === '/garda') return handlers['duty.show'](turn, { subject: '', version: 0, value: 0 });
  return homeScreen(turn);
}

/** "Make a case note" of a message: its words and files are the first answer, unless it has none. */
async function shortcut(
  turn: Turn,
  { text: words, files: sent = [] }: Extract<Incoming, { kind: 'shortcut' }>,
): Promise<Answer> {
  if (!turn.person) return begin(turn, undefined);
  if (!words && sent.length === 0) return { open: { form: 'visit-report' } };
  return { open: { form: 'visit-report', answers: { observed: { words, files: await keepFiles(turn, sent) } } } };
}
