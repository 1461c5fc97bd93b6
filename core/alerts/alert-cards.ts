import type { Card, CardView } from '../cards.ts';
import type { PersonId } from '../id.ts';
import type { Button, Message, Tone } from '../message.ts';
import { lines, type Moment, type Phrase, phrase, time, when } from '../phrase.ts';
import { isStaff } from '../roles.ts';
import { localDate } from '../time.ts';
import { type Alert, rung } from './alert.ts';
import { peopleOf } from './ring.ts';

/** The cards of an alert. None carries a name of a beneficiary or the story: "Citesc" opens them, journaled (`delivery.md` 5). */
export const alertCards = {
  alert: (id, view) => draw(id, view, (alert) => (isTold(alert, view) ? staffCard(alert, view) : undefined)),
  'alert-raised': (id, view) => drawForStaff(id, view, raiserCard),
  'alert-asked': (id, view) =>
    drawForStaff(id, view, (alert) =>
      alert.ownerId === view.viewer.id && alert.state === 'asked' ? askedCard(alert, view) : face(alert, view),
    ),
  'alert-offered': (id, view) => drawForStaff(id, view, (alert) => offeredCard(alert, view)),
  'help-asked': (id, view) => draw(id, view, helpCard),
} satisfies Record<string, Card>;

async function draw(
  id: string,
  view: CardView,
  card: (alert: Alert, view: CardView) => Promise<Message> | Message | undefined,
): Promise<Message | undefined> {
  const alert = await view.store.alerts.get(id);
  return alert && card(alert, view);
}

/** Level and place are nothing for a beneficiary's screen, whatever row it may stand in. */
const drawForStaff: typeof draw = async (id, view, card) =>
  isStaff(view.viewer.role) ? draw(id, view, card) : undefined;

const isTold = (alert: Alert, { viewer }: CardView) => viewer.status === 'active' && alert.toldIds.includes(viewer.id);

async function staffCard(alert: Alert, view: CardView): Promise<Message> {
  return {
    ...(await face(alert, view)),
    steps: await steps(alert, view),
    ...(view.isNewest ? { buttons: buttonsFor(alert, view) } : {}),
  };
}

/** State word, number, place first; kind, since when, who has it, what is next (`city.md` 3). */
async function face(alert: Alert, view: CardView): Promise<Message> {
  return {
    lines: [phrase(`alerts:card.${alert.level}`, { placeCode: alert.placeCode, number: alert.number })],
    state: { tone: tones[alert.state], word: phrase(`alerts:word.${alert.state}`) },
    facts: [
      { label: phrase('alerts:label.kind'), value: phrase(`alerts:kind.${alert.level}`) },
      {
        label: phrase('alerts:label.since'),
        value: phrase('general:plain', { text: hourOrDay(alert.raisedAt, view) }),
      },
      { label: phrase('alerts:label.owner'), value: await owner(alert, view) },
      ...(await next(alert, view)),
    ],
  };
}

const tones: Record<Alert['state'], Tone> = { open: 'red', taken: 'blue', asked: 'amber', closed: 'green' };

const owner = async (alert: Alert, view: CardView): Promise<Phrase> =>
  alert.ownerId ? phrase('general:plain', { text: await nameOf(alert.ownerId, view) }) : phrase('alerts:owner.nobody');

async function next(alert: Alert, view: CardView): Promise<NonNullable<Message['facts']>> {
  if (!alert.nextStepAt) return [];
  return [{ label: phrase('alerts:label.next'), value: await nextWords(alert, alert.nextStepAt, view) }];
}

async function nextWords(alert: Alert, at: Date, view: CardView): Promise<Phrase> {
  const then = { time: hourOrDay(at, view) };
  if (alert.state === 'asked') return phrase('alerts:next.others', then);
  if (alert.state !== 'open') return phrase('alerts:next.ask', then);
  const name = await nextName(alert, view);
  return name ? phrase('alerts:next.step', { ...then, name }) : phrase('alerts:next.everybody', then);
}

