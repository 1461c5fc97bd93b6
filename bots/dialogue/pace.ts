import type { Conversation, InputPace } from '#core/conversations/conversation-store.ts';
import type { Step } from '#core/execute.ts';
import { phrase } from '#core/phrase.ts';
import { laneOfAccount } from '#core/seal.ts';
import { addMinutes } from '#core/time.ts';
import { isOfStaff, keep } from '../screens/keeping.ts';
import { openAlertOf } from '../screens/open-alert.ts';
import { stash } from '../screens/stash.ts';
import { keepFiles } from './files.ts';
import type { Incoming } from './incoming.ts';
import { alertForms } from './park.ts';
import type { Answer, Turn } from './turn.ts';
import { isDangerAction, speaksOfDanger, wordsOf } from './words-of.ts';

const counted: readonly Incoming['kind'][] = [
  ...(['text', 'start', 'button', 'files', 'place', 'contact', 'sticker', 'unsupported'] as const),
  ...(['form', 'command', 'shortcut'] as const),
];

/**
 * Counts what somebody sends in the talk that is saved with the step anyway, so that it is right with any number of processes. Over the limit it is
 * said once a minute, and the words are kept for a person to read. What may be about danger is never held up (`delivery.md` 7).
 */
export async function heldByPace(turn: Turn): Promise<Answer | undefined> {
  const { conversation, incoming, now, settings } = turn;
  if (!counted.includes(incoming.kind)) return undefined;
  const pace = countIn(conversation, now);
  pace.inputs += 1;
  if (pace.inputs <= settings.limits.inputsPerMinute || (await mayBeDanger(turn))) return undefined;
  await keepWords(turn);
  if (pace.isTold) return {};
  pace.isTold = true;
  return { say: [{ lines: [phrase('errors:tooFast')] }] };
}

/** The counts of this minute and this hour; each begins anew with the first input after its end. */
function countIn(conversation: Conversation, now: Date): InputPace {
  const known = conversation.pace;
  const isSameMinute = known !== undefined && now < addMinutes(known.minuteFrom, 1);
  const isSameHour = known !== undefined && now < addMinutes(known.hourFrom, 60);
  const pace: InputPace = {
    ...(isSameMinute ? known : { minuteFrom: now, inputs: 0, isTold: false }),
    ...(isSameHour
      ? { hourFrom: known.hourFrom, files: known.files, isFilesTold: known.isFilesTold }
      : { hourFrom: now, files: 0, isFilesTold: false }),
  };
  conversation.pace = pace;
  return pace;
}

/** Over ten files an hour the rest is fetched later, in its turn: told once an hour, below the answer. */
export function withFilesLater(turn: Turn, answer: Answer): Answer {
  const { pace } = turn.conversation;
  if (!pace || pace.isFilesTold || pace.files <= turn.settings.limits.filesPerHour) return answer;
  pace.isFilesTold = true;
  return { ...answer, say: [...(answer.say ?? []), { lines: [phrase('errors:filesLater')] }] };
}

/** 112, danger words, raising and taking an alert, and whatever is said while an alert is being told. A sent modal is work, not haste. */
async function mayBeDanger(turn: Turn): Promise<boolean> {
  const { incoming, conversation } = turn;
  if (incoming.kind === 'form' || (conversation.form && alertForms.includes(conversation.form.name))) return true;
  if (incoming.kind === 'button') {
    const read = turn.openButton(incoming.token);
    return read.is !== 'forged' && isDangerAction(read.token.action);
  }
  if (incoming.kind === 'place') return (await openAlertOf(turn)) !== undefined;
  return speaksOfDanger(incoming);
}

/** Of staff they wait with the talk until a button says what they are, as always; of anybody else a person reads them. */
async function keepWords(turn: Turn): Promise<void> {
  const { incoming } = turn;
  const words = incoming.kind === 'command' ? '' : wordsOf(incoming);
  const files = 'files' in incoming && incoming.files ? await keepFiles(turn, incoming.files) : [];
  if (!words.trim() && files.length === 0) return;
  if (isOfStaff(turn)) stash(turn, { words, files });
  else await keep(turn, { words, files });
}

/** A talk nobody has begun yet. */
export const freshTalk = (id: string, now: Date): Conversation => ({
  ...{ id, version: 0, drafts: [], misses: 0, hasStopped: false, fence: 0 },
  touchedAt: now,
});

/** Answers in one group or channel are counted in a record of its own, whoever speaks there: a bot we take for a person gets five a minute at most. */
export async function hasGroupRoom(
  { deps, seal }: Step,
  { channel, chatId }: Extract<Incoming, { kind: 'elsewhere' }>,
): Promise<boolean> {
  const { conversations } = deps.store;
  const id = laneOfAccount(seal, channel, `group ${chatId}`);
  const known = await conversations.of(id);
  const talk = known ?? freshTalk(id, deps.now);
  const pace = countIn(talk, deps.now);
  pace.inputs += 1;
  if (pace.inputs > deps.settings.limits.groupAnswersPerMinute) return false;
  if (known) await conversations.save(talk);
  else await conversations.insert(talk);
  return true;
}
