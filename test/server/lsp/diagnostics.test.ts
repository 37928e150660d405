import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { DiagnosticSeverity, type Diagnostic, type DocumentDiagnosticReport } from 'vscode-languageserver/node';
import type { Finding, Match } from '../../../shared/model.ts';
import { FINDING_KINDS } from '../../../server/src/engine/workflows/document/findingKinds.ts';
import { STALE_WORDS } from '../../../server/src/lsp/features/placedMarks.ts';
import { matchOf, snapshotOf, spanOf, summaryOf, targetOf, unitsOf, type FakeEngine } from './fakeEngine.ts';
import { ScriptedClient, type ClientOptions } from './scriptedClient.ts';

const OLD = [
  '1.1 Eligibility\nAn employee is eligible at age 21.',
  '1.2 Vesting\nVesting takes 3 years of service, counted from hire.',
  '1.3 Loans\nLoans are permitted.',
  '1.4 Forfeitures\nForfeitures pay expenses.',
  '1.5 Plan Year\nThe plan year is the calendar year.',
  '1.6 Records\nRecords are kept.',
  '1.7 Limits\nLimits follow § 401.',
].join('\n\n');
const NEW = [
  '4.1 Eligibility\nAn employee is eligible at age 21.',
  '4.2 Vesting\nVesting takes 5 years of service.',
  '4.3 Forfeitures\nForfeitures may pay expenses or be reallocated.',
  '4.4 Plan Year\nThe plan year is set by the employer.',
  '4.5 Hardship\nHardship withdrawals are permitted.',
].join('\n\n');

const MATCHES: readonly Match[] = [
  matchOf({ sourceId: 'old.md#1.1', targets: [targetOf('new.md#4.1')] }),
  matchOf({
    sourceId: 'old.md#1.2', relation: 'changed', variance: 'design', impact: 'high', targets: [targetOf('new.md#4.2')],
    differences: [
      {
        kind: 'period', rule: 'entity.period.differs', sourceValue: '3 years', targetValue: '5 years',
        source: spanOf('old.md', OLD, '3 years'), target: spanOf('new.md', NEW, '5 years'),
      },
      { kind: 'words', rule: 'words.differ', source: spanOf('old.md', OLD, '3', OLD.indexOf('takes 3')), target: spanOf('new.md', NEW, '5', NEW.indexOf('takes 5')) },
      { kind: 'words', rule: 'words.differ', source: spanOf('old.md', OLD, 'counted from hire') },
    ],
  }),
  matchOf({ sourceId: 'old.md#1.3', relation: 'missing', variance: 'design', impact: 'high' }),
  matchOf({ sourceId: 'old.md#1.4', relation: 'merged', variance: 'administrative', impact: 'low', targets: [targetOf('new.md#4.3')] }),
  matchOf({
    sourceId: 'old.md#1.5', outcome: 'abstained', reason: 'the next candidate is as likely', relation: null, variance: null, impact: null, confidence: null,
    candidates: [{ targetId: 'new.md#4.4', score: 1, claimed: false }, { targetId: 'new.md#4.1', score: 0.5, claimed: false }],
  }),
  matchOf({
    sourceId: 'old.md#1.7', outcome: 'abstained', reason: 'same topic; compare the marked words', relation: null, variance: null, impact: null,
    targets: [targetOf('new.md#4.4')],
    differences: [{ kind: 'codeReference', rule: 'r', source: spanOf('old.md', OLD, '§ 401'), target: spanOf('new.md', NEW, 'employer') }],
  }),
  matchOf({ sourceId: 'old.md#1.6', outcome: 'failed', reason: 'the provision could not be read', relation: null, variance: null, impact: null }),
];

const FINDING: Finding = {
  key: 'k', kind: 'crossReference.unresolved', severity: 'warning', title: 'Section 9.9 does not exist', text: 'The document ends at 1.6.',
  evidence: [spanOf('old.md', OLD, 'age 21'), spanOf('old.md', OLD, 'Records are kept')], confidence: null, method: 'rules', outcome: 'decided',
};