/** The hour; what is not today has its day with it. */
export const hourOrDay = (at: Date, { now }: CardView): Moment =>
  localDate(at) === localDate(now) ? time(at) : when(at);

/** Who would be told next, as the roster stands now; the roster of that minute decides. */
async function nextName(alert: Alert, view: CardView): Promise<string | undefined> {
  const { ring } = rung(alert.level, alert.step + 1, view.settings);
  if (ring === 'all') return undefined;
  const people = await peopleOf(ring, alert, view);
  return people.find(({ id }) => !alert.toldIds.includes(id))?.name;
}

/** What happened, in the order in which it happened. */
async function steps(alert: Alert, view: CardView): Promise<Phrase[]> {
  const named = async (at: Date, id: PersonId | undefined) => ({ time: time(at), name: await nameOf(id, view) });
  const happened: { at: Date; says: Phrase }[] = [];
  for (const { personId, at } of toldLast(alert).slice(-8))
    happened.push({ at, says: phrase('alerts:step.told', await named(at, personId)) });
  if (alert.ownerId && alert.takenAt)
    happened.push({ at: alert.takenAt, says: phrase('alerts:step.taken', await named(alert.takenAt, alert.ownerId)) });
  for (const { by, at } of alert.steps.slice(-4))
    happened.push({ at, says: phrase(stepKey(at, alert), await named(at, by)) });
  const raised =
    alert.origin === 'report'
      ? phrase('alerts:step.raised', await named(alert.raisedAt, alert.raisedBy))
      : phrase('alerts:step.raisedByPerson', { time: time(alert.raisedAt) });
  return [raised, ...happened.sort((one, other) => one.at.getTime() - other.at.getTime()).map(({ says }) => says)];
}

/** The last one of a closed alert says how it ended. */
const stepKey = (at: Date, { closedAt }: Alert) =>
  closedAt?.getTime() === at.getTime() ? 'alerts:step.closed' : 'alerts:step.noted';

function buttonsFor(alert: Alert, { viewer }: CardView): Button[][] {
  const about = { subject: alert.id, version: alert.version };
  const read: Button = { label: phrase('general:button.read'), action: 'alert.read', ...about, opensForm: true };
  if (alert.state === 'closed') return [[read]];
  if (!alert.ownerId)
    return [[{ label: phrase('coordinator:button.take'), action: 'alert.take', ...about, style: 'primary' }, read]];
  if (alert.ownerId !== viewer.id) return [[read]];
  return [
    [
      {
        label: phrase('coordinator:button.decided'),
        action: 'alert.decide',
        ...about,
        style: 'primary',
        opensForm: true,
      },
      read,
    ],
    [
      { label: phrase('coordinator:button.handOver'), action: 'alert.handOver', ...about, opensForm: true },
      { label: phrase('alerts:button.handBack'), action: 'alert.handBack', ...about },
      { label: phrase('coordinator:button.close'), action: 'alert.close', ...about, opensForm: true },
    ],
  ];
}

/** The card of who raised it: number, who was told, when the next one will be, who has it; what not to do stands below. */
async function raiserCard(alert: Alert, view: CardView): Promise<Message> {
  const head = alert.level === 'life' && alert.state === 'open' ? [phrase('alerts:call112')] : [];
  return {
    state: { tone: tones[alert.state], word: phrase(`alerts:word.${alert.state}`) },
    lines: [
      ...head,
      phrase('alerts:sent', { number: alert.number, time: time(alert.raisedAt) }),
      phrase('general:plain', {
        text: lines([phrase(`alerts:kind.${alert.level}`), ...(await progress(alert, view))]),
      }),
      ...(alert.state === 'closed' ? [] : [phrase('alerts:donts')]),
    ],
    ...(alert.state === 'closed' || !view.isNewest ? {} : { buttons: raiserButtons(alert, view) }),
  };
}

/** Who raised it adds to it; a coordinator who was told in that way only takes and decides here too. */
function raiserButtons(alert: Alert, view: CardView): Button[][] {
  const about = { subject: alert.id, version: alert.version };
  const add: Button = { label: phrase('alerts:wide.addMore'), action: 'alert.add', ...about, opensForm: true };
  const { role } = view.viewer;
  const isForCase = (role === 'coordinator' || role === 'supervisor') && isTold(alert, view);
  return [...(isForCase ? buttonsFor(alert, view) : []), [add]];
}

