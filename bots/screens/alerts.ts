import type { Action } from '#core/actions.ts';
import type { Alert } from '#core/alerts/alert.ts';
import { alertCards } from '#core/alerts/alert-cards.ts';
import { alertSection } from '#core/alerts/alert-section.ts';
import { answerHandOver } from '#core/alerts/answer-hand-over.ts';
import { handBackAlert } from '#core/alerts/hand-back-alert.ts';
import { noteStep } from '#core/alerts/note-step.ts';
import { readAlert } from '#core/alerts/read-alert.ts';
import { takeAlert } from '#core/alerts/take-alert.ts';
import { AlertId, type PersonId } from '#core/id.ts';
import { sayPhone } from '#core/language/phone.ts';
import type { Message } from '#core/message.ts';
import { type Phrase, phrase, time, words } from '#core/phrase.ts';
import { isStaff } from '#core/roles.ts';
import { addMinutes } from '#core/time.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Answer, type Handler, type Press, say, sayLines, type Turn } from '../dialogue/turn.ts';
import { viewOf } from '../dialogue/view-of.ts';
import { phoneSaid } from './phone-said.ts';

const on = ({ subject }: Press) => ({ alertId: AlertId.parse(subject) });

const take: Handler = async (turn, press) => {
  const taken = await turn.execute(takeAlert, on(press));
  if (taken.is === 'refused') return { toast: taken.phrase, say: [{ lines: [taken.phrase] }] };
  return nowYours(turn, taken.result);
};

/** The alert is with who pressed; pressed once more it is only said in passing. */
function nowYours({ now }: Turn, alert: Alert): Answer {
  const said = phrase('coordinator:alert.taken', { number: alert.number });
  if (alert.takenAt && alert.takenAt < now) return { toast: said };
  return { say: [{ lines: [said], buttons: [[readButton(alert)]] }] };
}

const read: Handler = async (turn, press) => {
  const opened = await turn.execute(readAlert, on(press));
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  return { show: { title: phrase('alerts:title.read'), message: await story(opened.result, turn) } };
};

/** The story: whom it concerns, what was seen or heard, what was decided. Only ever shown after its reading line. */
async function story(alert: Alert, turn: Turn): Promise<Message> {
  const { store } = turn;
  const name = async (id: PersonId | undefined) => (id && (await store.people.get(id))?.name) || '—';
  const person = alert.personId && (await store.people.get(alert.personId));
  const observed: Phrase[] = [];
  for (const { by, at, words: said, files } of alert.observed) {
    observed.push(
      phrase('coordinator:alert.body', {
        observed: words(said || (files.length > 0 ? '🎙' : '—')),
        name: await name(by),
        time: time(at),
      }),
    );
  }
  const noted: Phrase[] = [];
  for (const { by, at, words: said } of alert.steps)
    noted.push(phrase('alerts:story.step', { time: time(at), name: await name(by), text: words(said || '…') }));
  const concerns = person ? [phrase('alerts:story.person', { name: person.name, phone: phoneSaid(person.phone) })] : [];
  return {
    lines: [
      phrase(`alerts:card.${alert.level}`, { placeCode: alert.placeCode, number: alert.number }),
      ...concerns,
      ...observed,
      ...noted,
    ],
    facts: await whereToAsk(alert, turn),
    files: alert.observed.flatMap(({ files }) => files),
    isProtected: true,
  };
}

/** The case, and who raised it with a number: the first call of whoever took the alert. */
async function whereToAsk(alert: Alert, { store }: Turn): Promise<NonNullable<Message['facts']>> {
  const about = alert.caseId && (await store.cases.get(alert.caseId));
  const raiser = alert.origin === 'report' && alert.raisedBy ? await store.people.get(alert.raisedBy) : undefined;
  return [
    ...(about ? [plainFact('alerts:label.case', about.number)] : []),
    ...(raiser?.phone ? [plainFact('alerts:label.from', `${raiser.name}, ${sayPhone(raiser.phone)}`)] : []),
  ];
}

const plainFact = (label: 'alerts:label.case' | 'alerts:label.from', text: string) => ({
  label: phrase(label),
  value: phrase('general:plain', { text }),
});