let client: ScriptedClient;
afterEach(() => client.stop());

/** A window with a finished crosswalk of old.md and new.md, both open. */
async function crosswalked(options?: ClientOptions): Promise<FakeEngine> {
  client = await ScriptedClient.start(options);
  const engine = client.engine();
  engine.runs.set('r', {
    snapshot: snapshotOf({
      id: 'r', workflow: 'crosswalk', state: 'done', startedAt: 5, endedAt: 9, documents: [summaryOf('old.md'), summaryOf('new.md')],
    }),
    texts: new Map([['old.md', OLD], ['new.md', NEW]]),
    units: [...unitsOf('old.md', OLD), ...unitsOf('new.md', NEW)],
    matches: MATCHES,
    newTargets: [{ targetId: 'new.md#4.5', outcome: 'decided', relation: 'new', variance: 'design', impact: 'medium' }],
    findings: [FINDING],
  });
  await client.open('ws/old.md', OLD);
  await client.open('ws/new.md', NEW);
  return engine;
}

function itemsOf(report: DocumentDiagnosticReport): readonly Diagnostic[] {
  if (report.kind !== 'full') throw new Error('unchanged');
  return report.items;
}

/** Code, severity, the words under the squiggle, the message. */
function told(report: DocumentDiagnosticReport, text: string): readonly (readonly [unknown, unknown, string, unknown])[] {
  const lines = text.split('\n');
  return itemsOf(report).map(({ code, severity, range, message }) => {
    const words = (lines[range.start.line] ?? '').slice(range.start.character, range.start.line === range.end.line ? range.end.character : undefined);
    return [code, severity, words, message];
  });
}

const { Error: ERROR, Warning: WARNING, Information: INFORMATION, Hint: HINT } = DiagnosticSeverity;

describe('what a crosswalk says in the source', () => {
  it('is one statement a provision, at its words', async () => {
    await crosswalked();
    expect(told(await client.diagnostics('ws/old.md'), OLD)).toEqual([
      ['crossReference.unresolved', WARNING, 'age 21', 'Section 9.9 does not exist: The document ends at 1.6.'],
      ['crosswalk.changed', ERROR, '3 years', 'Changed in new.md, 4.2 Vesting: period: "3 years" here, "5 years" there. 1 more difference. Impact: high.'],
      ['crosswalk.missing', ERROR, '1.3 Loans', 'Missing: 1.3 Loans has no counterpart in new.md.'],
      ['crosswalk.merged', INFORMATION, '1.4 Forfeitures', 'Merged with other provisions in new.md, 4.3 Forfeitures. Impact: low.'],
      ['crosswalk.abstained', INFORMATION, '1.5 Plan Year', 'Left for review: the next candidate is as likely. Nearest in new.md: 4.4 Plan Year and 4.1 Eligibility.'],
      ['crosswalk.failed', ERROR, '1.6 Records', 'No answer: the provision could not be read.'],
      ['crosswalk.abstained', INFORMATION, '1.7 Limits', 'Left for review: same topic; compare the marked words. Matched with new.md, 4.4 Plan Year.'],
    ]);
  });

  it('leads to the words of the counterpart, and names its row', async () => {
    await crosswalked();
    const changed = itemsOf(await client.diagnostics('ws/old.md')).find(({ code }) => code === 'crosswalk.changed');
    expect(changed?.relatedInformation).toEqual([
      { message: 'period: "3 years" here, "5 years" there', location: { uri: client.uri('ws/new.md'), range: { start: { line: 4, character: 14 }, end: { line: 4, character: 21 } } } },
      { message: '4.2 Vesting', location: { uri: client.uri('ws/new.md'), range: { start: { line: 3, character: 0 }, end: { line: 3, character: 11 } } } },
    ]);
    expect(changed?.data).toEqual({ runId: 'r', id: 'old.md#1.2', targets: ['new.md#4.2'] });
    expect(changed?.source).toBe('Collate');
    const unsettled = itemsOf(await client.diagnostics('ws/old.md')).at(-1);
    expect(unsettled?.relatedInformation?.map(({ message }) => message)).toEqual(['code reference: "§ 401" here, "employer" there', '4.4 Plan Year']);
  });

  it('leads to facts and not to every other word, and always to the counterpart', async () => {
    const engine = await crosswalked();
    const run = engine.runs.get('r');
    if (run === undefined) throw new Error('no run');
    const words = ['Vesting', 'takes', 'years', 'of', 'service'].map((word) => ({
      kind: 'words', rule: 'words.differ', source: spanOf('old.md', OLD, word, OLD.indexOf('Vesting takes')), target: spanOf('new.md', NEW, word, NEW.indexOf('Vesting takes')),
    }));
    const fact = { kind: 'number', rule: 'r', source: spanOf('old.md', OLD, 'hire'), target: spanOf('new.md', NEW, 'service') };
    const related = async (id: string, differences: Match['differences']): Promise<readonly string[] | undefined> => {
      const match = matchOf({ sourceId: 'old.md#1.2', relation: 'changed', impact: 'high', targets: [targetOf('new.md#4.2')], differences });
      engine.runs.set(id, { ...run, snapshot: { ...run.snapshot, id, startedAt: run.snapshot.startedAt + engine.runs.size }, matches: [match] });
      const changed = itemsOf(await client.diagnostics('ws/old.md')).find(({ code }) => code === 'crosswalk.changed');
      return changed?.relatedInformation?.map(({ message }) => message);
    };
    expect(await related('fact', [...words, fact])).toEqual(['number: "hire" here, "service" there', '4.2 Vesting']);
    expect(await related('words', words)).toEqual(['words: "Vesting" here, "Vesting" there', 'words: "takes" here, "takes" there', 'words: "years" here, "years" there', '4.2 Vesting']);
    expect(await related('many', Array.from({ length: 12 }, () => fact))).toHaveLength(11);
  });
});

