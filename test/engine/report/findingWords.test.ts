import { describe, expect, it } from 'vitest';
import type { Finding, Output, OutputUnit } from '../../../shared/model.ts';
import { contextLine, findingLine, inContext, otherFacts, ownEvidence, ownerAndDue, statement } from '../../../server/src/engine/report/findingWords.ts';
import { saidBy, tellingDifferences } from '../../../server/src/engine/report/differenceWords.ts';
import { renderReport } from '../../../server/src/engine/report/htmlReport.ts';
import { renderMeetingNotes } from '../../../server/src/engine/report/notesMarkdown.ts';
import { difference, finding, FixtureDocument, run } from './reportFixture.ts';

const plan = new FixtureDocument('plan.md', [
  { number: '1.01', title: 'Account', text: '"Account" means the record of a Participant. It is kept by the Trustee, as Section 9.99 says, at no cost.' },
  { number: '1.02', title: 'Long', text: `${'word '.repeat(200)}unless the Employer elects ${'more '.repeat(200)}.` },
]);
const meeting = new FixtureDocument('talk.txt', [
  { number: '00:57', title: 'Ann', text: 'Bo, can you fix that?' },
  { number: '01:02', title: 'Bo', text: 'Yes. I will do it today, I think. Bye.' },
], 'turn');

/** The evidence in its sentence, with the evidence in brackets. */
function check(document: FixtureDocument, words: string, expected: string): void {
  const span = document.find(words);
  const unit = document.units.find((one: OutputUnit) => one.span.start <= span.start && span.end <= one.span.end) ?? null;
  const { before, quote, after } = inContext(span, unit);
  expect(`${before}[${quote}]${after}`).toBe(expected);
}

describe('words in their sentence', () => {
  it.each([
    [plan, '"Account" means', '["Account" means] the record of a Participant.'],
    [plan, '9.99', 'It is kept by the Trustee, as Section [9.99] says, at no cost.'],
    [plan, '1.01 Account', '[1.01 Account]\n"Account" means the record of a Participant.'],
    [meeting, 'today', 'I will do it [today], I think.'],
    [meeting, 'Yes.', '[Yes.]'],
    [meeting, 'Bo, can you', '[Bo, can you] fix that?'],
  ] as const)('%#: %s', (document, words, expected) => check(document, words, expected));

  it('are cut where a sentence does not end', () => {
    const span = plan.find('unless the Employer elects');
    const { before, after } = inContext(span, plan.units[1] ?? null);
    expect([before.length, after.length].every((length) => length > 250 && length <= 321)).toBe(true);
    expect([before.startsWith('\u2026word '), after.endsWith('more\u2026')]).toEqual([true, true]);
  });

  it('stand alone where no unit is known', () => expect(inContext(plan.find('9.99'), null)).toEqual({ before: '', quote: '9.99', after: '' }));

  it.each([30, 60, 90])('on one line of %i characters the quote can be seen', (length) => {
    const line = contextLine(inContext(plan.find('the Employer'), plan.units[1] ?? null), length);
    expect(line.length).toBeLessThanOrEqual(length);
    expect(line).toMatch(/^\u2026.*the Employer.*\u2026$/);
  });
});

function told(fields: Partial<Finding>): Finding {
  return { ...finding({ kind: 'decision', title: 'Generic', evidence: [] }), ...fields };
}

