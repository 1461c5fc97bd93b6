import type { OpenForm } from '#core/conversations/conversation-store.ts';
import { alertForms } from './park.ts';

const mostDrafts = 10;

/** The drafts of a talk with this one in front. Of too many the oldest goes; one in which somebody tells of danger goes last of all. */
export function withDraft(drafts: OpenForm[], draft: OpenForm): OpenForm[] {
  const all = [draft, ...drafts.filter(({ run }) => run !== draft.run)];
  if (all.length <= mostDrafts) return all;
  const oldest = all.findLast(({ name }) => !alertForms.includes(name)) ?? all.at(-1);
  return all.filter((one) => one !== oldest);
}
