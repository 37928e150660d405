import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { provisionsOf } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import { effectOf } from '../../../server/src/engine/workflows/crosswalk/effect.ts';
import { LineMap, spanBuilder } from '../../../server/src/engine/documents/lineMap.ts';
import { read } from '../documents/read.ts';

const PLANS = ['alder-basic-plan.md', 'birch-basic-plan.md'].map((name) => read(readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8'), name));

/** One edit that changes what a provision says, at every place where it can be made. */
const EDITS: readonly (readonly [name: string, words: RegExp, edit: (words: string) => string])[] = [
  ['another digit', /(?<![\d(])\d(?=[\d,.%]*(?:\s|%|\)|$))/gu, (digit) => String((Number(digit) + 3) % 10)],
  ['another number in words', /\b(?:two|three|four|five|six|seven|ten|fifteen|thirty|sixty|ninety)\b/gu, (word) => (word === 'eight' ? 'nine' : 'eight')],
  ['no denial', /\b(?:not|never)\s/gu, () => ''],
  ['a denial', /\b(?:shall|may|is|are|will|must)\s(?!not\b|(?:no|to)\b)/gu, (word) => `${word}not `],
  ['may for shall', /\bshall\b(?! (?:not|in no event|be (?:permitted|entitled|allowed)))/gu, () => 'may'],
  ['no condition', /\b(?:only|unless|except)\s/gu, () => ''],
  ['after for before', /\bbefore\b/gu, () => 'after'],
  ['or for and', /\band\b/gu, () => 'or'],
  ['more for less', /\bless than\b/gu, () => 'more than'],
  ['the other party', /\b(?:Employer|Trustee)\b/gu, (word) => (word === 'Employer' ? 'Trustee' : 'Employer')],
  ['a word left out', /\b(?:vested|former|pre-tax|surviving|first|last|written|(?<!(?:12|\(12\)) )consecutive)\s/gu, () => ''],
  ['another word', /\b(?:vested|cash|death|disability|severance|hours|months|days|loan|bonuses)\b/giu, () => 'weather'],
];

test.each(EDITS)('%s is never called the same or reworded, wherever it stands in the sample plans', (_, words, edit) => {
  const calm: string[] = [];
  let made = 0;
  for (const document of PLANS) {
    for (const provision of provisionsOf(document).compared) {
      for (const match of provision.text.matchAll(words)) {
        const changed = `${provision.text.slice(0, match.index)}${edit(match[0])}${provision.text.slice(match.index + match[0].length)}`;
        const spanOf = spanBuilder('x', document.text, new LineMap(''));
        const { relation } = effectOf(provision, { ...provision, text: changed }, { sourceSpan: spanOf, targetSpan: spanOf, sameReference: () => false });
        made++;
        if (relation === 'same' || relation === 'reworded') calm.push(`${provision.unit.number ?? ''}: ...${provision.text.slice(Math.max(0, match.index - 40), match.index + 40)}`);
      }
    }
  }
  expect(made).toBeGreaterThan(3);
  expect(calm).toEqual([]);
});
