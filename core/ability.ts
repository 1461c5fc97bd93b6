import { AbilityBuilder, createMongoAbility, type MongoAbility, subject as mark } from '@casl/ability';
import { accessibleBy } from '@casl/mongoose';
import type { Filter } from './collection.ts';
import { type SubjectOf, table, type UseCaseName, useCases } from './permissions.ts';
import {
  type Asker,
  type Kind,
  type Known,
  type ReadingReason,
  type Row,
  type Rule,
  reasonOf,
  type Subjects,
  type Where,
} from './rights.ts';

export type Ability = MongoAbility;

/** The rights of one asker; built once per step (17 µs). */
export function abilityOf(asker: Asker): Ability {
  const { can, build } = new AbilityBuilder<Ability>(createMongoAbility);
  for (const [name, row] of rows)
    for (const role of asker.roles)
      for (const where of conditions(row[role], asker)) can(name, useCases[name], where).because(reasonOf(where));
  return build();
}

const rows = Object.entries(table) as [UseCaseName, Row<Kind>][];

/** What a rule asks of the subject: any of these; none at all when there is no right. */
function conditions(rule: Rule<Kind> | undefined, asker: Asker): (Where<Subjects[Kind]> | undefined)[] {
  if (!rule || rule === 'none') return [];
  if (rule === 'all') return [undefined];
  return isKnown(asker) ? [rule(asker)].flat() : [];
}

const isKnown = (asker: Asker): asker is Known => asker.id !== undefined;

/** The check on one loaded subject; the copy is because CASL marks what it is given. */
export function may<U extends UseCaseName>(ability: Ability, useCase: U, thing: SubjectOf<U>): boolean {
  return ability.can(useCase, mark(useCases[useCase], { ...thing }));
}

/** By which right: the last condition of the row that fits. Asked of what was allowed. */
export function reasonFor<U extends UseCaseName>(ability: Ability, useCase: U, thing: SubjectOf<U>): ReadingReason {
  const rule = ability.relevantRuleFor(useCase, mark(useCases[useCase], { ...thing }));
  return (rule?.reason as ReadingReason | undefined) ?? 'role';
}

/** The same rule as a filter of a list. Without any right the list is empty, without an error. */
export function filterFor(ability: Ability, useCase: UseCaseName): Filter {
  return byStoredId(accessibleBy(ability, useCase).ofType(useCases[useCase])) as Filter;
}

/** What a thing calls `id` lies in the database as `_id`. */
function byStoredId(filter: unknown): unknown {
  if (Array.isArray(filter)) return filter.map(byStoredId);
  if (typeof filter !== 'object' || filter === null) return filter;
  return Object.fromEntries(
    Object.entries(filter).map(([field, asked]) => [field === 'id' ? '_id' : field, byStoredId(asked)]),
  );
}
