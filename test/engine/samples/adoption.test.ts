import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expectedAdoption, fieldNumbers, readAgreement } from '../../../eval/sampleAdoption.ts';

const sample = (name: string): string => readFileSync(new URL(`../../../samples/packages/${name}`, import.meta.url), 'utf8');

const EXPECTED = expectedAdoption();
const CLAIMED = EXPECTED.pairs.flatMap(({ targets }) => targets);

/** What a printer adds to every page. */
const FURNITURE = /^(?:\f?Dogwood Retirement Trust Company {2,}.*|DRT-AA-11-002 .*)$/u;
const PART = /^(?:#{1,2} |PART [IVX]+ )/u;
const ITEM = /^(?:\*\*(?<cedar>\d{1,2})\. |Section (?<dogwood>[A-Z]-\d)\. )/u;
const PARAGRAPH = /^ {3,4}\((?<mark>[a-wyz\d])\) /u;
const LINE = /^ {0,4}(?<name>[A-Z][^:_[\]☐☒*]+): _/u;
const BOX = /\[[ x]\]|\([ x]\)|[☐☒]/gu;
const TICKED = /\[x\]|\(x\)|☒/gu;

/**
 * The text of each field, found by a scan of the lines and not by the reader under test: items, their lettered questions,
 * and lines to fill in, as far as they hold a box or a blank.
 */
function scanned(text: string): ReadonlyMap<string, string> {
  const found: [string, string[]][] = [];
  let item = '';
  for (const line of text.split('\n')) {
    if (FURNITURE.test(line)) continue;
    const number = ITEM.exec(line)?.groups;
    const mark = PARAGRAPH.exec(line)?.groups?.['mark'];
    const name = LINE.exec(line)?.groups?.['name'];
    if (number !== undefined) item = number['cedar'] ?? number['dogwood'] ?? '';
    if (PART.test(line)) found.push(['', []]);
    else if (number !== undefined) found.push([item, [line]]);
    else if (mark !== undefined) found.push([`${item}(${mark})`, [line]]);
    else if (name !== undefined) found.push([`${item} ${name}`, [line]]);
    else found.at(-1)?.[1].push(line);
  }
  const words = found.map(([number, lines]) => [number, lines.join('\n').replaceAll(/(?<=[a-z])-\n *(?=[a-z])/gu, '').replaceAll(/\s+/gu, ' ')] as const);
  const fields = words.filter(([, text]) => text.match(BOX) !== null || text.includes('__'));
  expect(new Set(fields.map(([number]) => number)).size).toBe(fields.length);
  return new Map(fields);
}

const SOURCE = scanned(sample(EXPECTED.source));
const TARGET = scanned(sample(EXPECTED.target));

const SIDES = [
  ['source', EXPECTED.source, SOURCE, [...EXPECTED.pairs.map(({ source }) => source), ...EXPECTED.missing]],
  ['target', EXPECTED.target, TARGET, [...CLAIMED, ...EXPECTED.new]],
] as const;

describe('the sample adoption agreements and what is expected of them', () => {
  test.each(SIDES)('the %s has the fields of a real form, each accounted for once', (_, __, fields, named) => {
    expect(fields.size).toBeGreaterThanOrEqual(64);
    expect([...named].sort()).toEqual([...fields.keys()].sort());
  });

  test('the words of every planted difference stand in the fields that it is planted in', () => {
    const lost = EXPECTED.pairs.flatMap(({ source, targets, differences = [] }) =>
      differences
        .filter((each) => SOURCE.get(source)?.includes(each.source) !== true || !targets.some((target) => TARGET.get(target)?.includes(each.target)))
        .map((each) => `${source}: ${each.source} > ${each.target}`),
    );
    expect(lost).toEqual([]);
  });

  test('what is changed says how, and nothing else does', () => {
    const odd = EXPECTED.pairs.filter(({ relation, differences = [] }) => (relation === 'changed') !== differences.length > 0);
    expect(odd.map(({ source }) => source)).toEqual([]);
    expect(EXPECTED.pairs.filter(({ relation }) => relation === 'changed').length).toBeGreaterThanOrEqual(25);
  });

  test.each(['election', 'option', 'fillIn', 'default', 'unanswered', 'conflict'])('a difference of kind %s is planted', (kind) => {
    expect(EXPECTED.pairs.some(({ differences = [] }) => differences.some((each) => each.kind === kind))).toBe(true);
  });
});

describe('the reader', () => {
  test.each(SIDES)('finds every field of the %s, and its boxes', (_, name, fields) => {
    const { units } = readAgreement(name);
    const numbers = fieldNumbers(units);
    const found = units.flatMap(({ key, election }) => {
      if (election === undefined) return [];
      return [`${numbers.get(key) ?? ''}: ${election.options.length} boxes, ${election.options.filter(({ selected }) => selected).length} ticked`];
    });
    const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
    expect(found).toEqual([...fields].map(([number, text]) => `${number}: ${count(text, BOX)} boxes, ${count(text, TICKED)} ticked`));
  });

  test.each([
    ['36', EXPECTED.source, 'answered'], ['D-5(2)', EXPECTED.target, 'conflict'], ['A-4', EXPECTED.target, 'unanswered'], ['J-6', EXPECTED.target, 'unanswered'],
    ['19', EXPECTED.source, 'ambiguous'], ['A-3', EXPECTED.target, 'answered'], ['J-2', EXPECTED.target, 'answered'],
  ])('reads how %s of %s is answered', (number, name, state) => {
    const { units } = readAgreement(name);
    const numbers = fieldNumbers(units);
    expect(units.find(({ key }) => numbers.get(key) === number)?.election?.state).toBe(state);
  });
});