const readButton = ({ id, version }: Alert) => ({
  label: phrase('general:button.read'),
  action: 'alert.read' as const,
  subject: id,
  version,
  opensForm: true,
});

const working: Handler = async (turn, press) => {
  const alert = await turn.store.alerts.get(press.subject);
  if (alert && hasJustNoted(alert, turn)) return { toast: phrase('general:noted') };
  const noted = await turn.execute(noteStep, { ...on(press), words: '' });
  return noted.is === 'refused'
    ? refusalSaid(turn, noted)
    : { toast: phrase('general:noted'), say: [{ lines: [phrase('general:noted')] }] };
};

/** A second tap on "Lucrez la asta" is no second step. */
const hasJustNoted = ({ state, steps }: Alert, { person, now }: Turn): boolean => {
  const last = steps.at(-1);
  return state === 'taken' && last?.by === person?.id && last !== undefined && now < addMinutes(last.at, 1);
};

const handBack: Handler = async (turn, press) => {
  const alert = await turn.store.alerts.get(press.subject);
  const isBackAlready = alert?.state === 'open' && turn.person && alert.toldIds.includes(turn.person.id);
  if (isBackAlready) return { toast: phrase('general:toast.already') };
  const back = await turn.execute(handBackAlert, on(press));
  return back.is === 'refused'
    ? refusalSaid(turn, back)
    : { say: [{ lines: [phrase('alerts:handedBack', { number: back.result.number })] }] };
};

const answerOffer =
  (agrees: boolean): Handler =>
  async (turn, press) => {
    const alert = await turn.store.alerts.get(press.subject);
    if (alert && alert.handOverTo !== turn.person?.id) return offerIsOver(turn, alert);
    const answered = await turn.execute(answerHandOver, { ...on(press), agrees });
    if (answered.is === 'refused') return refusalSaid(turn, answered);
    return agrees ? nowYours(turn, answered.result) : { toast: phrase('general:noted') };
  };

/** Answered already, or taken back: what was offered is not refused, it is over. */
async function offerIsOver(turn: Turn, alert: Alert): Promise<Answer> {
  if (alert.ownerId === turn.person?.id) return nowYours(turn, alert);
  const other = alert.handOverTo && (await turn.store.people.get(alert.handOverTo));
  if (!other) return { toast: phrase('general:toast.old') };
  return { toast: phrase('escalation:handOver.askedOther', { number: alert.number, name: other.name }) };
}

/** The card as it stands now, as a message of its own. */
const show: Handler = async (turn, { subject }) => {
  if (!turn.person) return {};
  const view = viewOf(turn, turn.person);
  const card = (await alertCards.alert(subject, view)) ?? (await alertCards['alert-raised'](subject, view));
  return card ? { show: { title: phrase('alerts:title.read'), message: card } } : { toast: phrase('refusals:gone') };
};

/** What is open and this person may see; the same list as at home. */
const list: Handler = async (turn) => {
  if (!turn.person || !isStaff(turn.person.role)) return sayLines(phrase('work:notHere'));
  const section = await alertSection(viewOf(turn, turn.person));
  if (!section || section.count === 0)
    return say({ lines: [phrase('home:section.noAlerts')], buttons: [[homeButton]] });
  return say({
    lines: [phrase('home:section.alerts')],
    sections: [section],
    buttons: [[homeButton]],
    isProtected: true,
  });
};

const opens =
  (name: 'decide-alert' | 'hand-over-alert' | 'close-alert' | 'add-to-alert'): Handler =>
  async (_turn, { subject }): Promise<Answer> => ({ open: { form: name, answers: { alertId: subject } } });

export const alertHandlers = {
  'alert.new': async (_turn: Turn, { subject }: Press) => ({
    open: { form: 'raise-alert' as const, answers: subject ? { case: subject } : {} },
  }),
  'alert.take': take,
  'alert.read': read,
  'alert.decide': opens('decide-alert'),
  'alert.working': working,
  'alert.handOver': opens('hand-over-alert'),
  'alert.agree': answerOffer(true),
  'alert.decline': answerOffer(false),
  'alert.handBack': handBack,
  'alert.close': opens('close-alert'),
  'alert.add': opens('add-to-alert'),
  'alert.show': show,
  'alert.list': list,
} satisfies Partial<Record<Action, Handler>>;
