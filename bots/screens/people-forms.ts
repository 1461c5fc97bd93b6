import { filterFor } from '#core/ability.ts';
import { CaseId, PersonId } from '#core/id.ts';
import { assignTechnician } from '#core/people/assign-technician.ts';
import { inviteStaff } from '#core/people/invite-staff.ts';
import { nameCoordinator } from '#core/people/name-coordinator.ts';
import { openPerson } from '#core/people/open-person.ts';
import { languages, phrase } from '#core/phrase.ts';
import { staffRoles } from '#core/roles.ts';
import { chosen, type Field, type FormAnswers, type FormName, form, type Option, spoken } from '../dialogue/form.ts';
import { refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Turn } from '../dialogue/turn.ts';
import { findCases, nameOnCase } from './cases.ts';
import { invitationReady } from './invitation.ts';

/** Somebody new on staff; the coordinator is asked for a technician only [GUIDE]. */
export const inviteStaffForm = form({
  name: 'invite-staff',
  title: phrase('slack:modal.staff'),
  hasPlayback: true,
  submitLabel: phrase('people:button.createInvitation'),
  fields: [
    {
      kind: 'choice',
      key: 'role',
      ask: phrase('people:ask.role'),
      label: phrase('people:label.role'),
      columns: 2,
      options: () => staffRoles.map((role) => ({ value: role, label: phrase(`people:button.${role}`) })),
    },
    nameField(),
    phoneField(),
    languageField(),
    {
      kind: 'choice',
      key: 'coordinator',
      ask: phrase('people:ask.coordinator'),
      askOnPage: phrase('people:ask.coordinatorIf'),
      label: phrase('people:label.coordinator'),
      when: (answers) => chosen(answers, 'role') === 'technician',
      options: coordinators,
    },
    {
      kind: 'words',
      key: 'place',
      ask: phrase('people:ask.place'),
      label: phrase('people:label.place'),
      isShort: true,
      isOptional: true,
      atMost: 20,
    },
  ],
  async submit(turn, answers) {
    const role = staffRoles.find((one) => one === chosen(answers, 'role')) ?? 'technician';
    const invited = await turn.execute(inviteStaff, {
      role,
      name: spoken(answers, 'name').words,
      phone: chosen(answers, 'phone') || undefined,
      language: languageIn(answers),
      placeCode: spoken(answers, 'place').words || undefined,
      coordinatorId: PersonId.safeParse(chosen(answers, 'coordinator')).data,
    });
    if (invited.is === 'refused')
      return askAgain(turn, 'invite-staff', answers, invited, { ...typed, 'people:needCoordinator': 'coordinator' });
    return { say: await invitationReady(turn, invited.result) };
  },
});

const nobody = 'none';

/** A person with a case. A name much like one on file is asked about before a second case is opened. */
export const openPersonForm = form({
  name: 'open-person',
  title: phrase('slack:modal.person'),
  hasPlayback: true,
  submitLabel: phrase('people:button.openCase'),
  fields: [
    nameField(),
    phoneField(),
    {
      kind: 'words',
      key: 'year',
      ask: phrase('people:ask.year'),
      label: phrase('people:label.year'),
      isShort: true,
      atMost: 10,
    },
    languageField(),
    {
      kind: 'words',
      key: 'place',
      ask: phrase('people:ask.place'),
      label: phrase('people:label.place'),
      isShort: true,
      atMost: 20,
    },
    {
      kind: 'choice',
      key: 'technician',
      ask: phrase('people:ask.technicians'),
      label: phrase('people:label.technician'),
      options: async (turn) => [
        ...(await myTechnicians(turn)),
        { value: nobody, label: phrase('people:button.noTechnician') },
      ],
    },
    {
      kind: 'choice',
      key: 'isOther',
      ask: (_turn, answers) => phrase('people:sameName', { caseRef: chosen(answers, 'sameAs') }),
      when: (answers) => chosen(answers, 'sameAs') !== '',
      options: () => [
        { value: 'yes', label: phrase('people:button.otherPerson') },
        { value: 'no', label: phrase('people:button.samePerson') },
      ],
    },
  ],
  async submit(turn, answers) {
    const { sameAs: _, isOther, ...kept } = answers;
    if (isOther === 'no') return { say: [{ lines: [phrase('general:unchanged')] }] };
    const opened = await turn.execute(openPerson, {
      name: spoken(answers, 'name').words,
      phone: chosen(answers, 'phone') || undefined,
      birthYear: spoken(answers, 'year').words,
      language: languageIn(answers),
      placeCode: spoken(answers, 'place').words,
      technicianIds: [chosen(answers, 'technician')].flatMap((id) => PersonId.safeParse(id).data ?? []),
      isOtherPerson: isOther === 'yes',
    });
    if (opened.is === 'refused' && opened.phrase.key === 'people:sameName')
      return { open: { form: 'open-person', answers: { ...kept, sameAs: String(opened.phrase.params.caseRef) } } };
    if (opened.is === 'refused') return askAgain(turn, 'open-person', answers, opened, typed);
    const done = phrase('people:opened', { caseRef: opened.result.case.number });
    return { say: await invitationReady(turn, opened.result, [done]) };
  },
});

