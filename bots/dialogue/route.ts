import type { Action } from '#core/actions.ts';
import { isStopRequest } from '#core/language/intents.ts';
import { phrase } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { codeTyped } from '../screens/enter.ts';
import { filesWithoutForm, placeInWords, placeWithoutForm } from '../screens/files.ts';
import { freeText } from '../screens/free-text.ts';
import { handlers } from '../screens/handlers.ts';
import { dangerIn, help } from '../screens/help.ts';
import { homeScreen, refreshHome } from '../screens/home.ts';
import { menuAction } from '../screens/menu.ts';
import { begin } from '../screens/start.ts';
import { answerWithFiles, answerWithText, openQuestion, submitModal } from './answer-form.ts';
import { putAside } from './fill-form.ts';
import type { Incoming } from './incoming.ts';
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
      return text(turn, {
        ...incoming,
        kind: 'text',
        text: incoming.phone,
        isEdited: false,
        isForwarded: false,
        message: { chatId: '', messageId: '' },
      });
    case 'form':
      return submitModal(turn, incoming);
    case 'home':
      return refreshHome(turn);
    case 'command':
      return command(turn, incoming);
    case 'shortcut':
      return { open: { form: 'visit-report', answers: { observed: { words: incoming.text, files: [] } } } };
    case 'sticker':
      return sayLines(phrase('errors:sticker'));
    case 'place':
      return place(turn, incoming);
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
  turn.account.address = chatId;
  return sayLines(phrase('errors:group'));
}

/** A typed text: the exact words of a button, then danger, then the open question, then free text. */
async function text(turn: Turn, incoming: Extract<Incoming, { kind: 'text' }>): Promise<Answer> {
  const action = incoming.isEdited ? undefined : menuAction(incoming.text);
  if (action) return fromMenu(turn, action);
  const danger = dangerIn(turn, incoming.text);
  if (danger) return help(turn, danger, incoming.text);
  const open = openQuestion(turn);
  if (open && !incoming.isEdited)
    return isElsewhere(turn, incoming.text) ? besideForm(turn, incoming) : answerWithText(turn, open, incoming.text);
  const code = await codeTyped(turn, incoming.text);
  return code ? begin(turn, code) : freeText(turn, incoming);
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
  if (!wasKept) return answer;
  return { ...answer, say: [{ lines: [phrase('general:draftKept')] }, ...(answer.say ?? [])] };
}

async function files(turn: Turn, incoming: Extract<Incoming, { kind: 'files' }>): Promise<Answer> {
  const danger = incoming.caption ? dangerIn(turn, incoming.caption) : undefined;
  if (danger) return help(turn, danger, incoming.caption);
  const open = openQuestion(turn);
  const answer = open && (await answerWithFiles(turn, open, incoming.files, incoming.caption));
  return answer ?? filesWithoutForm(turn, incoming);
}

/** A place answers a question that takes words and files; else it is told to those who help, or kept. */
async function place(turn: Turn, incoming: Extract<Incoming, { kind: 'place' }>): Promise<Answer> {
  const open = openQuestion(turn);
  const takesPlace = open?.field.kind === 'words' && open.field.mayHaveFiles;
  return open && takesPlace ? answerWithText(turn, open, placeInWords(incoming)) : placeWithoutForm(turn, incoming);
}

/** A pressed button. Forged ones change nothing and show the home; old ones show the state as it is now. */
async function button(turn: Turn, { token }: Extract<Incoming, { kind: 'button' }>): Promise<Answer> {
  const read = turn.openButton(token);
  if (read.is === 'forged') return { toast: phrase('errors:staleButton'), ...(await homeScreen(turn)) };
  const { action, epoch, ...press } = read.token;
  if (epoch !== (turn.person?.epoch ?? 0) && action !== 'language.set')
    return { toast: phrase('errors:staleButton'), ...(await homeScreen(turn)) };
  return handlers[action](turn, press);
}

async function command(
  turn: Turn,
  { command: name, text: words }: Extract<Incoming, { kind: 'command' }>,
): Promise<Answer> {
  if (name === '/caz') return { open: { form: 'find-case', answers: words ? { name: { words, files: [] } } : {} } };
  if (name === '/garda') return handlers['duty.show'](turn, { subject: '', version: 0, value: 0 });
  return homeScreen(turn);
}
