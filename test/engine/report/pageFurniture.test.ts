import { expect, it } from 'vitest';
import { markDifferences } from '../../../server/src/engine/report/markDifferences.ts';
import { unitWords } from '../../../server/src/engine/report/unitWords.ts';
import { read } from '../documents/read.ts';

it('the report marks what differs, not the page between the words', () => {
  const words = (text: string): ReturnType<typeof unitWords> & { document: string } => {
    const [unit] = read(text, 'plan.txt').units;
    if (unit === undefined) throw new Error('no unit');
    return { ...unitWords(unit), document: 'plan.txt' };
  };
  const source = words('2.01 Vesting. The Matching Contri-\nbutions of a Participant vest\n\nPage 1 of 2\n\fafter six years of service.\n');
  const target = words('2.01 Vesting. The Matching Contributions of a Participant vest after two years of service.\n');
  const marked = markDifferences(source, [target], []);
  const only = (parts: (typeof marked)['source']): readonly string[] => parts.filter((part) => part.only).map(({ text }) => text);
  expect([only(marked.source), only(marked.targets[0] ?? [])]).toEqual([['six'], ['two']]);
  expect(marked.source.map(({ text }) => text).join('')).toBe(source.text);
});