describe('what is said of a finding', () => {
  const unitOf = (span: { readonly start: number }): OutputUnit | null => plan.units.find((unit) => unit.span.start <= span.start && span.start < unit.span.end) ?? null;
  const lines: readonly (readonly [Partial<Finding>, string | null, string])[] = [
    [{ kind: 'decision', text: 'It is kept by the Trustee', evidence: [plan.find('It is kept by the Trustee')] }, null, 'It is kept by the Trustee, as Section 9.99 says, at no cost.'],
    [{ kind: 'definition', text: '"Account" is defined here.', evidence: [plan.find('"Account" means')] }, null, '"Account" means the record of a Participant.'],
    [{ kind: 'crossReference.unresolved', text: 'Section 9.99 is not here.', evidence: [plan.find('Section 9.99')] }, 'Section 9.99 is not here.', 'Section 9.99 is not here.'],
    [{ kind: 'numbering.gap', text: 'One is left out.', evidence: [plan.find('1.02 Long')] }, 'One is left out.', 'One is left out. \u201c1.02 Long\u201d'],
    [{ text: 'Nothing shows it.', evidence: [] }, 'Nothing shows it.', 'Nothing shows it.'],
    [{ text: '', evidence: [] }, null, 'Generic'],
  ];
  it.each(lines)('%#', (fields, said, line) => {
    expect(statement(told(fields))).toBe(said);
    expect(findingLine(told(fields), unitOf, 200)).toBe(line);
  });

  it('leaves out evidence inside other evidence, and facts the words say', () => {
    const [sentence, part, other] = [meeting.find('I will do it today, I think.'), meeting.find('today'), meeting.find('fix that')];
    expect(ownEvidence(told({ evidence: [sentence, part, other] }))).toEqual([sentence, other]);
    expect(otherFacts(told({ text: 'It has 30 days', fields: { days: '30', term: 'Plan Year', owner: 'Ann', due: 'today', rule: 'r', speaker: 'Ann', time: '1' } }))).toEqual([['term', 'Plan Year']]);
  });

  it.each([
    [{ owner: 'Ann', due: 'Friday' }, 'Ann, due Friday'], [{ owner: 'Ann' }, 'Ann'], [{ due: 'Friday' }, 'due Friday'], [{}, ''],
  ])('%j', (fields, expected) => expect(ownerAndDue(told({ fields }))).toBe(expected));
});

describe('what differs', () => {
  const [left, right] = [plan.find('Trustee,'), plan.find('Participant')];
  it('is said in the words of each side', () => {
    const both = { ...difference('party', left, right, 'r'), sourceValue: 'trustee', targetValue: 'participant' };
    expect([saidBy(both, 'source'), saidBy(both, 'target')]).toEqual(['Trustee', 'Participant']);
    expect([saidBy({ kind: 'k', rule: 'r', sourceValue: '1' }, 'source'), saidBy({ kind: 'k', rule: 'r', sourceValue: '1' }, 'target')]).toEqual(['1', '']);
  });
  it('is facts, and words only without a fact', () => {
    const [words, fact] = [difference('words', left, right, 'w'), difference('period', left, right, 'p')];
    expect(tellingDifferences([words, fact])).toEqual([fact]);
    expect(tellingDifferences([words])).toEqual([words]);
  });
});

describe('the report and the notes', () => {
  const action = told({
    kind: 'actionItem', text: 'Bo, can you fix that?', fields: { owner: 'Bo', due: 'today', rule: 'action.canYou' },
    evidence: [meeting.find('Bo, can you fix that?'), meeting.find('today')],
  });
  const commitment = told({ kind: 'commitment', text: 'Yes.', fields: { owner: 'Bo', due: 'Monday' }, evidence: [meeting.find('Yes.')] });
  const output: Output = { schemaVersion: 1, documents: [meeting.summary()], runs: [run('transcript', { units: meeting.units, findings: [action, commitment] })] };

  it.each([
    ['report', () => renderReport(output), ['<div class="quote">Bo, can you fix that?</div>', 'I will do it <mark>today</mark>, I think.', '<td>Bo</td><td>today</td>', '<div class="quote">Yes.</div>', '<p>Bo, due Monday</p>', 'Ann, 00:57 \u00b7 line 1']],
    ['notes', () => renderMeetingNotes(output, output.runs[0]!), ['| \u201cBo, can you fix that?\u201d \u2026 \u201ctoday\u201d | Bo | today | Ann, 00:57, line 1 |', '- \u201cYes.\u201d\n  Bo, 01:02, line 3; Bo, due Monday']],
  ] as const)('%s: show the words, who and by when, never only a title', (_, render, expected) => {
    const text = render();
    for (const part of expected) expect(text).toContain(part);
    expect(text).not.toContain('Generic');
  });
});