it('what a crosswalk says in the target is seen from there', async () => {
  await crosswalked();
  expect(told(await client.diagnostics('ws/new.md'), NEW)).toEqual([
    ['crosswalk.changed', ERROR, '5 years', 'Changed from old.md, 1.2 Vesting: period: "5 years" here, "3 years" there. 1 more difference. Impact: high.'],
    ['crosswalk.merged', INFORMATION, '4.3 Forfeitures', 'Merges other provisions with old.md, 1.4 Forfeitures. Impact: low.'],
    ['crosswalk.new', WARNING, '4.5 Hardship', 'New: 4.5 Hardship has no counterpart in old.md.'],
  ]);
});

it('Windows line ends change nothing', async () => {
  await crosswalked();
  const unix = itemsOf(await client.diagnostics('ws/old.md'));
  await client.change('ws/old.md', 2, [{ text: OLD.replaceAll('\n', '\r\n') }]);
  expect(itemsOf(await client.diagnostics('ws/old.md'))).toEqual(unix);
});

describe('after an edit', () => {
  const LOANS = OLD.split('\n').findIndex((line) => line.startsWith('1.3'));
  const at = (line: number, character: number): { readonly line: number; readonly character: number } => ({ line, character });

  it('follows its words, and says of what changed that it did', async () => {
    const engine = await crosswalked();
    // A new first line, and the provision on loans rewritten.
    await client.change('ws/old.md', 2, [
      { range: { start: at(LOANS + 1, 10), end: at(LOANS + 1, 19) }, text: 'forbidden' },
      { range: { start: at(0, 0), end: at(0, 0) }, text: 'Preamble.\n' },
    ]);
    const text = `Preamble.\n${OLD.replace('permitted', 'forbidden')}`;
    const items = told(await client.diagnostics('ws/old.md'), text);
    expect(items.map(([code, , words]) => [code, words])).toEqual([
      ['crossReference.unresolved', 'age 21'],
      ['crosswalk.changed', '3 years'],
      ['crosswalk.missing', '1.3 Loans'],
      ['crosswalk.merged', '1.4 Forfeitures'],
      ['crosswalk.abstained', '1.5 Plan Year'],
      ['crosswalk.failed', '1.6 Records'],
      ['crosswalk.abstained', '1.7 Limits'],
    ]);
    expect(items.filter(([, , , message]) => `${message}`.startsWith(STALE_WORDS))).toEqual([
      ['crosswalk.missing', HINT, '1.3 Loans', 'Text changed since the run: Missing: 1.3 Loans has no counterpart in new.md.'],
    ]);
    expect(engine.outputs).toEqual(['r']);
  });

  it('stands at what is left of a provision whose heading changed, too', async () => {
    await crosswalked();
    await client.change('ws/old.md', 2, [{ range: { start: at(LOANS, 0), end: at(LOANS, 9) }, text: '1.3 Lending' }]);
    const [, , missing] = told(await client.diagnostics('ws/old.md'), OLD.replace('1.3 Loans', '1.3 Lending'));
    expect(missing?.slice(0, 2)).toEqual(['crosswalk.missing', HINT]);
    expect(missing?.[2]).toContain('ing');
  });

  it('of the counterpart, says that it may no longer hold', async () => {
    await crosswalked();
    await client.change('ws/new.md', 2, [{ range: { start: at(4, 14), end: at(4, 15) }, text: '3' }]);
    const changed = itemsOf(await client.diagnostics('ws/old.md')).filter(({ code }) => code === 'crosswalk.changed');
    expect(changed.map(({ severity, message, data }) => [severity, `${message}`.startsWith(STALE_WORDS), data])).toEqual([
      [HINT, true, { runId: 'r', id: 'old.md#1.2', targets: ['new.md#4.2'], stale: true }],
    ]);
  });

  it('that takes words away, counts what lost its place', async () => {
    await crosswalked();
    await client.change('ws/old.md', 2, [{ range: { start: at(LOANS, 0), end: at(LOANS + 3, 0) }, text: '' }]);
    const items = told(await client.diagnostics('ws/old.md'), OLD);
    expect(items[0]).toEqual([
      'document.stale', INFORMATION, '',
      '1 finding lost its place: the words are gone from the text. Run Collate again to have the text of now read; the results panel still shows everything.',
    ]);
    expect(items.map(([code]) => code)).not.toContain('crosswalk.missing');
    await client.change('ws/old.md', 3, [{ text: 'Other words.' }]);
    expect(itemsOf(await client.diagnostics('ws/old.md')).map(({ message }) => `${message}`.split(':')[0])).toEqual(['7 findings lost their place']);
  });
});

