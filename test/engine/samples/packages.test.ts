import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ExpectedPlans } from '../../../eval/samplePlans.ts';

const sample = (name: string): string => readFileSync(new URL(`../../../samples/packages/${name}`, import.meta.url), 'utf8');

const EXPECTED = JSON.parse(sample('cedar-dogwood.expected.json')) as ExpectedPlans;
const CLAIMED = EXPECTED.pairs.flatMap(({ targets }) => targets);

/** A real plan document is no smaller; with fewer planted differences a figure says little. */
const LEAST_PROVISIONS = 120;
const LEAST_DIFFERENCES = 45;

/** What a printer adds to every page: headers, footers, page numbers, the letters of a watermark. */
const FURNITURE = /^(?:\f?Dogwood Retirement Trust Company {2,}.*|DRT-BPD-11 .*| *Page \d+ of \d+| *[DRAFT])$/u;
const SECTION = /^(?:## |Section )?(?<number>\d{1,2}\.\d{2}) +\p{Lu}/u;
const PARAGRAPH = /^ *\((?<letter>[a-z])\) /u;

/**
 * The text under each printed number, found by a scan of the lines and not by the reader under test:
 * a test of the truth must not pass or fail with what is measured against it.
 */
function scanned(text: string): readonly (readonly [string, string])[] {
  const found: [string, string[]][] = [];
  let section = '';
  for (const line of text.split('\n')) {
    if (FURNITURE.test(line) || / \.{3,} \d+$/u.test(line) || /^(?:# | *ARTICLE | {10,}[A-Z]{2})/u.test(line)) continue;
    const number = SECTION.exec(line)?.groups?.['number'];
    const letter = PARAGRAPH.exec(line)?.groups?.['letter'];
    if (number !== undefined) section = number;
    if (number !== undefined) found.push([number, [line]]);
    else if (letter !== undefined) found.push([`${section}(${letter})`, [line]]);
    else found.at(-1)?.[1].push(line);
  }
  const joined = found.map(([number, lines]) => [number, lines.join('\n').replaceAll(/(?<=[a-z])-\n *(?=[a-z])/gu, '').replaceAll(/\s+/gu, ' ')] as const);
  // A section that is cut into paragraphs is a heading.
  return joined.filter(([number]) => !joined.some(([other]) => other.startsWith(`${number}(`)));
}

/** The headings of the source's sections, which share a line of the scan with the words below them. */
const TITLES = new Map([...sample(EXPECTED.source).matchAll(/^## (?<number>\S+) (?<title>.*)$/gmu)].map(({ groups }) => [groups?.['number'], groups?.['title'] ?? '']));
const SOURCE = scanned(sample(EXPECTED.source));
const TARGET = scanned(sample(EXPECTED.target));

describe('the sample packages and what is expected of them', () => {
  test.each([
    ['source', SOURCE, [...EXPECTED.pairs.map(({ source }) => source), ...EXPECTED.missing]],
    ['target', TARGET, [...new Set(CLAIMED), ...EXPECTED.new]],
  ] as const)('every provision of the %s has a number of its own and is accounted for once', (_, provisions, named) => {
    const numbers = provisions.map(([number]) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect([...named].sort()).toEqual([...numbers].sort());
  });

  test('it is as large as a plan document is in practice, and every relation occurs in it', () => {
    expect(SOURCE.length).toBeGreaterThanOrEqual(LEAST_PROVISIONS);
    expect(TARGET.length).toBeGreaterThanOrEqual(LEAST_PROVISIONS);
    expect(EXPECTED.pairs.flatMap(({ differences = [] }) => differences).length).toBeGreaterThanOrEqual(LEAST_DIFFERENCES);
    expect([...new Set(EXPECTED.pairs.map(({ relation }) => relation))].sort()).toEqual(['changed', 'covered', 'merged', 'reworded', 'same', 'split']);
  });

  test('the words of every planted difference stand in the provisions that it is planted in', () => {
    const [source, target] = [new Map(SOURCE), new Map(TARGET)];
    const lost = EXPECTED.pairs.flatMap((pair) =>
      (pair.differences ?? [])
        .filter((each) => source.get(pair.source)?.includes(each.source) !== true || target.get(pair.targets[0] ?? '')?.includes(each.target) !== true)
        .map((each) => `${pair.source}: ${each.source} > ${each.target}`),
    );
    expect(lost).toEqual([]);
  });

  test('the shape of every relation is its own', () => {
    const odd = EXPECTED.pairs.filter(({ relation, targets, differences = [] }) => {
      if (relation === 'split' ? targets.length < 2 : targets.length !== 1) return true;
      if (relation === 'merged' && CLAIMED.filter((number) => number === targets[0]).length < 2) return true;
      return (relation === 'changed') !== differences.length > 0;
    });
    expect(odd.map(({ source }) => source)).toEqual([]);
  });

  test('what is the same is the same word for word, headings and references aside', () => {
    // The heading of a source section is a line of its own, so the words after it are the provision.
    const bodies = new Map(SOURCE.map(([number, text]) => [number, text.replace(/^(?:\(\w\)|## \S+) /u, '').trim()]));
    const target = new Map(TARGET);
    const same = EXPECTED.pairs.filter(({ relation }) => relation === 'same');
    const other = same.filter((pair) => {
      const theirs = (target.get(pair.targets[0] ?? '') ?? '').trim();
      const ours = bodies.get(pair.source) ?? '';
      const title = TITLES.get(pair.source) ?? '';
      return !theirs.endsWith(ours.slice(title.length).trim());
    });
    expect(same.length).toBeGreaterThan(5);
    expect(other.map(({ source: number }) => number)).toEqual([]);
  });
});