async function progress(alert: Alert, view: CardView): Promise<Phrase[]> {
  if (alert.state === 'closed') return [phrase('alerts:state.closed', { when: when(alert.closedAt ?? view.now) })];
  const told: Phrase[] = [];
  for (const { personId, at } of toldLast(alert).slice(-4))
    told.push(phrase('alerts:step.told', { time: time(at), name: await nameOf(personId, view) }));
  if (alert.ownerId)
    return [
      ...told,
      phrase('alerts:state.taken', {
        name: await nameOf(alert.ownerId, view),
        time: time(alert.takenAt ?? alert.raisedAt),
      }),
    ];
  if (!alert.nextStepAt) return told;
  const name = await nextName(alert, view);
  return [
    ...told,
    name
      ? phrase('alerts:waitingNext', { time: hourOrDay(alert.nextStepAt, view), name })
      : phrase('alerts:waitingEverybody', { time: hourOrDay(alert.nextStepAt, view) }),
  ];
}

/** Each person once, with the last time: who is rung again and again does not fill the card. */
const toldLast = ({ told }: Alert): Alert['told'] =>
  told.filter(({ personId }, at) => !told.slice(at + 1).some((later) => later.personId === personId));

/** The card of a beneficiary who asked for help, beside the answer that says what to do now: until a human has it that the team knows, then the name. 112 first, unless the answer above it has just said so. */
async function helpCard(alert: Alert, view: CardView): Promise<Message> {
  if (alert.ownerId) return { lines: [phrase('emergency:taken', { name: await nameOf(alert.ownerId, view) })] };
  if (alert.state === 'closed') return { lines: [phrase('emergency:over')] };
  const first = alert.origin === 'help' ? [] : [phrase('emergency:call112')];
  return { lines: [...first, phrase('emergency:told', { time: time(alert.raisedAt) }), phrase('emergency:watchHere')] };
}

function askedCard(alert: Alert, { settings }: CardView): Message {
  const about = { subject: alert.id, version: alert.version };
  return {
    state: { tone: 'amber', word: phrase('alerts:word.asked') },
    lines: [
      phrase('escalation:notice.forgotten', {
        number: alert.number,
        minutes: phrase('general:minutes', { count: settings.escalation.answerMinutes }),
      }),
    ],
    buttons: [
      [
        { label: phrase('escalation:button.working'), action: 'alert.working', ...about, style: 'primary' },
        { label: phrase('coordinator:button.decided'), action: 'alert.decide', ...about, opensForm: true },
      ],
      [
        { label: phrase('coordinator:button.handOver'), action: 'alert.handOver', ...about, opensForm: true },
        { label: phrase('alerts:button.handBack'), action: 'alert.handBack', ...about },
      ],
    ],
  };
}

/** What a colleague is offered; once that is over it is a card like any other, for who has none of their own. */
async function offeredCard(alert: Alert, view: CardView): Promise<Message> {
  if (alert.handOverTo !== view.viewer.id)
    return alert.told.some(({ personId }) => personId === view.viewer.id) ? face(alert, view) : staffCard(alert, view);
  const about = { subject: alert.id, version: alert.version };
  return {
    ...(await face(alert, view)),
    lines: [phrase('escalation:notice.handOver', { number: alert.number, name: await nameOf(alert.ownerId, view) })],
    buttons: [
      [
        { label: phrase('coordinator:button.take'), action: 'alert.agree', ...about, style: 'primary' },
        { label: phrase('escalation:button.cannotNow'), action: 'alert.decline', ...about },
        { label: phrase('general:button.read'), action: 'alert.read', ...about, opensForm: true },
      ],
    ],
  };
}

const nameOf = async (id: PersonId | undefined, { store }: CardView): Promise<string> =>
  (id && (await store.people.get(id))?.name) || '—';
