import { expect, it } from 'vitest';
import { type FixedLine, fixedLines } from './fixed-line.ts';

it('112 is said once, also to somebody who was told a moment ago that their word is kept', async () => {
  const said: FixedLine[] = [];
  const lines = fixedLines<string>({
    say: (_, line) => void said.push(line),
    nameOf: (who) => who,
    isWaiting: async () => true,
    lateMs: 1,
  });
  lines.kept('a', '1');
  await expect.poll(() => said).toEqual(['kept']);
  lines.notKept('a');
  lines.notKept('a');
  expect(said).toEqual(['kept', 'wait']);
  lines.kept('a', '2');
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(said).toEqual(['kept', 'wait']);
  lines.stop();
});
