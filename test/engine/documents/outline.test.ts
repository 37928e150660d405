import { describe, expect, it } from 'vitest';
import { ownWords, read } from './read.ts';

const LONG = 'An Employee who has completed the service that the Plan requires becomes a Participant on the next Entry Date.';

/** Number, title, path and first words of every unit. */
function cut(text: string, path = 'plan.txt'): readonly string[] {
  const document = read(text, path);
  return document.units.map((unit, index) =>
    [unit.number ?? '-', unit.title ?? '-', (unit.path ?? []).join(' > '), ownWords(document, index).slice(0, 12)].join(' | '),
  );
}

const CASES: readonly (readonly [name: string, text: string, units: readonly string[]])[] = [
  ['articles and sections of a plan', `ARTICLE II\nELIGIBILITY\n\n2.01 Eligibility to Participate. ${LONG}\n\n2.02 Entry Date\n${LONG}\n`, [
    'ARTICLE II | ELIGIBILITY |  | ', '2.01 | Eligibility to Participate | ELIGIBILITY | An Employee ', '2.02 | Entry Date | ELIGIBILITY | An Employee ',
  ]],
  ['Markdown headings with numbers', `# ARTICLE II  ELIGIBILITY\n\n## 2.01 Entry\n\n${LONG}\n\n## 2.02 Rehire\n\n${LONG}\n`, [
    'ARTICLE II | ELIGIBILITY |  | ', '2.01 | Entry | ELIGIBILITY | An Employee ', '2.02 | Rehire | ELIGIBILITY | An Employee ',
  ]],
  ['lettered paragraphs, deeper lists inside them', `Section 3.1 Service\n\n(a) General Rule. ${LONG}\n(1) first;\n(2) second.\n\n(b) ${LONG}\n\n(c) Short one.\n`, [
    '3.1 | Service |  | ', '3.1(a) | General Rule | Service | An Employee ', '3.1(b) | - | Service | An Employee ',
  ]],
  ['a short rule that opens a list of longer ones', `5.01 Entry\n\n(a) Minimum age. No Employee may enter before age 19.\n\n(b) ${LONG}\n`, [
    '5.01 | Entry |  | ', '5.01(a) | - | Entry | Minimum age.', '5.01(b) | - | Entry | An Employee ',
  ]],
  ['a short item of a running sentence', `5.01 Entry\n\nAn Employee enters who\n(a) is no younger than age nineteen, and\n(b) ${LONG}\n`, [
    '5.01 | Entry |  | An Employee ', '5.01(b) | - | Entry | An Employee ',
  ]],
  ['paragraphs of one sentence, line by line', `5.01 Termination\n\nThe Plan ends if:\n(a) ${LONG.slice(0, -1)}; or\n(b) ${LONG.slice(0, -1)}; and/or\n(c) ${LONG}\n`, [
    '5.01 | Termination |  | The Plan end', '5.01(a) | - | Termination | An Employee ', '5.01(b) | - | Termination | An Employee ', '5.01(c) | - | Termination | An Employee ',
  ]],
  ['citations broken over a line', `6.09 Protest. ${LONG}\nA decision is made within the limit in AS\n36.30.580. A copy is sent under 29 U.S.C.\n2.1 The Trustee keeps it as in (a), (b) or\n(c) ${LONG}\n`, [
    '6.09 | Protest |  | An Employee ',
  ]],
  ['the letter (i) after (h)', `2.1 List\n\n(h) ${LONG}\n\n(i) ${LONG}\n\n(j) ${LONG}\n`, [
    '2.1 | List |  | ', '2.1(h) | - | List | An Employee ', '2.1(i) | - | List | An Employee ', '2.1(j) | - | List | An Employee ',
  ]],
  ['the roman (i) inside (a)', `2.1 List\n\n(a) ${LONG}\n(i) ${LONG}\n(ii) ${LONG}\n\n(b) ${LONG}\n`, [
    '2.1 | List |  | ', '2.1(a) | - | List | An Employee ', '2.1(b) | - | List | An Employee ',
  ]],
  ['numbers that are no headings', `2.1 Vesting. ${LONG}\n2 years of service count.\n1.5 percent of pay.\n401(k) Contributions are described under Section\n2.3 The Trustee holds them.\n`, [
    '2.1 | Vesting |  | An Employee ',
  ]],
  ['code fences hold no headings', `# One\n\n\`\`\`\n# not a heading\n2.1 Not one\n\`\`\`\n\n# Two\n\nText.\n`, ['- | One |  | ```\n# not a ', '- | Two |  | Text.']],
  ['setext headings', 'Purpose\n=======\n\nWords.\n\nScope\n-----\n\nMore.\n', ['- | Purpose |  | Words.', '- | Scope | Purpose | More.']],
  ['capital headings of a generic text', 'PURPOSE\n\nWords here.\n\nSCOPE OF WORK\n\nMore words.\n', ['- | PURPOSE |  | Words here.', '- | SCOPE OF WORK |  | More words.']],
  ['bold run-in headings', `**2.1 Eligibility.** ${LONG}\n\n**2.2 Entry.** ${LONG}\n`, ['2.1 | Eligibility |  | An Employee ', '2.2 | Entry |  | An Employee ']],
  ['text before the first heading', 'Opening words, as an employer writes them, say for whose benefit the plan is kept and which requirements of the law it is meant to satisfy in each of its years.\n\n# One\n\nText.\n', ['- | - |  | Opening word', '- | One |  | Text.']],
  ['a text without headings', 'just words\n\nand more words\n', ['- | - |  | just words\n\n']],
];

