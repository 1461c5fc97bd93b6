import type { Lane } from '../delivery/outbox.ts';
import type { PersonId } from '../id.ts';
import { sheetAfterAlert } from '../notes/sheet-due.ts';
import { reachable } from '../people/person.ts';
import { phrase } from '../phrase.ts';
import type { Reaction, ReactionDeps, Reactions } from '../reactions.ts';
import type { Level } from '../settings.ts';
import type { Alert } from './alert.ts';
import type { AlertEvents } from './alert-events.ts';

const laneOf: Record<Level, Lane> = { life: 'danger', abuse: 'abuse', urgent: 'urgent' };

/** What follows from each event of an alert: own messages that buzz, copies that change, homes that are drawn again. */
export const alertReactions: Reactions<AlertEvents> = {
  'alert.raised': async ({ alertId }, deps) => {
    const alert = await deps.store.alerts.must(alertId);
    return [...raiserCard(alert), ...homes(alert, deps), ...sheetAfterAlert(alert, deps)];
  },
  'alert.repeated': async ({ alertId }, deps) => {
    const alert = await deps.store.alerts.must(alertId);
    const people = (await canHear(alert.ownerId, deps)) ? [alert.ownerId as PersonId] : alert.toldIds;
    return [...ring(people, alert, deps), { do: 'refresh', subject: alertId }];
  },
  'alert.told': async ({ alertId, people }, deps) => {
    const alert = await deps.store.alerts.must(alertId);
    return [...copies(alert), ...ring(people, alert, deps), ...homes(alert, deps)];
  },
  'alert.passed-over': ({ personId }) => [{ do: 'home', of: personId }],
  'alert.phone-alarm': ({ alertId }, { now }) => [
    { do: 'timer', key: `alarm-${alertId}-${now.getTime()}`, kind: 'call-alarm', subject: alertId, at: now },
  ],
  'alert.taken': async (event, deps) => [
    ...(await changed(event, deps)),
    ...(await strangerHears(event.alertId, event.by, deps)),
  ],
  'alert.step-noted': changed,
  'alert.asked': async ({ alertId, owner }, deps) => {
    const alert = await deps.store.alerts.must(alertId);
    return [
      { do: 'refresh', subject: alertId },
      { do: 'tell', to: owner, card: 'alert-asked', subject: alertId, lane: laneOf[alert.level] },
      ...homes(alert, deps),
    ];
  },
  'alert.released': changed,
  'alert.hand-over-offered': async (event, deps) => [
    ...(await changed(event, deps)),
    {
      do: 'tell',
      to: event.to,
      card: 'alert-offered',
      subject: event.alertId,
      lane: laneOf[(await deps.store.alerts.must(event.alertId)).level],
    },
  ],
  'alert.handed-over': async (event, deps) => [
    ...(await changed(event, deps)),
    await tellOf(event.from, 'escalation:handOver.accepted', event.to, event, deps),
  ],
  'alert.hand-over-declined': async (event, deps) => [
    ...(await changed(event, deps)),
    await tellOf(event.owner, 'escalation:handOver.declined', event.by, event, deps),
  ],
  'alert.hand-over-withdrawn': async ({ alertId, from, to }, { store }) => {
    const { number } = await store.alerts.must(alertId);
    const line = to
      ? phrase('escalation:handOver.askedOther', { number, name: (await store.people.must(to)).name })
      : phrase('escalation:handOver.over', { number });
    return [{ do: 'tell', to: from, message: { lines: [line] }, lane: 'waiting' }];
  },
  'alert.closed': changed,
  'alert.read': () => [],
};

/** Its copies change; one that this step has just opened has none yet. */
const copies = ({ id, version }: Alert): Reaction[] => (version === 0 ? [] : [{ do: 'refresh', subject: id }]);

/** The state changed: every copy is edited, every home that lists it is drawn again. */
async function changed({ alertId }: { alertId: string }, deps: ReactionDeps): Promise<Reaction[]> {
  const alert = await deps.store.alerts.must(alertId);
  return [{ do: 'refresh', subject: alertId }, ...homes(alert, deps)];
}

/** What the colleague answered stays as it was said, whoever has the alert later. */
async function tellOf(
  to: PersonId,
  key: 'escalation:handOver.accepted' | 'escalation:handOver.declined',
  by: PersonId,
  { alertId }: { alertId: string },
  { store }: ReactionDeps,
): Promise<Reaction> {
  const { number } = await store.alerts.must(alertId);
  const { name } = await store.people.must(by);
  return { do: 'tell', to, message: { lines: [phrase(key, { number, name })] }, lane: 'waiting' };
}

/** Somebody not on file who asked for help has no card that changes: they get the name in a message. */
async function strangerHears(alertId: string, by: PersonId, { store }: ReactionDeps): Promise<Reaction[]> {
  const { strangerAccount } = await store.alerts.must(alertId);
  if (!strangerAccount) return [];
  const { name } = await store.people.must(by);
  return [
    {
      do: 'tellAccount',
      account: strangerAccount,
      message: { lines: [phrase('emergency:taken', { name })] },
      lane: 'waiting',
    },
  ];
}

/** An owner whom no chat reaches any more must not be the only one told. */
async function canHear(id: PersonId | undefined, { store }: ReactionDeps): Promise<boolean> {
  const person = id && (await store.people.get(id));
  return person !== undefined && reachable(person).length > 0;
}

/** Each ring is a new own message that buzzes: an edit does not. */
const ring = (people: PersonId[], alert: Alert, { actor }: ReactionDeps): Reaction[] =>
  people
    .filter((to) => to !== actor.id)
    .map((to) => ({ do: 'tell', to, card: 'alert', subject: alert.id, lane: laneOf[alert.level] }));

/** Who raised it gets a card of their own, that changes until it is over. */
function raiserCard(alert: Alert): Reaction[] {
  if (alert.strangerAccount) return [];
  const to = alert.raisedBy ?? alert.personId;
  return to
    ? [
        {
          do: 'tell',
          to,
          card: alert.origin === 'report' ? 'alert-raised' : 'help-asked',
          subject: alert.id,
          lane: 'waiting',
        },
      ]
    : [];
}

const homes = (alert: Alert, { actor }: ReactionDeps): Reaction[] =>
  [...new Set([...alert.toldIds, ...(alert.raisedBy ? [alert.raisedBy] : []), ...(actor.id ? [actor.id] : [])])].map(
    (of) => ({ do: 'home', of }),
  );
