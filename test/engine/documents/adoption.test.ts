import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Election, Unit } from '../../../shared/model.ts';
import { blanksIn } from '../../../server/src/engine/documents/blanks.ts';
import { optionBoxes } from '../../../server/src/engine/documents/optionBox.ts';
import { placedElection } from '../../../server/src/engine/documents/placedElection.ts';
import { citationsIn } from '../../../server/src/engine/documents/planCitation.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import { provisionsOf } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import { ALDER_ADOPTION, CEDAR_ADOPTION } from './adoptionFixtures.ts';

function form(text: string): { readonly text: string; readonly units: readonly Unit[] } {
  const read = readText({ key: 'aa.txt', path: 'aa.txt', text, kind: 'adoptionAgreement' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

const emptyDocument = { key: 'aa.txt', path: 'aa.txt', kind: 'adoptionAgreement', kindGiven: true, hash: '', problems: [] } as const;

/** `X` or `.`, depth as indent, label, and what stands in its blanks. */
function options({ election }: Unit): readonly string[] {
  return (election?.options ?? []).map(({ depth, selected, label, fillIns }) =>
    `${'  '.repeat(depth)}${selected ? 'X' : '.'} ${label}${fillIns.length === 0 ? '' : ` <${fillIns.map(({ value }) => value ?? '').join('|')}>`}`);
}

describe('option boxes', () => {
  const BOXES: readonly (readonly [text: string, found: string])[] = [
    ['[ ] a [x] b [X] c [] d [✓] e', '. X X . X'],
    ['- \\[ \\] a\n- \\[x\\] b', '. X'],
    ['☐ a ☒ b ☑ c □ d ■ e ○ f ◉ g', '. X X . X . X'],
    ['( ) a\n(x) b\n(X) c', '. X X'],
    ['(a) one (x) ten', ''],
    ['( ) box\n(w) list\n(x) list', '.'],
    ['see [x](http://a.b)', ''],
    ['___ a. none\n_X_ b. some\n___ c. all', '. X .'],
    ['___ Yes  _x_ No', '. X'],
    ['____ percent of pay', ''],
    ['________ (Signature)\n________ (Date)', '. .'],
    ['____________ (Date)', ''],
    ['[  ] two blanks [_] line [_x_] line', '. . X'],
    ['[a] [1] [insert name] [        ]', ''],
  ];
  it.each(BOXES)('%j', (text, found) => {
    expect(optionBoxes(text).map(({ selected }) => (selected ? 'X' : '.')).join(' ')).toBe(found);
  });
});

describe('blanks', () => {
  const BLANKS: readonly (readonly [text: string, found: readonly (readonly [words: string, value: string | null])[]])[] = [
    ['Age ____ (not to exceed 21)', [['____', null]]],
    ['Age __21__ (not to exceed 21)', [['__21__', '21']]],
    ['Age ___ 21 ___ years', [['___ 21 ___', '21']]],
    ['Pay $____ or $__5,000__', [['____', null], ['__5,000__', '5,000']]],
    ['____ percent of ____', [['____', null], ['____', null]]],
    ['Name: __Harbor Lane Tools, Inc.__', [['__Harbor Lane Tools, Inc.__', 'Harbor Lane Tools, Inc.']]],
    ['__Plan Year__: the year', []],
    ['[insert name] and [date] and [     ]', [['[insert name]', null], ['[date]', null], ['[     ]', null]]],
    ['[January 1] and a_b and x__y', []],
  ];
  it.each(BLANKS)('%j', (text, found) => {
    expect(blanksIn(text, { start: 0, end: text.length }, []).map(({ start, end, value }) => [text.slice(start, end), value])).toEqual(found);
  });
});

describe('citations of the plan', () => {
  const CITATIONS: readonly (readonly [text: string, sections: readonly string[]])[] = [
    ['Minimum age (Plan Section 3.1)', ['3.1']],
    ['Minimum age (BPD §3.02)', ['3.02']],
    ['Vesting (Plan Sections 6.02 and 6.03(a))', ['6.02', '6.03(a)']],
    ['Loans (See Section 9.1 of the Plan)', ['9.1']],
    ['Trust [Basic Plan Document Article IX]', ['IX']],
    ['Minimum age (Section 3.1)', ['3.1']],
    ['as defined in Section 1.2 of the Plan', ['1.2']],
    ['pay (Code Section 415) and (Section 401(k))', []],
    ['Plan Year 2024', []],
  ];
  it.each(CITATIONS)('%s', (text, sections) => {
    const found = citationsIn(text, { start: 0, end: text.length });
    expect(found.map(({ section }) => section)).toEqual(sections);
    for (const { start, end, text: words } of found) expect(text.slice(start, end)).toBe(words);
  });
});

describe('states', () => {
  const STATES: readonly (readonly [lines: readonly string[], type: string, state: string])[] = [
    [['Select one:', '[ ] a. None', '[x] b. All'], 'singleSelect words', 'answered'],
    [['Select one:', '[ ] a. None', '[ ] b. All'], 'singleSelect words', 'unanswered'],
    [['Choose only one:', '[x] a. Some', '[x] b. All'], 'singleSelect words', 'conflict'],
    [['Check all that apply:', '[x] a. Some', '[x] b. Others'], 'multiSelect words', 'answered'],
    [['Any of the following:', '[ ] a. Some', '[ ] b. Others'], 'multiSelect words', 'unanswered'],
    [['One or more of the following:', '[x] a. Some', '[x] b. Others'], 'multiSelect words', 'answered'],
    [['The age is:', '( ) 18', '(x) 21'], 'singleSelect shape', 'answered'],
    [['Are loans permitted?', '[x] Yes', '[x] No'], 'singleSelect shape', 'conflict'],
    [['Loans to Participants:', '[x] are permitted', '[ ] are not permitted'], 'singleSelect shape', 'answered'],
    [['Top-paid group:', '[x] The election applies.', '[x] The election does not apply.'], 'singleSelect shape', 'conflict'],
    [['Loans:', '[x] are permitted', '[x] are not taxed'], 'multiSelect shape', 'answered'],
    [['Withdrawals:', '[x] loans are permitted', '[ ] loans are not permitted', '[x] annuities'], 'multiSelect shape', 'answered'],
    [['Excluded:', '[x] Interns', '[x] Drivers'], 'multiSelect shape', 'answered'],
    [['Select one:', '[x] Age ____', '[ ] None'], 'singleSelect words', 'ambiguous'],
    [['Select one:', '[ ] Age __21__', '[x] None'], 'singleSelect words', 'ambiguous'],
    [['Select one:', '[ ] Age __21__', '[ ] None'], 'singleSelect words', 'ambiguous'],
    [['Select one:', '[x] Age __21__', '[ ] Age ____'], 'singleSelect words', 'answered'],
    [['Any of the following:', '[ ] Groups:', '  [x] Interns', '[ ] Others'], 'multiSelect words', 'ambiguous'],
    [['Any of the following:', '[x] Groups (select one):', '  [ ] Interns', '  [ ] Drivers'], 'multiSelect words', 'ambiguous'],
    [['Any of the following:', '[x] Groups (select one):', '  [x] Interns', '  [x] Drivers'], 'multiSelect words', 'conflict'],
    [['The plan permits loans:', '[ ] Loans are permitted'], 'multiSelect shape', 'unanswered'],
    [['Any of the following:', '[x] [ ] Interns', '[ ] [x] Drivers'], 'multiSelect words', 'ambiguous'],
    [['Any of the following:', '| Interns | [x] |', '| Drivers | [ ] |'], 'multiSelect words', 'answered'],
    [['Any of the following:', '| Interns | [x] | [ ] |', '| Drivers | [ ] | [x] |'], 'multiSelect words', 'ambiguous'],
    [['Any of the following:', '| [x] | Interns |', '| [ ] | Drivers |'], 'multiSelect words', 'answered'],
    [['The plan starts on ________.'], 'text shape', 'unanswered'],
    [['The plan starts on __May 1__ and ends on ____.'], 'text shape', 'ambiguous'],
    [['The plan starts on __May 1__.'], 'text shape', 'answered'],
  ];
  it.each(STATES)('%j', (lines, type, state) => {
    const { units } = form(`1. Question. ${lines.join('\n')}\n`);
    expect(units).toHaveLength(1);
    const election = units[0]?.election;
    expect([`${election?.type ?? ''} ${election?.typeFrom ?? ''}`, election?.state]).toEqual([type, state]);
    expect(election?.stateReason ?? '').toMatch(state === 'answered' ? /^$/ : /\.$/);
  });
});

describe('nested options', () => {
  const NESTED: readonly (readonly [name: string, lines: readonly string[], found: readonly string[]])[] = [
    ['by indent', ['[x] One', '    [ ] Two', '        [x] Three', '[ ] Four'], ['X One', '  . Two', '    X Three', '. Four']],
    ['by their marks', ['[x] a. One', '[ ] i. Two', '[x] ii. Three', '[ ] b. Four'], ['X One', '  . Two', '  X Three', '. Four']],
    ['marks before the box', ['a. [x] One', '   1. [ ] Two', 'b. [ ] Three'], ['X One', '  . Two', '. Three']],
    ['letters in a row', ['[ ] h. One', '[ ] i. Two', '[ ] j. Three'], ['. One', '. Two', '. Three']],
    ['on one line', ['[ ] One [x] Two'], ['. One', 'X Two']],
    ['asked on the line of an option', ['[x] a. Match: [ ] half [x] full', '[ ] b. None'], ['X Match:', '  . half', '  X full', '. None']],
    ['words over two lines', ['[x] One that', '    goes on', '[ ] Two'], ['X One that goes on', '. Two']],
    ['a note below is none of it', ['[x] One', '', 'Note: read this.'], ['X One']],
  ];
  it.each(NESTED)('%s', (_, lines, found) => {
    const { units } = form(`1. Question:\n${lines.join('\n')}\n`);
    expect(units.flatMap(options)).toEqual(found);
  });
});

describe('boxes in other places', () => {
  const LAID_OUT: readonly (readonly [name: string, lines: readonly string[], title: string, state: string, found: readonly string[]])[] = [
    ['behind the words of each line', ['1. Match formula (select one):', '   Fifty percent of deferrals ....... [ ]', '   None                               [x]'], 'Match formula', 'answered', ['. Fifty percent of deferrals', 'X None']],
    ['behind the words, on one line', ['1. Are loans permitted?   Yes [x]   No [ ]'], 'Are loans permitted?', 'answered', ['X Yes', '. No']],
    ['behind words that follow a colon', ['1. Entry date: Monthly [ ]  Quarterly [x]  Yearly [ ]'], 'Entry date', 'answered', ['. Monthly', 'X Quarterly', '. Yearly']],
    ['behind the question itself', ['1. Plan year ends December 31 [x]'], 'Plan year ends December 31', 'answered', ['X Plan year ends December 31']],
    ['behind words with a blank in them', ['1. Minimum age:', 'Age __21__ [x]', 'None [ ]'], 'Minimum age', 'answered', ['X Age ____ <21>', '. None']],
    ['behind, two of one', ['1. Minimum age. Select one:', 'Age 21 [x]', 'None [x]'], 'Minimum age', 'conflict', ['X Age 21', 'X None']],
    ['behind in one row, in front in the next', ['1. Minimum age:', 'Age 21 [x]', '[ ] None'], 'Minimum age', 'ambiguous', ['X ', '. None']],
    ['behind, with other words between the rows', ['1. Match formula:', 'Fifty percent [ ]', 'of all deferrals', 'None [x]'], 'Match formula', 'ambiguous', ['. ', 'X ']],
    ['behind, at different depths', ['1. Match formula:', 'Fifty percent [x]', '    of deferrals [x]', 'None [ ]'], 'Match formula', 'ambiguous', ['X ', 'X ', '. ']],
    ['behind a lead-in of words below', ['1. The following applies: [x]', 'Interns are excluded.'], 'The following applies', 'ambiguous', ['X ']],
    ['under the heads of columns', ['1. Vested at once:', '          Match  Deferrals', 'Union     [ ]    [x]'], 'Vested at once', 'ambiguous', ['. ', 'X ']],
    ['in columns below the question', ['1. Excluded (check all that apply):', '  [ ] Union      [x] Leased', '  [x] Seasonal   [ ] Owners', '  [ ] Interns'], 'Excluded', 'answered', ['. Union', 'X Leased', 'X Seasonal', '. Owners', '. Interns']],
    ['in columns that begin beside the question', ['1. Excluded: [ ] Union      [x] Leased', '             [x] Seasonal   [ ] Owners'], 'Excluded', 'answered', ['. Union', 'X Leased', 'X Seasonal', '. Owners']],
    ['in a column that begins beside the question', ['1. Loans: [x] Yes', '   [ ] No'], 'Loans', 'answered', ['X Yes', '. No']],
    ['in columns whose words run over two lines', ['1. Excluded:', '[ ] Union Employees   [x] Leased', '    under an agreement    Employees'], 'Excluded', 'ambiguous', ['. Union Employees', 'X Leased']],
    ['beside each other, with a note below', ['1. Loans? [ ] No  [x] Yes', '   If yes, complete item 7.'], 'Loans?', 'answered', ['. No', 'X Yes']],
    ['beside each other, the last going on below', ['1. Limit: [ ] 4%  [x] 6% of pay', '   of the year'], 'Limit', 'answered', ['. 4%', 'X 6% of pay of the year']],
  ];
  it.each(LAID_OUT)('%s', (_, lines, title, state, found) => {
    const { units } = form(`${lines.join('\n')}\n`);
    expect(units.map((unit) => [unit.title?.replace(/ {2,}.*/, ''), unit.election?.state])).toEqual([[title, state]]);
    expect(units.flatMap(options)).toEqual(found);
  });

  it('are compared by their words, wherever the box stands', () => {
    const words = (text: string): readonly string[] => provisionsOf({ ...emptyDocument, ...form(text) }).compared.map((provision) => provision.text.replace(/[\s.]+/g, ' ').trim());
    expect(words('1. Entry date: Monthly [ ]  Quarterly [x]\n')).toEqual(words('7. Entry date:\n[ ] Monthly\n[x] Quarterly\n'));
  });
});

describe('answers typed behind a label', () => {
  const fields = (text: string): readonly string[] => form(text).units.flatMap(({ title, election }) => (election === undefined ? [] : [`${title ?? ''} <${election.blanks.map(({ value }) => value ?? '').join('|')}> ${election.state}`]));
  it.each<[lines: readonly string[], found: readonly string[]]>([
    [['1. Name of Employer: Acme Tools, Inc.'], ['Name of Employer <Acme Tools, Inc.> answered']],
    [['A-3. Employer tax number: 12-3456789'], ['Employer tax number <12-3456789> answered']],
    [['1. Minimum age (Plan Section 3.1): 21'], ['Minimum age <21> answered']],
    [['**Plan number:** 001'], ['Plan number <001> answered']],
    [['## Employer', '', 'Name: Acme Tools', 'Address: 12 Main Street, Boston', 'Telephone:', '', 'State of organization: Delaware'], ['Name <Acme Tools> answered', 'Address <12 Main Street, Boston> answered', 'State of organization <Delaware> answered']],
    [['1. Employer', '(a) Name: Acme Tools', '(b) Fiscal year end: December 31'], ['Name <Acme Tools> answered', 'Fiscal year end <December 31> answered']],
    [['1. Name: Acme Tools', '', '2. Address: ____________'], ['Name <Acme Tools> answered', 'Address <> unanswered']],
    [['1. Eligibility: An Employee shall be eligible at once.'], []],
    [['1. Trustee: The Trustee named by the Employer.'], []],
    [['1. Vesting: see Section 4'], []],
    [['1. Contributions: Matching', '(a) Rate: [ ] 50% [x] 100%'], ['Rate <> answered']],
    [['PART A: Eligibility', '', 'Note: this page only', '', 'Instructions: read first'], []],
    [['1. Groups:', '[ ] Union', '[x] Others', 'Class: Seasonal crews'], ['Groups <> answered']],
    [['Every item is answered, as to', 'Service: one year'], []],
  ])('%j', (lines, found) => expect(fields(`${lines.join('\n')}\n`)).toEqual(found));

  it('are compared as what was elected, not as words of the question', () => {
    const words = (text: string): readonly string[] => provisionsOf({ ...emptyDocument, ...form(text) }).compared.map((provision) => provision.text.replace(/\s+/g, ' ').trim());
    expect(words('1. Name of Employer: Acme Tools, Inc.\n')).toEqual(words('7. Name of Employer: ____________\n'));
  });
});

describe('two forms', () => {
  it('are told by their boxes and name, whatever stands in front of a colon', () => {
    for (const text of [ALDER_ADOPTION, CEDAR_ADOPTION]) {
      const read = readText({ key: 'a.txt', path: 'a.txt', text });
      expect(read.ok && read.value.kind).toBe('adoptionAgreement');
    }
  });

  it('the Markdown one is cut at its questions', () => {
    expect(form(ALDER_ADOPTION).units.map(({ kind, number, title, election }) => [kind, number ?? '', title ?? '', election?.state ?? ''])).toEqual([
      ['provision', '', 'ALDER PROTOTYPE 401(k) PLAN ADOPTION AGREEMENT', ''],
      ['provision', 'Part A', 'Employer Information', ''],
      ['field', '', 'Name of Employer', 'answered'],
      ['field', '', 'Employer tax number', 'unanswered'],
      ['field', 'A-3', 'Plan Year', 'answered'],
      ['provision', 'Part B', 'Eligibility', ''],
      ['field', 'B-1', 'Minimum age', 'answered'],
      ['field', 'B-2', 'Excluded Employees', 'answered'],
      ['provision', 'Part C', 'Contributions', ''],
      ['field', 'C-1', 'Matching Contributions', 'answered'],
      ['field', 'C-2', 'Vesting', 'conflict'],
    ]);
  });

  it('the plain one too, with lettered questions and lines for boxes', () => {
    const { units } = form(CEDAR_ADOPTION);
    expect(units.filter(({ kind }) => kind === 'field').map(({ number, title, path }) => [number ?? '', title ?? '', (path ?? []).join(' / ')])).toEqual([
      ['1', 'Name', 'EMPLOYER DATA'], ['1(a)', 'Address', 'EMPLOYER DATA / Name'], ['1(b)', 'Telephone', 'EMPLOYER DATA / Name'],
      ['2', 'Plan Year means', 'EMPLOYER DATA'], ['3', 'MINIMUM AGE', 'ELIGIBILITY'], ['4', 'Service', 'ELIGIBILITY'], ['5', 'Covered Employees', 'ELIGIBILITY'],
      ['6', 'Does the Plan permit loans?', 'CONTRIBUTIONS'], ['7(a)', 'Rate', 'CONTRIBUTIONS / Employer matching contribution'],
      ['7(b)', 'Limit', 'CONTRIBUTIONS / Employer matching contribution'], ['', 'Signed', 'CONTRIBUTIONS'],
    ]);
    expect(options(units.find(({ number }) => number === '3') as Unit)).toEqual(['. No age requirement.', 'X Age 20 1/2.', '. Age ____ (may not exceed 21). <>']);
    expect(options(units.find(({ number }) => number === '4') as Unit)).toEqual([
      '. no service', 'X one Year of Service, which is', '  . 1,000 Hours of Service', '  X ____ Hours of Service (not more than 1,000) <750>', '. ____ consecutive months <>',
    ]);
    expect(units.map(({ election }) => election?.citations.map(({ section }) => section) ?? []).flat()).toEqual(['2.1']);
  });

  it('a heading over several questions without numbers is none of them; over one, it is its heading', () => {
    const { units } = form('## Age\n\nMinimum age:\n\n[ ] none\n[x] 21\n\nMaximum age:\n\n[x] none\n[ ] 70\n\n## Loans\n\nAre loans permitted?\n\n[x] Yes\n[ ] No\n');
    expect(units.map(({ kind, title }) => `${kind} ${title ?? ''}`)).toEqual(['provision Age', 'field Minimum age', 'field Maximum age', 'field Loans']);
  });
});

it('an election read in a text without page marks has its places in the document', () => {
  const [unit] = form('1. Age (Plan Section 3.1): __21__. Select one:\n[x] a. Age __21__\n').units;
  const moved = placedElection(unit?.election as Election, (start, end) => ({ start: start + 10, end: end + 20 }));
  const [option] = moved.options;
  const before = unit?.election?.options[0];
  expect(option?.box).toEqual({ start: (before?.box.start ?? 0) + 10, end: (before?.box.end ?? 0) + 20 });
  expect([moved.blanks[0]?.value, option?.fillIns[0]?.value, moved.citations[0]?.section]).toEqual(['21', '21', '3.1']);
  expect(placedElection(unit?.election as Election, (start, end) => ({ start, end }))).toEqual(unit?.election);
});

/** Pieces that make forms hard. */
const piece = fc.constantFrom(
  '[ ] ', '[x] ', '( ) ', '(x) ', '☐ ', '___ ', '_X_ ', '____', '__21__', '[insert name]', '\n', '\n\n', '   ', '\t', '- ', '# ', '## 1.1 ', '1. ', '2.01 ', 'A-3. ',
  '(a) ', 'a. ', 'i. ', 'II. ', 'Name: ', 'Select one: ', 'Word ', 'words. ', '(Plan Section 3.1) ', 'PART A ', '\u{1F600}', '|', '**', '```\n',
);

describe('any form', () => {
  it('is cut so that every word belongs to one unit and every place is in its unit', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }).map((all) => `Form ${all.join('')}`), (raw) => {
        const { text, units } = form(raw);
        expect(units.map(({ span }) => span.quote).join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        expect(new Set(units.map(({ key }) => key)).size).toBe(units.length);
        let last = 0;
        for (const { span, textStart, textEnd, election, kind } of units) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.quote).toBe(text.slice(span.start, span.end));
          expect(textStart).toBeGreaterThanOrEqual(span.start);
          expect(textEnd).toBeGreaterThanOrEqual(textStart);
          expect(textEnd).toBeLessThanOrEqual(span.end);
          last = span.end;
          expect(kind === 'field').toBe(election !== undefined);
          if (election === undefined) continue;
          const places = [...election.options.flatMap(({ box, words, fillIns }) => [box, words, ...fillIns]), ...election.blanks, ...election.citations];
          for (const { start, end } of places) expect(start >= span.start && end <= span.end && start <= end).toBe(true);
          election.options.forEach(({ words, box }, at) => {
            const [before, after] = [election.options[at - 1], election.options[at + 1]];
            if (words.start >= box.end) expect(words.end).toBeLessThanOrEqual(after?.box.start ?? span.end);
            else expect([words.end <= box.start, words.start >= (before?.box.end ?? span.start)]).toEqual([true, true]);
          });
        }
      }),
      { numRuns: 400 },
    );
  });

  it('of hostile text is read in linear time, as the rest of the suite would not end otherwise', () => {
    for (const part of ['[ ] ', '___ ', '__2', '(Plan Section 3.1', '(select one ', '1. [', 'a. ____ ', '(a) x: ']) {
      for (const end of ['', '\n']) expect(form((part + end).repeat(5_000 / part.length)).units.length).toBeGreaterThan(0);
    }
  });
});