describe('the outline', () => {
  for (const [name, text, units] of CASES) {
    it(`cuts ${name}`, () => expect(cut(text)).toEqual(units));
  }

  it('does not take a table of contents for the document', () => {
    const text = `CONTENTS\n\nARTICLE I DEFINITIONS ........ 1\nARTICLE II SERVICE ......... 9\n\nARTICLE I DEFINITIONS\n\n1.1 Plan. ${LONG}\n\nARTICLE II SERVICE\n\n2.1 Hour. ${LONG}\n`;
    const document = read(text, 'plan.txt');
    expect(document.units.map((unit) => unit.number ?? unit.title)).toEqual(['CONTENTS', 'ARTICLE I', '1.1', 'ARTICLE II', '2.1']);
    expect(document.problems).toMatchObject([{ code: 'contents.noHeadings', severity: 'info', span: { line: 3 } }]);
  });

  it('gives one key to one place: other documents and other sections have others, the same text the same', () => {
    const text = `# A\n\n## Terms\n\nOne.\n\n# B\n\n## Terms\n\nOne.\n\n## Terms\n\nOne.\n`;
    const keys = (path: string): readonly string[] => read(text, path).units.map((unit) => unit.key);
    expect(new Set([...keys('x.md'), ...keys('y.md')]).size).toBe(10);
    expect(keys('x.md')).toEqual(keys('x.md'));
    const hashes = read(text, 'x.md').units.filter((unit) => unit.title === 'Terms').map((unit) => unit.contentHash);
    expect(new Set(hashes).size).toBe(1);
  });

  it('stays linear on hostile lines', () => {
    const hostile = ['#'.repeat(400_000), `${'('.repeat(300_000)}a)`, `${'1.'.repeat(300_000)}`, ' '.repeat(500_000), `1.1 ${'A '.repeat(300_000)}`, `**${'a*'.repeat(200_000)}`, '.'.repeat(400_000), '[ '.repeat(200_000), 'A: '.repeat(200_000)];
    for (const line of hostile) {
      const document = read(`${line}x\nnext\n`, 'a.txt');
      expect(document.units.length).toBeGreaterThan(0);
    }
  });
});
