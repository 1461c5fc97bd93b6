import { may } from '#core/ability.ts';
import type { Action } from '#core/actions.ts';
import { nowItems } from '#core/duty/duty-section.ts';
import type { Absence, DutySlot } from '#core/duty/duty-store.ts';
import { endAbsence } from '#core/duty/end-absence.ts';
import { hearTest } from '#core/duty/hear-test.ts';
import { removeDuty } from '#core/duty/remove-duty.ts';
import { silentNow } from '#core/duty/test-ring.ts';
import { DutyId } from '#core/id.ts';
import type { Button, Section, SectionItem } from '#core/message.ts';
import type { Person } from '#core/people/person.ts';
import { day, phrase, when } from '#core/phrase.ts';
import { addMinutes } from '#core/time.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import { type Handler, say, sayLines, type Turn } from '../dialogue/turn.ts';
import { newDuty } from './duty-forms.ts';
import { yes } from './sure.ts';

/** The roster: who now, who next, who is away. Everybody on staff may look; who keeps it has the buttons. */
const show: Handler = async (turn) => {
  if (!turn.person) return sayLines(phrase('errors:notLinked'));
  const sections: Section[] = [
    { title: phrase('general:now'), count: 1, items: await nowItems(turn) },
    await coming(turn),
    ...(await away(turn)),
  ];
  const title = phrase('duty:title');
  return { show: { title, message: { lines: [title], sections, buttons: buttonsFor(turn) } } };
};

const mayKeep = ({ ability }: Turn) => may(ability, 'set-duty', { id: 'office' });

async function coming(turn: Turn): Promise<Section> {
  const slots = await turn.store.duty.after(turn.now);
  const silent = (await silentNow(turn)).map(({ id }) => id);
  const items: SectionItem[] = [];
  for (const slot of slots.slice(0, 14)) items.push(await slotItem(slot, silent.includes(slot.personId), turn));
  return { title: phrase('duty:section.coming'), count: slots.length, empty: phrase('duty:none'), items };
}

async function slotItem({ id, personId, from, to }: DutySlot, isSilent: boolean, turn: Turn): Promise<SectionItem> {
  const { name } = await turn.store.people.must(personId);
  const remove: Button = { label: phrase('duty:button.remove'), action: 'duty.remove', subject: id };
  return {
    lines: [
      phrase('duty:row', { name, when: when(from), end: when(to) }),
      ...(isSilent ? [phrase('duty:test.noAnswer')] : []),
    ],
    ...(isSilent ? { tone: 'red' as const } : {}),
    buttons: mayKeep(turn) ? [remove] : [],
  };
}

async function away(turn: Turn): Promise<Section[]> {
  const items: SectionItem[] = [];
  for (const absence of await turn.store.absences.after(turn.now)) {
    const person = await turn.store.people.must(absence.personId);
    if (person.status !== 'left') items.push(await awayItem(absence, person, turn));
  }
  if (items.length === 0) return [];
  return [{ title: phrase('duty:section.absences'), count: items.length, items: items.slice(0, 10) }];
}

async function awayItem({ substituteId, to }: Absence, person: Person, { store }: Turn): Promise<SectionItem> {
  const substitute = await store.people.must(substituteId);
  return {
    lines: [
      phrase('duty:absence.now', { name: person.name, day: day(addMinutes(to, -1)), substitute: substitute.name }),
    ],
    buttons: [],
  };
}

function buttonsFor(turn: Turn): Button[][] {
  const add: Button = { label: phrase('duty:button.add'), action: 'duty.set', style: 'primary', opensForm: true };
  const absence: Button = { label: phrase('duty:button.absence'), action: 'duty.absence', opensForm: true };
  const last: Button = { label: phrase('home:button.lastResort'), action: 'duty.lastResort', opensForm: true };
  return [
    ...(mayKeep(turn) ? [[add, absence]] : []),
    ...(may(turn.ability, 'set-last-resort', { id: 'office' }) ? [[last]] : []),
    [homeButton],
  ];
}

const remove: Handler = async (turn, { subject, value }) => {
  const slot = await turn.store.duty.get(subject);
  if (!slot) return sayLines(phrase('refusals:gone'));
  if (value !== yes) {
    const { name } = await turn.store.people.must(slot.personId);
    const sure: Button = {
      label: phrase('duty:button.remove'),
      action: 'duty.remove',
      subject,
      value: yes,
      style: 'danger',
    };
    return say({
      lines: [phrase('duty:remove.ask', { name, when: when(slot.from) })],
      buttons: [[sure, { label: phrase('general:button.no'), action: 'duty.show' }]],
    });
  }
  const removed = await turn.execute(removeDuty, { dutyId: DutyId.parse(subject) });
  return removed.is === 'refused' ? refusalSaid(turn, removed) : { instead: { lines: [phrase('duty:remove.done')] } };
};

/** A coordinator notes the own absence; who keeps the roster says whose. */
const absence: Handler = async (turn) => {
  const isOwn = turn.person?.role === 'coordinator';
  return { open: { form: 'set-absence', answers: isOwn && turn.person ? { who: turn.person.id } : {} } };
};

const back: Handler = async (turn) => {
  if (!turn.person) return sayLines(phrase('errors:notLinked'));
  const ended = await turn.execute(endAbsence, { personId: turn.person.id });
  return ended.is === 'refused'
    ? refusalSaid(turn, ended)
    : sayLines(phrase('duty:absence.ended', { name: ended.result.name }));
};

/** "Am auzit" under the weekly test. */
const heard: Handler = async (turn, { subject }) => {
  const ringId = DutyId.safeParse(subject).data;
  if (!turn.person || !ringId) return sayLines(phrase('errors:notLinked'));
  const done = await turn.execute(hearTest, { ringId });
  return done.is === 'refused' ? refusalSaid(turn, done) : { instead: { lines: [phrase('duty:test.thanks')] } };
};

export const dutyHandlers = {
  'duty.show': show,
  'duty.set': async () => ({ open: newDuty }),
  'duty.remove': remove,
  'duty.absence': absence,
  'duty.back': back,
  'duty.heard': heard,
  'duty.lastResort': async () => ({ open: { form: 'set-last-resort' as const } }),
} satisfies Partial<Record<Action, Handler>>;
