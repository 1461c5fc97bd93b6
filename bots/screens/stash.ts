import type { OpenForm } from '#core/conversations/conversation-store.ts';
import type { FileId } from '#core/id.ts';
import { minutesBetween } from '#core/time.ts';
import type { Spoken } from '../dialogue/form.ts';
import type { Turn } from '../dialogue/turn.ts';

const togetherMinutes = 10;
const mostDrafts = 5;

/** What was put by: under which run a button finds it, and whether it joined what was put by a moment ago. */
export type Stashed = { run: string; isJoined: boolean; isSameAlbum: boolean };

/** Puts words and files by with the talk, as the draft of a message, until a button says what they are. Sent to nobody. */
export function stash(turn: Turn, { words, files }: Spoken, albumId?: string): Stashed {
  const known = turn.conversation.drafts.find((draft) => isStash(draft) && minutesBetween(draft.touchedAt, turn.now) <= togetherMinutes);
  if (known) return join(turn, known, { words, files }, albumId);
  const run = turn.newId<FileId>();
  const draft: OpenForm = {
    name: 'write-message',
    run,
    field: 'words',
    answers: { words: { words, files }, stashed: albumId ?? 'text' },
    isPlayback: false,
    isChanging: false,
    startedAt: turn.now,
    touchedAt: turn.now,
  };
  turn.conversation.drafts = [draft, ...turn.conversation.drafts].slice(0, mostDrafts);
  return { run, isJoined: false, isSameAlbum: false };
}

const isStash = ({ answers }: OpenForm): boolean => typeof answers.stashed === 'string';

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