describe('the severity', () => {
  const SEVERITIES: readonly (readonly [severity: Readonly<Record<string, string>>, code: string, expected: number | null])[] = [
    [{ 'crosswalk.changed': 'warning' }, 'crosswalk.changed', WARNING],
    [{ high: 'information' }, 'crosswalk.changed', INFORMATION],
    [{ high: 'information', 'crosswalk.changed': 'hint' }, 'crosswalk.changed', HINT],
    [{ high: 'off' }, 'crosswalk.missing', null],
    [{ high: 'off' }, 'crosswalk.failed', ERROR],
    [{ high: 'loud' }, 'crosswalk.changed', ERROR],
  ];
  it.each(SEVERITIES)('%j makes %s %j', async (severity, code, expected) => {
    await crosswalked({ configuration: () => ({ diagnostics: { severity } }) });
    expect(itemsOf(await client.diagnostics('ws/old.md')).find((item) => item.code === code)?.severity ?? null).toBe(expected);
  });
});

it('the newest analysis and the newest crosswalk are both shown', async () => {
  const engine = await crosswalked();
  engine.runs.set('d', {
    snapshot: snapshotOf({ id: 'd', workflow: 'document', state: 'done', startedAt: 8, endedAt: 9, documents: [summaryOf('old.md')] }),
    texts: new Map([['old.md', OLD]]),
    findings: [{ ...FINDING, kind: 'definition', evidence: [spanOf('old.md', OLD, 'plan year')] }],
  });
  const codes = itemsOf(await client.diagnostics('ws/old.md')).map(({ code }) => code);
  expect(codes).toContain('definition');
  expect(codes).toContain('crosswalk.changed');
});

