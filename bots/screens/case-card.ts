import { filterFor, may } from '#core/ability.ts';
import type { Case } from '#core/cases/case.ts';
import { readCase } from '#core/cases/read-case.ts';
import type { CaseId } from '#core/id.ts';
import { sayPhone } from '#core/language/phone.ts';
import type { Button, Message, Section } from '#core/message.ts';
import { caseRef } from '#core/notes/note-cards.ts';
import type { Person } from '#core/people/person.ts';
import { list, type Phrase, phrase, when, words } from '#core/phrase.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Turn } from '../dialogue/turn.ts';

/** The card of one case, after its reading line. */
export async function showCaseCard(turn: Turn, caseId: CaseId): Promise<Answer> {
  const opened = await turn.execute(readCase, { caseId });
  if (opened.is === 'refused') return refusalSaid(turn, opened);
  const one = opened.result;
  return { show: { title: phrase('slack:modal.case'), message: await caseCard(one, turn) } };
}

/** A case on one card: stage, next appointment, who, open alerts, last notes. */
async function caseCard(one: Case, turn: Turn): Promise<Message> {
  const person = await turn.store.people.get(one.personId);
  const alerts = await turn.store.alerts.open({ $and: [filterFor(turn.ability, 'read-alert'), { caseId: one.id }] });
  const notes = await turn.store.notes.lastOnCase(one.id, filterFor(turn.ability, 'read-note'));
  return {
    lines: [
      phrase('work:caseTitle', { caseRef: one.number, placeCode: one.placeCode }),
      phrase('general:plain', { text: words(person?.name ?? '—') }),
    ],
    facts: [
      {
        label: phrase('work:label.stage'),
        value: phrase(`work:stage.${one.stage === 'follow_up' ? 'followUp' : one.stage}`),
      },
      ...(await nextAppointment(one, turn)),
      { label: phrase('work:label.coordinator'), value: await named([one.coordinatorId], turn) },
      { label: phrase('work:label.technicians'), value: await named(one.technicianIds, turn) },
    ],
    sections: [
      {
        title: phrase('home:section.alerts'),
        count: alerts.length,
        empty: phrase('home:section.noAlerts'),
        items: alerts.map((alert) => ({
          lines: [phrase(`alerts:card.${alert.level}`, { placeCode: alert.placeCode, number: alert.number })],
          tone: 'red',
          buttons: [
            {
              label: phrase('general:button.details'),
              action: 'alert.show',
              subject: alert.id,
              version: alert.version,
              opensForm: true,
            },
          ],
        })),
      },
      {
        title: phrase('work:label.notes'),
        count: notes.length,
        empty: phrase('notes:noneYet'),
        items: await noteItems(notes, turn),
      },
    ],
    buttons: await caseButtons(one, person, turn),
    isProtected: true,
  };
}

/** The next one, for who may see appointments of this case. */
async function nextAppointment(one: Case, { store, ability, now }: Turn): Promise<NonNullable<Message['facts']>> {
  const next = await store.appointments.nextOnCase(one.id, now);
  if (!next?.startsAt || !may(ability, 'read-appointment', next)) return [];
  return [{ label: phrase('work:label.next'), value: phrase('general:plain', { text: when(next.startsAt) }) }];
}

async function named(ids: Person['id'][], { store }: Turn): Promise<Phrase> {
  const names: string[] = [];
  for (const id of ids) names.push((await store.people.get(id))?.name ?? '—');
  return names.length > 0 ? phrase('general:plain', { text: list(names) }) : phrase('general:nothingHere');
}

async function noteItems(
  notes: Awaited<ReturnType<Turn['store']['notes']['lastOnCase']>>,
  turn: Turn,
): Promise<Section['items']> {
  const items: Section['items'] = [];
  for (const { id, version, number, kind, caseId, state } of notes) {
    const row = phrase('notes:listRow', {
      number,
      kind: phrase(`notes:kind.${kind}`),
      caseRef: await caseRef(caseId, turn),
      state: phrase(`notes:state.${state}`),
    });
    items.push({
      lines: [row],
      buttons: [{ label: phrase('general:button.read'), action: 'note.read', subject: id, version, opensForm: true }],
    });
  }
  return items;
}

/** What this person may do on the case, by the permission table; what is not theirs is asked for (domain 4). */
async function caseButtons(one: Case, person: Person | undefined, turn: Turn): Promise<Button[][]> {
  const can = (useCase: 'submit-note' | 'raise-alert' | 'book-appointment' | 'assign-technician') =>
    may(turn.ability, useCase, one);
  const coordinator =
    one.coordinatorId === turn.person?.id ? undefined : await turn.store.people.get(one.coordinatorId);
  const rows: Button[][] = [
    can('submit-note')
      ? [{ label: phrase('home:button.newNote'), action: 'note.new', subject: one.id, opensForm: true }]
      : [],
    can('raise-alert')
      ? [{ label: phrase('home:button.alert'), action: 'alert.new', subject: one.id, opensForm: true }]
      : [],
    can('book-appointment')
      ? [{ label: phrase('home:button.newMeeting'), action: 'appointment.book', subject: one.id, opensForm: true }]
      : [],
    can('assign-technician')
      ? [{ label: phrase('work:button.assign'), action: 'case.assign', subject: one.id, opensForm: true }]
      : [],
    turn.person?.role === 'technician'
      ? [{ label: phrase('work:wide.askClose'), action: 'case.close', subject: one.id }]
      : [],
    person?.phone ? [callButton(person.name, person.phone)] : [],
    coordinator?.phone ? [callButton(coordinator.name, coordinator.phone)] : [],
    person &&
    may(turn.ability, 'ask-for-erasure', { id: person.id, role: person.role, coordinatorId: one.coordinatorId })
      ? [{ label: phrase('privacy:wide.eraseCase'), action: 'erasure.ask', subject: one.id, opensForm: true }]
      : [],
    [{ label: phrase('home:button.cases'), action: 'case.list' }, homeButton],
  ];
  return rows.filter((row) => row.length > 0);
}

/** A number to tap, with the name of whose it is. */
export const callButton = (name: string, phone: string): Button => ({
  label: phrase('work:wide.call', { name }),
  call: sayPhone(phone),
});
