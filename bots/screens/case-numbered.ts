import type { Case } from '#core/cases/case.ts';
import type { Turn } from '../dialogue/turn.ts';

/** The case somebody names by its number: `12`, `C12` and `C-012` are one. Says nothing of whose it is. */
export async function caseNumbered({ store }: Pick<Turn, 'store'>, text: string): Promise<Case | undefined> {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  if (!digits) return undefined;
  return (await store.cases.find({ number: { $in: [0, 1, 2].map((zeros) => `C-${'0'.repeat(zeros)}${digits}`) } }))[0];
}
