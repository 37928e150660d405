import { describe, expect, it } from 'vitest';
import { DOCUMENT_ANALYZERS, FINDING_KINDS } from '../../../server/src/engine/workflows/document/findingKinds.ts';
import { ENGLISH_ONLY } from '../../../server/src/engine/workflows/unreadParts.ts';
import { read } from '../documents/read.ts';
import { entry, runOf } from '../transcript/runOf.ts';

/** One provision with text for every kind of finding, and one that is a heading only. */
const FAULTY = [
  '# ARTICLE I  RULES', '## 1.1 Year', '"Plan Year" means the calendar year, as elected in the Adoption Agreement.',
  '## 1.2 Year again', '"Plan Year" means the fiscal year.',
  '## 1.4 Notice', 'Notice is given within thirty (60) days under Section 9.9 on ________.',
  '## 1.4 Notice again', 'Notice is free.', '## 1.5 Empty', '## 1.6 Last', 'This is the last section.',
].join('\n\n');
/** A form with one election not answered, one answered twice, one in doubt, one answered. */
const FORM = [
  '# ADOPTION AGREEMENT', 'Answer every item (Plan Section 9.9).', '1. Plan Year ends on ________.', '2. Age (Plan Section 3.1). Select one:\n[x] 18\n[x] 21',
  '3. Service:\n[ ] none\n[x] ____ years', '4. Loans are permitted? [x] Yes [ ] No',
].join('\n\n');
const CLEAN = '# Plan\n\n## 1.1 First\n\nThe first section.\n\n## 1.2 Second\n\nSee Section 1.1.\n';

describe('a run over one document', () => {
  it('finds each kind of fault, in the order of its analyzers, in the words of the document', async () => {
    const run = await runOf('plan.md', FAULTY, 'document');
    const { text } = read(FAULTY, 'plan.md');
    const form = await runOf('form.md', FORM, 'document');
    expect(new Set([...run.findings, ...form.findings].map(({ kind }) => kind))).toEqual(new Set(Object.values(FINDING_KINDS).map(({ kind }) => kind)));
    const order = run.findings.map(({ analyzer }) => DOCUMENT_ANALYZERS.findIndex(({ name }) => name === analyzer));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    for (const span of run.findings.flatMap(({ evidence }) => evidence)) expect(span.quote).toBe(text.slice(span.start, span.end));
    expect(new Set(run.findings.map(({ key }) => key)).size).toBe(run.findings.length);
  });

  it.each([['faults', FAULTY], ['none', CLEAN]])('counts every provision and every analyzer once, with %s', async (_, text) => {
    const run = await runOf('plan.md', text, 'document');
    const { units } = read(text, 'plan.md');
    const bare = units.filter(({ textStart, textEnd }) => textStart === textEnd).length;
    expect(entry(run, 'sourceProvision')).toEqual({
      total: units.length, decided: units.length - bare, abstained: 0, skipped: bare, failed: 0, reasons: { 'heading only, no text of its own': bare },
    });
    expect(entry(run, 'analysis')).toMatchObject({ total: DOCUMENT_ANALYZERS.length, decided: DOCUMENT_ANALYZERS.length });
    expect(run.analyses.map(({ analyzer, findings }) => [analyzer, findings])).toEqual(
      DOCUMENT_ANALYZERS.map(({ name }) => [name, run.findings.filter(({ analyzer }) => analyzer === name).length]),
    );
  });

  const german = 'Der Verwalter kann einem Teilnehmer, der dies beantragt, ein Darlehen gewähren, wenn es nicht in Abschnitt 9.9 oder durch ________ verboten ist.';

  it('skips a provision in another language, and says how many were read', async () => {
    const run = await runOf('plan.md', `${CLEAN}\n## 1.3 Darlehen\n\n${german}\n`, 'document');
    expect(entry(run, 'sourceProvision')).toMatchObject({ total: 4, decided: 2, skipped: 2, reasons: { [ENGLISH_ONLY]: 1 } });
    expect(run.findings).toEqual([]);
    for (const { read: said } of run.analyses) expect(said).toMatch(/^3 provisions, for /);
  });

  it('skips everything in a document that has no English', async () => {
    const run = await runOf('plan.md', `## 1.3 Darlehen\n\n${german}\n`, 'document');
    expect(entry(run, 'sourceProvision')).toMatchObject({ total: 1, skipped: 1, reasons: { [ENGLISH_ONLY]: 1 } });
    expect(run.analyses.map(({ outcome, reason }) => `${outcome}: ${reason ?? ''}`)).toEqual(DOCUMENT_ANALYZERS.map(() => `skipped: ${ENGLISH_ONLY}`));
    expect(entry(run, 'analysis')).toMatchObject({ total: DOCUMENT_ANALYZERS.length, skipped: DOCUMENT_ANALYZERS.length });
  });

  it('counts the elections of a form apart, and tells of each that is open once', async () => {
    const run = await runOf('form.md', FORM, 'document');
    expect(entry(run, 'sourceProvision')).toMatchObject({ total: 1, decided: 0, skipped: 1 });
    expect(entry(run, 'field')).toEqual({
      total: 4, decided: 2, abstained: 2, skipped: 0, failed: 0,
      reasons: { 'boxes and blanks do not agree': 1, 'several boxes are ticked where one is asked for': 1 },
    });
    expect(run.findings.map(({ kind, evidence }) => [kind, ...evidence.map(({ quote }) => quote)])).toEqual([
      ['election.unanswered', '________'], ['election.conflict', '[x] 18', '[x] 21'], ['election.ambiguous', '[x] ____ years'],
    ]);
  });

  it('says what was looked for where nothing was found', async () => {
    const { analyses, findings } = await runOf('plan.md', CLEAN, 'document');
    expect(findings).toEqual([]);
    for (const { read: said } of analyses) expect(said).toMatch(/^\d+ provisions, for .*: none found by rules$/);
  });
});
