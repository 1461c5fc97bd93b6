import fc from 'fast-check';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectMongo } from '#infra/mongo.ts';
import { testPlace } from '#infra/test/place.ts';
import { abilityOf, filterFor, may } from './ability.ts';
import { CaseId, PersonId } from './id.ts';
import { type SubjectOf, type UseCaseName, useCases } from './permissions.ts';
import type { Asker, Subjects } from './rights.ts';
import { type Role, roles } from './roles.ts';

const names = Object.keys(useCases) as UseCaseName[];
const me = PersonId.parse('a'.repeat(24));
const absent = PersonId.parse('b'.repeat(24));
const other = PersonId.parse('c'.repeat(24));
const opened = CaseId.parse('d'.repeat(24));

/** Strangers and the system have no id; everybody else also stands in for one who is absent, and has a foreign case open to them. */
const askerAs = (role: Role): Asker =>
  role === 'stranger' || role === 'system'
    ? { id: undefined, roles: [role], actsFor: [] }
    : { id: me, roles: [role], actsFor: [me, absent], openedCases: [opened] };

describe('the table of permissions', () => {
  it('is this, role by role: a change of it is read and agreed before it is merged', async () => {
    const lines = names.map((name) => [`${name} (${useCases[name]})`, ...roles.flatMap((role) => rightOf(role, name))]);
    const text = `${lines.map((one) => one.join('\n  ')).join('\n')}\n`;
    await expect(text).toMatchFileSnapshot('./permissions.matrix.txt');
  });

  it('gives a technician none of the decisions of a coordinator [GUIDE]', () => {
    const decisions = ['close-alert', 'validate-note', 'return-note', 'assign-technician', 'book-appointment'] as const;
    for (const name of decisions) expect(rightOf('technician', name)).toEqual([]);
  });

  it('gives somebody without an id nothing that is asked about an id', () => {
    for (const role of roles) {
      const rules = abilityOf({ id: undefined, roles: [role], actsFor: [] }).rules;
      expect(rules.filter(({ conditions }) => conditions && !('role' in conditions))).toEqual([]);
    }
  });
});

/** What a role may do, as the rules of its ability say it. */
function rightOf(role: Role, name: UseCaseName): string[] {
  const rules = abilityOf(askerAs(role)).rules.filter(({ action }) => action === name);
  if (rules.length === 0) return [];
  return [`${role}: ${rules.map(({ conditions }) => (conditions ? spelled(conditions) : 'all')).join(' or ')}`];
}

/** `coordinatorId in me, absent`. */
const spelled = (conditions: object): string =>
  Object.entries(conditions)
    .map(([field, asked]) => (typeof asked === 'string' ? `${field} is ${whoIs(asked)}` : `${field} ${whoAre(asked)}`))
    .join(' and ');
const whoAre = ({ $in, $ne }: { $in: string[]; $ne?: string }) =>
  $ne ? `is not ${whoIs($ne)}` : `in ${$in.map(whoIs).join(', ')}`;
const whoIs = (id: string) =>
  ({ [me]: 'me', [absent]: 'who I stand in for', [opened]: 'the cases open to me' })[id] ?? id;

/** Lists are of what rows hold; a person is asked for by id, and an office is one. */
const listed = names.filter((name) => useCases[name] !== 'person' && useCases[name] !== 'office');

describe('check and list', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectMongo(testPlace().mongodbUri);
  });
  afterAll(() => connection.close());

  it('agree: a list holds exactly what the check lets through, for each role and use case', async () => {
    const things = fc
      .sample(thing, { numRuns: 60, seed: 7 })
      .map((one, index) => ({ ...one, id: index === 3 ? (opened as string) : `${index}` }));
    const rows = connection.collection<{ _id: string }>('things');
    await rows.insertMany(
      things.map(({ id, ...fields }) => ({ _id: id, ...fields })),
      { ignoreUndefined: true },
    );
    for (const role of roles) {
      const ability = abilityOf(askerAs(role));
      for (const name of listed) {
        const found = await rows.find(filterFor(ability, name) as object).toArray();
        const passed = things.filter((one) => may(ability, name, one as SubjectOf<typeof name>));
        expect([role, name, found.map(({ _id }) => _id).sort()]).toEqual([
          role,
          name,
          passed.map(({ id }) => id).sort(),
        ]);
      }
    }
  });
});

type Field = Exclude<{ [K in keyof Subjects]: keyof Subjects[K] }[keyof Subjects], 'id'>;

const whom = fc.constantFrom(me, absent, other);
const whomIfAny = fc.option(whom, { nil: undefined });
const several = fc.uniqueArray(whom);

/** A thing of any kind: all fields that any permission may look at. */
const thing = fc.record({
  role: fc.constantFrom(...roles),
  personId: whomIfAny,
  caseId: fc.constantFrom(opened, CaseId.parse('e'.repeat(24)), undefined),
  coordinatorId: whomIfAny,
  technicianIds: several,
  raisedBy: whomIfAny,
  ownerId: whomIfAny,
  handOverTo: whomIfAny,
  state: fc.constantFrom('open', 'closed'),
  toldIds: several,
  writtenBy: whom,
  readerIds: several,
  askedBy: whom,
  decidedBy: whom,
} satisfies Record<Field, unknown>);
