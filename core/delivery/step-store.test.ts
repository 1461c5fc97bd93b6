import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openUniverse, type Universe } from '#infra/test/universe.ts';
import type { Person } from '../people/person.ts';
import { stepStore } from './step-store.ts';

let u: Universe;
let ioana: Person;

beforeAll(async () => {
  u = await openUniverse();
});
afterAll(() => u.close());
beforeEach(async () => {
  vi.restoreAllMocks();
  ioana = await u.person('coordinator', 'Ioana Marin');
});

describe('the stores of one step', () => {
  it('read the same thing once', async () => {
    const asked = vi.spyOn(u.world.store.people, 'get');
    const { people } = stepStore(u.world.store);
    expect(await people.get(ioana.id)).toEqual(ioana);
    expect(await people.must(ioana.id)).toEqual(ioana);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('know what a query of the step has brought', async () => {
    const asked = vi.spyOn(u.world.store.people, 'get');
    const { people } = stepStore(u.world.store);
    await people.activeWithRole('coordinator');
    expect((await people.get(ioana.id))?.name).toBe('Ioana Marin');
    expect(asked).not.toHaveBeenCalled();
  });

  it('see their own writes: inserted, saved, changed', async () => {
    const { people } = stepStore(u.world.store);
    await people.get(ioana.id);
    const saved = await people.save({ ...ioana, name: 'Ioana Pop' });
    expect(await people.get(ioana.id)).toEqual(saved);
    await people.change(ioana.id, {}, { language: 'uk' });
    expect((await people.get(ioana.id))?.language).toBe('uk');
    const fresh = { ...ioana, id: u.world.newId<Person['id']>(), accounts: [] };
    await people.insert(fresh);
    expect(await people.get(fresh.id)).toEqual(fresh);
  });

  it('ask again for what was removed, and for what was not there', async () => {
    const { people } = stepStore(u.world.store);
    await people.get(ioana.id);
    await people.remove({ _id: ioana.id });
    expect(await people.get(ioana.id)).toBeUndefined();
    await expect(people.must(ioana.id)).rejects.toThrow('is missing');
    await u.world.store.people.insert(ioana);
    expect(await people.get(ioana.id)).toEqual(ioana);
  });

  it('begin with nothing: the next step reads what was changed outside', async () => {
    await stepStore(u.world.store).people.get(ioana.id);
    await u.world.store.people.save({ ...ioana, name: 'Ioana Pop' });
    expect((await stepStore(u.world.store).people.get(ioana.id))?.name).toBe('Ioana Pop');
  });
});
