import type { Universe } from './universe.ts';

/** Who is there in most tests of alerts: a supervisor, two coordinators, a technician of the first of them. */
export async function teamOf(u: Universe) {
  const carmen = await u.person('supervisor', 'Carmen Vlad');
  const ioana = await u.person('coordinator', 'Ioana Marin');
  const andrei = await u.person('coordinator', 'Andrei Stan');
  const mihai = await u.person('technician', 'Mihai Dobre', { coordinatorId: ioana.id });
  return { carmen, ioana, andrei, mihai };
}