/** Who coordinates a technician from now on. */
export const nameCoordinatorForm = form({
  name: 'name-coordinator',
  title: phrase('people:modal.coordinator'),
  fields: [
    { kind: 'choice', key: 'technician', ask: phrase('people:label.technician'), options: technicians },
    { kind: 'choice', key: 'coordinator', ask: phrase('people:ask.coordinator'), options: coordinators },
  ],
  async submit(turn, answers) {
    const coordinatorId = PersonId.parse(chosen(answers, 'coordinator'));
    const named = await turn.execute(nameCoordinator, {
      technicianId: PersonId.parse(chosen(answers, 'technician')),
      coordinatorId,
    });
    if (named.is === 'refused') return refusalSaid(turn, named);
    return {
      say: [
        { lines: [phrase('people:coordinatorSaved', { name: (await turn.store.people.must(coordinatorId)).name })] },
      ],
    };
  },
});

/** Which technician visits a case from now on. */
export const assignTechnicianForm = form({
  name: 'assign-technician',
  title: phrase('people:modal.assign'),
  fields: [
    { kind: 'choice', key: 'case', ask: phrase('work:findCase'), options: myCases, search: findCases },
    { kind: 'choice', key: 'technician', ask: phrase('people:ask.technicians'), options: myTechnicians },
  ],
  async submit(turn, answers) {
    const technicianId = PersonId.parse(chosen(answers, 'technician'));
    const assigned = await turn.execute(assignTechnician, {
      caseId: CaseId.parse(chosen(answers, 'case')),
      technicianIds: [technicianId],
    });
    if (assigned.is === 'refused') return refusalSaid(turn, assigned);
    const { name } = await turn.store.people.must(technicianId);
    return { say: [{ lines: [phrase('work:assign.done', { caseRef: assigned.result.number, name })] }] };
  },
});

/** The form as it opens: whether it is another person is asked only when a name is much like one on file. */
export const newPerson = { form: 'open-person' as const, answers: { isOther: 'not asked' } };

/** The question behind each refusal of something typed. */
const typed: Record<string, string> = {
  'people:needName': 'name',
  'people:needYear': 'year',
  'people:needPlace': 'place',
};

/** One answer could not be used: says why and asks that question again; the others are kept. */
function askAgain(
  turn: Turn,
  name: FormName,
  answers: FormAnswers,
  refused: Parameters<typeof refusalSaid>[1],
  fields: Record<string, string>,
): Answer {
  const field = fields[refused.phrase.key];
  if (!field) return refusalSaid(turn, refused);
  const { [field]: _, ...kept } = answers;
  return { open: { form: name, answers: kept, why: refused.phrase } };
}

function nameField(): Field {
  return {
    kind: 'words',
    key: 'name',
    ask: phrase('people:ask.name'),
    label: phrase('people:label.name'),
    isShort: true,
    atMost: 100,
  };
}

function phoneField(): Field {
  return {
    kind: 'phone',
    key: 'phone',
    ask: phrase('people:ask.phone'),
    label: phrase('people:label.phone'),
    isOptional: true,
  };
}

function languageField() {
  return {
    kind: 'choice' as const,
    key: 'language',
    ask: phrase('people:ask.language'),
    label: phrase('people:label.language'),
    columns: 3 as const,
    options: (): Option[] =>
      languages.map((language) => ({ value: language, label: phrase(`start:button.${language}`) })),
  };
}

const languageIn = (answers: FormAnswers) =>
  languages.find((language) => language === chosen(answers, 'language')) ?? 'ro';

const named = (people: { id: string; name: string }[]): Option[] =>
  people.map(({ id, name }) => ({ value: id, label: phrase('general:plain', { text: name }) }));

async function coordinators({ store }: Turn): Promise<Option[]> {
  return named((await store.people.staff()).filter(({ role }) => role === 'coordinator'));
}

async function technicians({ store }: Turn): Promise<Option[]> {
  return named((await store.people.staff()).filter(({ role }) => role === 'technician'));
}

async function myTechnicians({ store, actor }: Turn): Promise<Option[]> {
  const team: Option[] = [];
  for (const id of actor.actsFor) team.push(...named(await store.people.techniciansOf(id)));
  return team;
}

async function myCases(turn: Turn): Promise<Option[]> {
  const options: Option[] = [];
  for (const one of (await turn.store.cases.visible(filterFor(turn.ability, 'assign-technician'))).slice(0, 20))
    options.push({ value: one.id, label: await nameOnCase(one, turn) });
  return options;
}
