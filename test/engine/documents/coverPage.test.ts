import { describe, expect, it } from 'vitest';
import type { DocumentKind } from '../../../shared/model.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';
import { documentOf, run } from '../crosswalk/harness.ts';

/** Text of the units before the first numbered one, as `heading|words`, white space folded. */
function cover(text: string, kind: DocumentKind = 'basicPlanDocument'): readonly string[] {
  const read = readText({ key: 'plan.txt', path: 'plan.txt', text, kind });
  if (!read.ok) throw new Error(read.failure.message);
  const { units } = read.value;
  expect(units.map(({ span }) => span.quote).join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
  const first = units.findIndex(({ number, election }) => number !== undefined || election !== undefined);
  return units.slice(0, first === -1 ? units.length : first).map(({ title, textStart, textEnd }) => `${title ?? ''}|${text.slice(textStart, textEnd).replace(/\s+/g, ' ').trim()}`);
}

const BODY = '\n\nARTICLE I\nDEFINITIONS\n\n1.1 Account. "Account" means the separate record that is kept for each Participant.\n';
const FORM = '\n\nPART A. ELIGIBILITY\n\n1. Minimum age. Select one:\n[ ] None\n[x] Age 21\n';
const SUBSTANCE = 'The Employer adopts this Plan for the exclusive benefit of its eligible employees and their beneficiaries, and intends that the Plan shall meet the requirements of the Code for a profit-sharing plan.';

describe('a cover page', () => {
  it.each<[name: string, text: string, found: readonly string[], kind?: DocumentKind]>([
    ['title, vendor and number', `Alder Retirement Services\nDefined Contribution Prototype Plan\nBasic Plan Document No. 01${BODY}`, ['|']],
    ['lines apart from each other', `Alder Retirement Services\n\nBasic Plan Document No. 01\n\nRevised January 2024${BODY}`, ['|']],
    ['titles in capitals, each with a line below', `ALDER RETIREMENT SERVICES\n\n123 Harbor Lane, Boston\n\nBASIC PLAN DOCUMENT\n\nNo. 01, all rights reserved.${BODY}`, ['ALDER RETIREMENT SERVICES|', 'BASIC PLAN DOCUMENT|']],
    ['the title of a Markdown document', `# Alder Retirement Plan\n\nAlder Retirement Services, Plan No. 001${BODY.replace('ARTICLE I\nDEFINITIONS', '## Article I. Definitions')}`, ['Alder Retirement Plan|']],
    ['of a form', `Alder Retirement Services\nAdoption Agreement No. 002${FORM}`, ['|'], 'adoptionAgreement'],
    ['and a short remark', `Alder Retirement Services\n\nThis document may not be copied without the consent of Alder.${BODY}`, ['|']],
    ['before a document whose parts have no numbers', 'Alder Retirement Services\nPolicy of Records\n\n## Owner\n\nJane Doe\n\n## Scope\n\nAll records.\n', ['|', 'Owner|Jane Doe', 'Scope|All records.'], 'document'],
  ])('holds no provision: %s', (_, text, found, kind) => {
    expect(cover(text, kind).filter((_line, at) => kind !== 'adoptionAgreement' || at === 0)).toEqual(found);
  });

  it.each<[name: string, text: string, found: readonly string[], kind?: DocumentKind]>([
    ['a preamble with substance', `${SUBSTANCE}${BODY}`, [`|${SUBSTANCE}`]],
    ['a preamble below titles', `ALDER PLAN\n\nNo. 01\n\nPREAMBLE\n\n${SUBSTANCE}${BODY}`, ['ALDER PLAN|', `PREAMBLE|${SUBSTANCE}`]],
    ['a heading in capitals with one sentence', `PURPOSE\n\nThe Plan provides benefits at retirement, death, disability and severance to each Participant who is vested.${BODY}`, ['PURPOSE|The Plan provides benefits at retirement, death, disability and severance to each Participant who is vested.']],
    ['a line to fill in', `Alder Plan\n\nName of Plan ____________${BODY}`, ['|Alder Plan Name of Plan ____________']],
    ['a document of title lines alone', 'Alder Retirement Services\n\nBasic Plan Document\n', ['|Alder Retirement Services Basic Plan Document'], 'document'],
    ['parts of a document without numbers', '# Policy\n\nShort words.\n\n## Owner\n\nJane Doe\n', ['Policy|Short words.', 'Owner|Jane Doe'], 'document'],
  ])('is not %s', (_, text, found, kind) => {
    expect(cover(text, kind)).toEqual(found);
  });

  it('ends as skipped on both sides of a crosswalk, with the reason, and is neither missing nor new', async () => {
    const [old, fresh] = [`Alder Retirement Services\nBasic Plan Document No. 01${BODY}`, `Birch Trust Company\nVolume Plan 7\nEdition B${BODY}`].map((text, at) => {
      const read = readText({ key: `${at}.txt`, path: `${at}.txt`, text, kind: 'basicPlanDocument' });
      return read.ok ? read.value : documentOf('none', []);
    }) as [ReturnType<typeof documentOf>, ReturnType<typeof documentOf>];
    const { matches, newTargets, outcomes } = await run(old, fresh);
    expect(matches[0]).toMatchObject({ outcome: 'skipped', reason: 'heading only, no text to compare' });
    expect([matches.filter(({ relation }) => relation === 'missing'), newTargets]).toEqual([[], []]);
    expect(outcomes.filter(({ outcome, kind, count }) => outcome === 'skipped' && kind === 'targetProvision' && count > 0)).toMatchObject([{ reason: 'heading only, no text to compare', count: 2 }]);
  });
});
