import { describe, expect, it } from 'vitest';
import type { Finding, Output } from '../../../shared/model.ts';
import { crosswalkOutput, finding, FixtureDocument, run, transcriptOutput } from '../../engine/report/reportFixture.ts';
import { cli, FakeRuns } from './fakeSession.ts';

const URL = `https://plans.example.org/${'section/'.repeat(40)}end`;

async function printed(output: Output, columns: number): Promise<string> {
  const { code, out } = await cli(['analyze', 'it'], new FakeRuns({ it: { output } }), { columns });
  expect(code).toBe(0);
  return out;
}

function section(out: string, title: string): readonly string[] {
  const lines = out.split('\n');
  const from = lines.findIndex((line) => line.startsWith(title));
  return from === -1 ? [] : lines.slice(from + 1, lines.indexOf('', from));
}

/** A crosswalk in which every text that is not the program's own is long. */
function longCrosswalk(): Output {
  const output = crosswalkOutput();
  return {
    ...output,
    documents: output.documents.map((document) => ({ ...document, problems: [] })),
    runs: output.runs.map((one) => ({
      ...one,
      matches: one.matches.map((match) => ({
        ...match,
        ...(match.reason === undefined ? {} : { reason: `${match.reason} ${URL}` }),
        differences: match.differences.map(({ source, ...rest }) => ({ ...rest, kind: 'reference', ...(source === undefined ? {} : { source: { ...source, quote: URL } }) })),
      })),
    })),
  };
}

const LINES = [
  '"Plan Year" means the twelve months that end on June 30. Other words follow.',
  `The Committee meets, and this goes on at some length before it comes to the point, unless the Employer elects another day in the Adoption Agreement. See Section 9.99 at ${URL}.`,
];

function analysis(): Output {
  const plan = new FixtureDocument('plan.md', LINES.map((text, at) => ({ number: `${String(at + 1)}.01`, text })));
  const told = (kind: string, severity: Finding['severity'], title: string, text: string, words: string): Finding =>
    ({ ...finding({ kind, title, evidence: [plan.find(words)] }), severity, text });
  const findings = [
    told('definition', 'info', 'Defined term', '"Plan Year" is defined here.', '"Plan Year" means'),
    told('election.depends', 'info', 'Depends on an election', 'Depends on the Adoption Agreement in one place.', 'unless the Employer elects'),
    told('crossReference.unresolved', 'warning', 'Reference points nowhere', 'Section 9.99 is not in this document.', '9.99'),
    told('numbering.gap', 'info', 'Section number left out', '1 number is left out.', '2.01'),
  ];
  return { schemaVersion: 1, documents: [plan.summary()], runs: [run('document', { units: plan.units, findings })] };
}

describe('findings in the terminal', () => {
  const shown: readonly (readonly [string, readonly string[]])[] = [
    ['Defined terms', ['  "Plan Year" means the twelve months that end on June 30.  1.01, line 2']],
    ['Provisions that', ['  …comes to the point, unless the Employer elects another day in…  2.01, line 5']],
    ['References that', ['  warning  Section 9.99 is not in this document.  2.01, line 5']],
    ['Section numbers', ['  1 number is left out. “2.01”  2.01, line 4']],
  ];
  it.each(shown)('%s: the words and their place', async (title, expected) => {
    expect(section(await printed(analysis(), 80), title)).toEqual(expected);
  });

  it('puts what is graver first', async () => {
    const out = await printed(analysis(), 80);
    expect(out.indexOf('References that')).toBeLessThan(out.indexOf('Defined terms'));
  });

  it('names who does it by when', async () => {
    const out = await printed({ ...transcriptOutput(), runs: transcriptOutput().runs.map((one) => ({ ...one, findings: one.findings.map((found) => ({ ...found, title: 'Generic', text: found.evidence[0]?.quote ?? '' })) })) }, 80);
    expect(section(out, 'Action items')).toEqual([
      '  I will send the file layout to the vendor by 12 December.  Ivo Lund 00:42',
      '      Ivo Lund, due 12 December',
      '  Somebody should draft the letter.                          Ivo Lund 01:30',
    ]);
    expect(section(out, 'Decisions')).toEqual(['  We will move payroll to the monthly file.  Mara Voss 00:10']);
    expect(out).not.toContain('Generic');
  });
});

describe('the width', () => {
  const outputs: readonly (readonly [string, () => Output])[] = [['crosswalk', longCrosswalk], ['transcript', transcriptOutput], ['document', analysis]];
  it.each(outputs.flatMap(([name, output]) => [60, 80, 100, 140].map((columns) => [name, columns, output] as const)))('a %s fits %i columns', async (_, columns, output) => {
    const wide = (await printed(output(), columns)).split('\n').filter((line) => [...line].length > columns);
    expect(wide).toEqual([]);
  });

  it('is 80 where it is not known', async () => {
    const out = await printed(longCrosswalk(), 0);
    expect(Math.max(...out.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(out).toBe(await printed(longCrosswalk(), 80));
  });

  it('shows both sides of a difference however long one is', async () => {
    expect(await printed(longCrosswalk(), 80)).toMatch(/reference: https:\S*\u2026 \u2192\s+six months/);
  });
});