it('an equal question is answered as unchanged', async () => {
  await crosswalked();
  const first = await client.diagnostics('ws/old.md');
  expect(await client.diagnostics('ws/old.md', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  await client.change('ws/new.md', 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' }]);
  expect((await client.diagnostics('ws/old.md', first.resultId)).kind).toBe('full');
});

it('a counterpart that cannot be read is named but not linked', async () => {
  const engine = await crosswalked();
  const run = engine.runs.get('r');
  if (run === undefined) throw new Error('no run');
  run.snapshot = { ...run.snapshot, documents: [summaryOf('old.md'), summaryOf('moved/new.md')] };
  const changed = itemsOf(await client.diagnostics('ws/old.md')).find(({ code }) => code === 'crosswalk.changed');
  expect(changed?.message).toContain('Changed in new.md, 4.2 Vesting');
  expect(changed?.relatedInformation).toEqual([]);
});

it('a newer run at work, or failed, leaves the earlier results in the text', async () => {
  const engine = await crosswalked();
  for (const state of ['running', 'failed'] as const) {
    engine.runs.set(state, { snapshot: snapshotOf({ id: state, state, startedAt: 20, documents: [summaryOf('old.md')] }), texts: new Map() });
    expect(itemsOf(await client.diagnostics('ws/old.md'))).toHaveLength(7);
  }
});

it('nothing is said where the setting is off, per resource', async () => {
  await crosswalked({ configuration: (uri) => ({ diagnostics: { enabled: !uri.endsWith('/old.md') } }) });
  expect(itemsOf(await client.diagnostics('ws/old.md'))).toEqual([]);
  expect(itemsOf(await client.diagnostics('ws/new.md'))).toHaveLength(3);
  await client.configurationChanged();
  await client.until(() => client.refreshes === 1);
});

it('a store that cannot be read is an error, not an empty list', async () => {
  const engine = await crosswalked();
  engine.storeFailure = { code: 'storeUnavailable', message: 'work.db is damaged.', retry: 'never' };
  await expect(client.diagnostics('ws/old.md')).rejects.toMatchObject({ message: 'work.db is damaged.', data: { code: 'storeUnavailable' } });
});

it('a huge document gets one sentence', async () => {
  await crosswalked();
  await client.change('ws/old.md', 2, [{ text: 'x'.repeat(10_000_001) }]);
  expect(itemsOf(await client.diagnostics('ws/old.md')).map(({ code, message }) => [code, message])).toEqual([
    ['document.tooLarge', 'This document has 10000001 characters; diagnostics are shown in documents of up to 10000000. The results panel shows everything.'],
  ]);
});

describe('every code', () => {
  const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'diagnostics.md');
  it('leads to its explanation', async () => {
    await crosswalked({ options: { documentation: pathToFileURL(page).href } });
    const lines = readFileSync(page, 'utf8').split('\n');
    const items = [...itemsOf(await client.diagnostics('ws/old.md')), ...itemsOf(await client.diagnostics('ws/new.md'))];
    expect(items.length).toBe(10);
    for (const { code, codeDescription } of items) {
      const [href, line] = (codeDescription?.href ?? '').split('#L');
      expect(href).toBe(pathToFileURL(page).href);
      expect(lines[Number(line) - 1]).toBe(`### \`${code}\``);
    }
  });

  it.each(['document.stale', 'document.tooLarge', 'crosswalk.abstained', 'crosswalk.failed', 'crosswalk.new'])('%s has a section', (code) => {
    expect(readFileSync(page, 'utf8')).toContain(`\n### \`${code}\`\n`);
  });

  it.each(Object.values(FINDING_KINDS))('$kind is explained as its table says', ({ kind, title, explanation }) => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'diagnostics.md'), 'utf8');
    const section = page.split(`### \`${kind}\`\n`)[1]?.split('\n#')[0] ?? '';
    expect(section.replace(/\s+/g, ' ').trim()).toBe(`${title}. ${explanation}`);
  });
});
