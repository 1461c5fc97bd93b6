import type { OpenForm } from '#core/conversations/conversation-store.ts';
import type { FileId } from '#core/id.ts';
import { minutesBetween } from '#core/time.ts';
import { withDraft } from '../dialogue/drafts.ts';
import type { Spoken } from '../dialogue/form.ts';
import type { Turn } from '../dialogue/turn.ts';

const togetherMinutes = 10;

/** What was put by: under which run a button finds it, and whether it joined what was put by a moment ago. */
export type Stashed = { run: string; isJoined: boolean; isSameAlbum: boolean };

/**
 * Puts words and files by with the talk, as the draft of a message, until a button says what they are. Sent to nobody. Words join words and
 * files files of a moment ago; what was put by before `since` is another matter.
 */
export function stash(turn: Turn, said: Spoken, albumId?: string, since?: Date): Stashed {
  const isRecent = ({ touchedAt }: OpenForm) =>
    minutesBetween(touchedAt, turn.now) <= togetherMinutes && (!since || touchedAt >= since);
  const known = turn.conversation.drafts.find(
    (draft) => isStash(draft) && !isOffer(draft) && isRecent(draft) && hasFiles(draft) === said.files.length > 0,
  );
  if (known) return join(turn, known, said, albumId);
  return { run: put(turn, said, albumId ?? 'text'), isJoined: false, isSameAlbum: false };
}

/** Words that were answered and may still go to the team, each for itself: the newest only, so that no draft is lost for it. */
export function stashOffer(turn: Turn, words: string): string {
  turn.conversation.drafts = turn.conversation.drafts.filter((draft) => !isOffer(draft));
  return put(turn, { words, files: [] }, offer);
}

const offer = 'offer';

function put(turn: Turn, words: Spoken, stashed: string): string {
  const now = turn.now;
  const run = turn.newId<FileId>();
  const answers = { words, stashed };
  const draft: OpenForm = {
    name: 'write-message',
    run,
    field: 'words',
    answers,
    isPlayback: false,
    isChanging: false,
    startedAt: now,
    touchedAt: now,
  };
  turn.conversation.drafts = withDraft(turn.conversation.drafts, draft);
  return run;
}

const hasFiles = ({ answers }: OpenForm): boolean => (answers.words as Spoken).files.length > 0;
const isStash = ({ answers }: OpenForm): boolean => typeof answers.stashed === 'string';
const isOffer = ({ answers }: OpenForm): boolean => answers.stashed === offer;

function join(turn: Turn, known: OpenForm, { words, files }: Spoken, albumId: string | undefined): Stashed {
  const before = known.answers.words as Spoken;
  known.answers.words = { words: [before.words, words].filter(Boolean).join('\n'), files: [...before.files, ...files] };
  const isSameAlbum = albumId !== undefined && known.answers.stashed === albumId;
  if (albumId) known.answers.stashed = albumId;
  known.touchedAt = turn.now;
  return { run: known.run, isJoined: true, isSameAlbum };
}

/** Takes out what was put by; `undefined` when it was used or is too old. */
export function takeStashed(turn: Turn, run: string): Spoken | undefined {
  const draft = turn.conversation.drafts.find((one) => one.run === run && isStash(one));
  if (!draft) return undefined;
  turn.conversation.drafts = turn.conversation.drafts.filter((one) => one !== draft);
  return draft.answers.words as Spoken;
}
