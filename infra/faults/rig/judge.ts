import { say } from '#bots/dialogue/say.ts';
import type { OutboxRow } from '#core/delivery/outbox.ts';
import { languages, phrase } from '#core/phrase.ts';
import { leaksInFiles, leaksInMongo } from './canary.ts';
import { journalFaults } from './journal-kept.ts';
import type { Scene } from './scene.ts';

/** What a scenario says must and may have been told, by account. What fits none is unexpected. */
export type Expected = {
  to: string;
  /** Words of the post; undefined fits any. */
  says?: string | RegExp;
  atLeast: number;
  atMost: number;
};

export type Verdict = {
  posts: number;
  sent: number;
  unknown: number;
  /** Rows of which a second, marked copy went out or may have. */
  marked: number;
  parked: number;
  /** Fixed lines a receiver said by itself. */
  fixed: number;
};

type Post = { to: string; id: string; text: string };

/** The one judge at the end of every scenario (`delivery.md` 8). Throws with everything it found. */
export async function judge(
  scene: Scene,
  { expected, parked = 0, mayWait = false }: { expected: Expected[]; parked?: number; mayWait?: boolean },
): Promise<Verdict> {
  const { store } = scene;
  const rows = await store.outbox.find({ method: 'send' });
  const items = await itemsIn(scene);
  const all = postsIn(scene);
  const posts = all.filter(({ text }) => !isFixedLine(text));
  const found = [
    ...(mayWait ? [] : items.filter(({ state }) => state === 'waiting').map(({ id }) => `waits in the mailbox: ${id}`)),
    ...(mayWait ? [] : unsettled(rows)),
    ...accounted(posts, rows),
    ...asExpected(posts, expected),
    ...(await silent(scene)),
    ...(await journalFaults(scene)),
    ...(await leaks(scene)),
  ];
  const isParked = items.filter(({ state }) => state === 'parked').length;
  if (isParked !== parked) found.push(`${isParked} items are parked, ${parked} should be`);
  if (found.length > 0) throw new Error(`the judge found ${found.length}:\n  ${found.slice(0, 12).join('\n  ')}`);
  return {
    posts: posts.length,
    sent: rows.filter(({ state }) => state === 'sent').length,
    unknown: rows.filter(({ state }) => state === 'unknown').length,
    marked: rows.filter(({ isMarked }) => isMarked).length,
    parked: isParked,
    fixed: all.length - posts.length,
  };
}

const fixedLines = (['kept', 'wait'] as const).flatMap((which) =>
  languages.map((language) => say(phrase(`errors:fixed.${which}`), language)),
);

/** What a receiver says by itself when two seconds pass, as on a busy machine: no answer of the house (`delivery.md` 2). */
export const isFixedLine = (text: string): boolean =>
  fixedLines.some((line) => text === line || text.includes(JSON.stringify(line)));

/** Raw: a body that does not open is one of the faults. */
const itemsIn = async ({ connection }: Scene): Promise<{ id: string; state: string }[]> =>
  (
    await connection
      .collection('mailbox')
      .find({}, { projection: { state: 1 } })
      .toArray()
  ).map(({ _id, state }) => ({
    id: String(_id),
    state: String(state),
  }));

/** Everything both chats accepted, oldest first; edits are no posts. */
export function postsIn({ telegram, slack, cast }: Scene): Post[] {
  const phones = telegram.calls.posts().map(({ chatId, messageId, payload }) => ({
    to: String(chatId),
    id: String(messageId),
    text: String(payload.text ?? payload.caption ?? ''),
  }));
  if (!slack) return phones;
  const desks = [cast.coordinator, cast.duty].map(({ account }) => account);
  const owners = new Map(desks.flatMap((account) => slack.messages(account).map(({ channel }) => [channel, account])));
  return [
    ...phones,
    ...slack.calls.posts().map(({ channel = '', ts, payload }) => ({
      to: owners.get(channel) ?? channel,
      id: String(ts),
      text: JSON.stringify(payload),
    })),
  ];
}

/** A row that is due and did not go, one that nobody decides any more, an unknown that the rule does not end. */
const unsettled = (rows: OutboxRow[]): string[] =>
  rows
    .filter(isUnsettled)
    .map(({ id, state, lane, outcome }) => `unsettled: ${id} ${state} lane ${lane} ${outcome ?? ''}`);

const isUnsettled = ({ state, channel, lane, looks = 0, isPassedOn, isMarked }: OutboxRow): boolean => {
  if (state === 'attempting' || state === 'pending' || state === 'not_sent') return true;
  if (state !== 'unknown') return false;
  return channel === 'slack' ? looks < 3 : lane <= 2 && !(isMarked && isPassedOn);
};

/** Each post belongs to one row, each sent row to one post; what a row cannot name must be covered by its unknowns. */
function accounted(posts: Post[], rows: OutboxRow[]): string[] {
  const byPost = new Map(posts.map((post) => [`${post.to}/${post.id}`, post]));
  const found: string[] = [];
  const named = new Set<string>();
  for (const row of rows.filter(({ state, messageId }) => state === 'sent' && messageId)) {
    const place = `${row.address}/${row.messageId}`;
    if (!byPost.has(place)) found.push(`sent, but the chat has it not: row ${row.id}`);
    if (named.has(place)) found.push(`two rows name one post: row ${row.id}`);
    named.add(place);
  }
  for (const [to, nameless] of countBy(
    posts.filter(({ to, id }) => !named.has(`${to}/${id}`)),
    ({ to }) => to,
  )) {
    const covered = rows
      .filter(({ address }) => address === to)
      .reduce((sum, { state, isMarked }) => sum + (state === 'unknown' ? 1 : 0) + (isMarked ? 1 : 0), 0);
    if (nameless.length > covered)
      found.push(
        `${nameless.length} posts to ${to} belong to no row (${covered} unknown): ${nameless[0]?.text.slice(0, 60)}`,
      );
  }
  return found;
}

function asExpected(posts: Post[], expected: Expected[]): string[] {
  const counts = expected.map(() => 0);
  const found: string[] = [];
  for (const post of posts) {
    const place = expected.findIndex((one, index) => fits(post, one) && (counts[index] ?? 0) < one.atMost);
    if (place < 0)
      found.push(`unexpected, or once too often, to ${post.to}: ${post.text.slice(0, 80).replaceAll('\n', ' ')}`);
    else counts[place] = (counts[place] ?? 0) + 1;
  }
  for (const [index, { to, says, atLeast }] of expected.entries())
    if ((counts[index] ?? 0) < atLeast)
      found.push(`missing: ${counts[index]} of ${atLeast} to ${to}${says ? ` that say ${says}` : ''}`);
  return found;
}

const fits = ({ to, text }: Post, expected: Expected): boolean => {
  if (to !== expected.to) return false;
  if (expected.says === undefined) return true;
  return typeof expected.says === 'string' ? text.includes(expected.says) : expected.says.test(text);
};

/** No open alert may go silent (`delivery.md` 5). */
async function silent({ store }: Scene): Promise<string[]> {
  const count = await store.alerts.withoutNextStep();
  return count > 0 ? [`${count} open alerts have no next step`] : [];
}

async function leaks({ servers, name, planted, logs }: Scene): Promise<string[]> {
  const found = [
    ...(await leaksInMongo(servers.mongoClient, name, planted.all())),
    ...leaksInFiles(logs, planted.all()),
  ];
  return found.slice(0, 5).map(({ where, canary, around }) => `a canary in clear in ${where}: ${canary} in ${around}`);
}

function countBy<T>(list: T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
