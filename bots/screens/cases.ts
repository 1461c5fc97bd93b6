import { filterFor, may } from '#core/ability.ts';
import type { Action } from '#core/actions.ts';
import type { Case } from '#core/cases/case.ts';
import { CaseId } from '#core/id.ts';
import type { Button, Message, Section } from '#core/message.ts';
import { contactOf } from '#core/people/contact.ts';
import type { Person } from '#core/people/person.ts';
import type { UseCaseName } from '#core/permissions.ts';
import { list, type Phrase, phrase } from '#core/phrase.ts';
import { form, type Option, spoken } from '../dialogue/form.ts';
import { homeButton } from '../dialogue/home-button.ts';
import { breakGlassButton, mayBreakGlass, refusalSaid } from '../dialogue/refused.ts';
import type { Answer, Handler, Turn } from '../dialogue/turn.ts';
import { callButton, showCaseCard } from './case-card.ts';

const mostListed = 7;

/** A case as somebody who works on it knows it: number and name. */
export async function nameOnCase({ number, personId }: Case, { store }: Pick<Turn, 'store'>): Promise<Phrase> {
  return phrase('work:caseOption', { number, name: (await store.people.get(personId))?.name ?? '—' });
}

/** Cases of the asker whose number or name fits what was typed, in any spelling (`language.md` 7). */
export async function findCases(turn: Turn, text: string): Promise<Option[]> {
  const options: Option[] = [];
  for (const found of await casesLike(turn, text))
    options.push({ value: found.id, label: await nameOnCase(found, turn) });
  return options;
}

/** Foreign cases are never among them, so that nobody learns who is helped elsewhere; one that an urgent access opened is found by its number. */
async function casesLike(turn: Turn, text: string): Promise<Case[]> {
  const readable = await turn.store.cases.visible(filterFor(turn.ability, 'read-case'));
  const numbered = readable.filter(({ number }) => digits(number) === digits(text) && digits(text) !== '');
  if (numbered.length > 0) return numbered;
  const mine = await turn.store.cases.visible(filterFor(turn.ability, 'list-cases'));
  const people = new Set<string>((await turn.store.people.named(text)).map(({ id }) => id));
  return mine.filter(({ personId }) => people.has(personId));
}

const digits = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '');

/** The asker's cases as choices of a form, the latest first. */
export async function caseOptions(turn: Turn, useCase: UseCaseName): Promise<Option[]> {
  const options: Option[] = [];
  for (const one of (await turn.store.cases.visible(filterFor(turn.ability, useCase))).slice(0, 20))
    options.push({ value: one.id, label: await nameOnCase(one, turn) });
  return options;
}

/** "Cazurile mele": number, name, place; below, whom to call about them. `value` says from which one on. */
const listCases: Handler = async (turn, { value }) => {
  const cases = await turn.store.cases.visible(filterFor(turn.ability, 'list-cases'));
  if (cases.length === 0) return { say: [await noCases(turn)] };
  const shown = cases.slice(value, value + mostListed);
  const more: Button[] =
    cases.length > value + mostListed
      ? [{ label: phrase('general:button.showMore'), action: 'case.list', value: value + mostListed }]
      : [];
  return {
    show: {
      title: phrase('home:button.cases'),
      message: {
        lines: [phrase('general:choose')],
        sections: [await caseSection(turn, shown, cases.length)],
        buttons: [...more.map((button) => [button]), [findButton()], ...(await callRows(turn, shown))],
        isProtected: true,
      },
    },
  };
};

async function noCases(turn: Turn): Promise<Message> {
  const coordinator = await ownCoordinator(turn);
  return {
    lines: [coordinator ? phrase('notes:noCases', { name: coordinator.name }) : phrase('work:noCases')],
    buttons: [...urgentRow(turn), [homeButton]],
  };
}

/** A foreign case is not searched for; who needs one now says why. */
const urgentRow = (turn: Turn): Button[][] => (mayBreakGlass(turn) ? [[breakGlassButton()]] : []);

async function ownCoordinator({ person, store }: Turn): Promise<Person | undefined> {
  const id = person && (await contactOf(person, { store }));
  return id && store.people.get(id);
}

async function caseSection(turn: Turn, cases: Case[], count: number): Promise<Section> {
  const items: Section['items'] = [];
  for (const one of cases) {
    items.push({
      lines: [
        phrase('general:plain', { text: list([await nameOnCase(one, turn), one.placeCode]) }),
        await coordinatorLine(one, turn),
      ],
      buttons: [{ label: phrase('general:button.details'), action: 'case.show', subject: one.id, opensForm: true }],
    });
  }
  return { title: phrase('home:section.cases'), count, items };
}

const coordinatorLine = async ({ coordinatorId }: Case, { store }: Turn): Promise<Phrase> =>
  phrase('general:labelled', {
    label: phrase('work:label.coordinator'),
    value: (await store.people.get(coordinatorId))?.name ?? '—',
  });

/** One number to tap for each coordinator of these cases, but not one's own. */
async function callRows({ store, person }: Turn, cases: Case[]): Promise<Button[][]> {
  const rows: Button[][] = [];
  for (const id of new Set(cases.map(({ coordinatorId }) => coordinatorId))) {
    const coordinator = id === person?.id ? undefined : await store.people.get(id);
    if (coordinator?.phone) rows.push([callButton(coordinator.name, coordinator.phone)]);
  }
  return rows;
}

const findButton = (): Button => ({ label: phrase('alerts:wide.search'), action: 'case.find', opensForm: true });

const showCase: Handler = async (turn, { subject }) => showCaseCard(turn, CaseId.parse(subject));

/** Closing is the coordinator's alone: whose decision it is, and a prepared request [GUIDE g098]. */
const askToClose: Handler = async (turn, { subject }) => {
  const one = await turn.store.cases.get(subject);
  const decider =
    one && may(turn.ability, 'read-case', one) ? await turn.store.people.get(one.coordinatorId) : undefined;
  if (!decider) return { toast: phrase('refusals:gone') };
  return refusalSaid(turn, {
    is: 'refused',
    phrase: phrase('refusals:closeCase', { name: decider.name }),
    decidedBy: decider.id,
    asked: 'close-case',
    caseNumber: one?.number,
  });
};

/** Number or name in any spelling: one hit opens it, several are listed. */
export const findCaseForm = form({
  name: 'find-case',
  title: phrase('slack:modal.case'),
  staysOpen: true,
  fields: [{ kind: 'words', key: 'name', ask: phrase('work:findCase'), isShort: true, atMost: 100 }],
  async submit(turn, answers) {
    const cases = await casesLike(turn, spoken(answers, 'name').words);
    const [first] = cases;
    if (!first)
      return found({
        lines: [phrase('work:caseNotFound'), phrase('work:onlyYours')],
        buttons: [[findButton()], ...urgentRow(turn), [homeButton]],
      });
    if (cases.length === 1) return showCaseCard(turn, first.id);
    return found({
      lines: [phrase('work:cases', { count: cases.length })],
      sections: [await caseSection(turn, cases.slice(0, mostListed), cases.length)],
      buttons: [[findButton(), homeButton]],
      isProtected: true,
    });
  },
});

const found = (message: Message): Answer => ({ show: { title: phrase('slack:modal.case'), message } });

export const caseHandlers = {
  'case.list': listCases,
  'case.show': showCase,
  'case.find': async () => ({ open: { form: 'find-case' as const } }),
  'case.close': askToClose,
} satisfies Partial<Record<Action, Handler>>;
