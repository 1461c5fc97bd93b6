import { newRow } from '#core/delivery/carry-out.ts';
import type { OutboxRow } from '#core/delivery/outbox.ts';
import { type Probe, probeItem } from '#core/delivery/probe.ts';
import type { Timer } from '#core/delivery/timer.ts';
import { inStep, type Step } from '#core/execute.ts';
import { phrase } from '#core/phrase.ts';
import type { Channel } from '#core/roles.ts';
import { addMinutes, minutesBetween } from '#core/time.ts';
import type { World } from '#core/world.ts';

/** A chat that is there for the synthetic alert of its bot alone. */
export type WatchChat = { channel: Channel; address: string };

/** Notes those that came back, and begins a new one where it is time. */
export async function probeRound(world: World, chats: readonly WatchChat[]): Promise<void> {
  for (const chat of chats) {
    const known = await world.store.probes.get(chat.channel);
    if (known) await collect(world, known);
    await begin(world, chat, known);
  }
}

async function begin(world: World, { channel, address }: WatchChat, known?: Probe): Promise<void> {
  const { store, clock, wake } = world;
  const now = clock.wall();
  const { everyMinutes } = (await world.settings()).delivery.probe;
  if (known && now < addMinutes(known.begunAt, everyMinutes)) return;
  const fresh = { id: channel, version: 0, address, since: now, begunAt: now };
  if (!known) {
    if (!(await isFirst(() => store.probes.insert(fresh)))) return;
  } else if (!(await store.probes.change(channel, { begunAt: known.begunAt }, { begunAt: now, address }, {}, known)))
    return;
  const item = probeItem(channel, now);
  await store.mailbox.insert(item);
  wake({ mailbox: [item.lane] });
}

/** Another process may begin the first one at the same moment. */
async function isFirst(insert: () => Promise<void>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return false;
    throw error;
  }
}

/** The timer of its step: now it goes out like a danger to life, without a sound. */
export async function sendProbe({ deps, tray }: Step, { subject }: Timer): Promise<void> {
  const probe = await deps.store.probes.get(subject);
  if (!probe) return;
  const message = { lines: [phrase('setup:probe')], isSilent: true };
  const row = newRow(deps, destinationOf(probe), 'danger', { message });
  tray.rows.push(row);
  await deps.store.probes.change(probe.id, {}, { rowId: row.id });
}

const destinationOf = ({ id: channel, address }: Probe) =>
  ({ channel, key: 'watch', address, language: 'ro', epoch: 0 }) as const;

/** The chat has it: that is noted, and the message is taken away again. */
async function collect(world: World, { id, rowId, backAt }: Probe): Promise<void> {
  const row = rowId ? await world.store.outbox.get(rowId) : undefined;
  const { sentAt } = row ?? {};
  if (row?.state !== 'sent' || !sentAt || (backAt && sentAt <= backAt)) return;
  await inStep(world, `probe-back:${row.id}`, async ({ deps, tray }) => {
    const probe = await deps.store.probes.must(id);
    await deps.store.probes.save({ ...probe, backAt: sentAt });
    tray.rows.push(takingAway(probe, row, deps));
  });
}

function takingAway(probe: Probe, { id, messageId, chatId }: OutboxRow, deps: Step['deps']): OutboxRow {
  const place = { ...(messageId ? { messageId } : {}), ...(chatId ? { chatId } : {}) };
  return {
    ...newRow(deps, destinationOf(probe), 'routine', { drawn: undefined }),
    method: 'delete',
    target: id,
    ...place,
  };
}

/** Bots whose synthetic alert has not come back for too long, in words for an operator. */
export async function probeFaults({ store, clock, settings }: World, chats: readonly WatchChat[]): Promise<string[]> {
  if (chats.length === 0) return [];
  const { lateMinutes } = (await settings()).delivery.probe;
  const faults: string[] = [];
  for (const { channel } of chats) {
    const probe = await store.probes.get(channel);
    const minutes = probe ? minutesBetween(probe.backAt ?? probe.since, clock.wall()) : 0;
    if (minutes > lateMinutes)
      faults.push(`the synthetic alert through ${channel} has not come back for ${Math.floor(minutes)} minutes`);
  }
  return faults;
}
