import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/index.ts';
import { compareRuns } from '../../../server/src/engine/runs/comparison/compareRuns.ts';
import { provision } from '../carryOver/plan.ts';
import { analysisFacts, crosswalkFacts, type CrosswalkGiven } from './facts.ts';
import { told } from './twoRuns.ts';

const [a, b, c, d] = [1, 2, 3, 4].map((n) => provision(n)) as [ReturnType<typeof provision>, ReturnType<typeof provision>, ReturnType<typeof provision>, ReturnType<typeof provision>];
const edited = (n: number) => provision(n, 99);
const all = [a, b, c, d];
const open = { outcome: 'abstained' } as const;

function check(before: CrosswalkGiven, after: CrosswalkGiven, expected: readonly string[]): void {
  const comparison = compareRuns(crosswalkFacts('r1', before), crosswalkFacts('r2', after));
  expect(told(comparison)).toEqual(expected);
  const { changed, gone, new: added, unchanged } = comparison.counts;
  expect(changed + gone + added + unchanged).toBe(comparison.rows.length);
}

describe('why a row of a crosswalk is not what it was', () => {
  const cases: readonly (readonly [string, CrosswalkGiven, CrosswalkGiven, readonly string[]])[] = [
    ['nothing changed', { source: all, target: all }, { source: all, target: all }, []],
    ['spaces and line ends are no words', { source: [a], target: [a] }, { source: [{ ...a, text: a.text.replaceAll(' ', '\n') }], target: [a] }, []],
    ['a new number is no new row', { source: [a, b], target: [a, b] }, { source: [b, a], target: [a, b] }, []],
    ['its own text', { source: all, target: all }, { source: [a, edited(2), c, d], target: all, rows: [[b, [b], { relation: 'changed', variance: 'design', impact: 'medium' }]] },
      ['match 1.2 changed: relation same>changed, variance none>design, impact none>medium, quote; ownTextChanged: The text of 1.2 changed.']],
    ['its own text, though it says the same', { source: [a], target: [] }, { source: [edited(1)], target: [] },
      ['match 1.1 changed: quote; ownTextChanged: The text of 1.1 changed.']],
    ['the text of its target', { source: all, target: all }, { source: all, target: [a, edited(2), c, d] },
      ['match 1.2 changed: quote; targetTextChanged: The text of target 1.2 changed.']],
    ['an added provision', { source: [a], target: [a] }, { source: [b, a], target: [a] },
      ['match ->1.1 new; unitAdded: 1.1 was added to the source document.']],
    ['an added target', { source: [a, b], target: [a] }, { source: [a, b], target: [a, b] },
      ['match 1.2 changed: relation missing>same, targets ->1.2; targetAdded: Target 1.2 was added to the document.']],
    ['a target that is gone', { source: [a, b], target: [a, b] }, { source: [a, b], target: [a] },
      ['match 1.2 changed: relation same>missing, targets 1.2>-; targetGone: Target 1.2 is no longer in the document.']],
    ['a target that was taken', { source: [a, b], target: [a, b], rows: [[a, [b]], [b, []]] }, { source: [a, edited(2)], target: [a, b], rows: [[a, [], open], [b, [b]]] },
      [
        'match 1.1 changed: outcome decided>abstained, relation same>-, targets 1.2>-, variance none>-, impact none>-; targetTaken: Target 1.2 was taken by source 1.2, whose text changed.',
        'match 1.2 changed: relation missing>same, targets ->1.2, quote; ownTextChanged: The text of 1.2 changed. targetFree: Target 1.2 became free: source 1.1, which claimed it, no longer claims anything.',
      ]],
    ['a target that became free', { source: [a, b], target: [c], rows: [[a, [c]], [b, [], open]] }, { source: [b], target: [c], rows: [[b, [c]]] },
      [
        'match 1.1>- gone; unitGone: 1.1 is no longer in the source document.',
        'match 1.2>1.1 changed: outcome abstained>decided, relation ->same, targets ->1.1, variance ->none, impact ->none; targetFree: Target 1.1 became free: source 1.1, which claimed it, is no longer in the source document.',
      ]],
    ['a target it shares now', { source: [a], target: [c], rows: [[a, [c]]] }, { source: [a, b], target: [c], rows: [[a, [c], open], [b, [c]]] },
      [
        'match 1.1 changed: outcome decided>abstained, relation same>-, variance none>-, impact none>-; targetTaken: Target 1.1 is now claimed by source 1.2, which was added, as well.',
        'match ->1.2 new; unitAdded: 1.2 was added to the source document.',
      ]],
    ['a new target that somebody claims now', { source: [a], target: [c], rows: [[a, []]] }, { source: [edited(1)], target: [c], rows: [[a, [c]]] },
      [
        'match 1.1 changed: relation missing>same, targets ->1.1, quote; ownTextChanged: The text of 1.1 changed.',
        'newTarget 1.1 gone; targetTaken: Target 1.1 was taken by source 1.1, whose text changed.',
      ]],
    ['a candidate of another text', { source: [a], target: [a, c], candidates: [[a, [c]]] }, { source: [a], target: [a, { ...edited(3), title: c.title }], rows: [[a, [a], open]], candidates: [[a, [c]]] },
      [
        'match 1.1 changed: outcome decided>abstained, relation same>-, variance none>-, impact none>-; candidateChanged: Target 1.2, a candidate for it, has another text.',
        'newTarget 1.2 changed: quote; ownTextChanged: The text of 1.2 changed.',
      ]],
    ['a setting', { source: [a], target: [a] }, { source: [a], target: [a], rows: [[a, [], open]], run: { settings: { ...DEFAULT_SETTINGS, crosswalkAcceptAt: 0.9 } } },
      [
        'match 1.1 changed: outcome decided>abstained, relation same>-, targets 1.1>-, variance none>-, impact none>-; settingsChanged: collate.crosswalk.acceptAt was 0.7 and is 0.9.',
        'newTarget 1.1 new; targetFree: Target 1.1 became free: source 1.1, which claimed it, no longer claims anything. settingsChanged: collate.crosswalk.acceptAt was 0.7 and is 0.9.',
      ]],
    ['rules of another version', { source: [a], target: [a] }, { source: [a], target: [a], rows: [[a, [a], { relation: 'reworded' }]], run: { rulesVersion: '1.2' } },
      ['match 1.1 changed: relation same>reworded; rulesChanged: The rules of Collate changed between the runs (version 1.1, now 1.2).']],
    ['rules that did not say that they changed', { source: [a], target: [a] }, { source: [a], target: [a], rows: [[a, [a], { relation: 'reworded' }]] },
      ['match 1.1 changed: relation same>reworded; rulesChanged: Documents and settings are the same: the rules of Collate changed between the runs.']],
    ['another provision of its section', { source: [a, b], target: [a, b] }, { source: [a, b, c], target: [a, b], rows: [[a, [a], open], [c, []]] },
      [
        'match 1.1 changed: outcome decided>abstained, relation same>-, variance none>-, impact none>-; sectionChanged: Its own words are as they were; in its section 1.3 was added, left out or changed, and sections weigh in the choice of a counterpart.',
        'match ->1.3 new; unitAdded: 1.3 was added to the source document.',
      ]],
    ['a provision it refers to', { source: [{ ...a, text: `${a.text} Section 1.2 applies.` }, b], target: [a, b, c], rows: [[a, [a]], [b, [b]]] }, { source: [{ ...a, text: `${a.text} Section 1.2 applies.` }, b], target: [a, edited(2), c], rows: [[a, [a], { relation: 'changed', variance: 'design' }], [b, [c]]] },
      [
        'match 1.1 changed: relation same>changed, variance none>design; referenceChanged: It refers to 1.2, whose counterpart was 1.2 and is 1.3.',
        'match 1.2 changed: targets 1.2>1.3; targetTextChanged: The text of target 1.2 changed.',
        'newTarget 1.2 new; ownTextChanged: The text of 1.2 changed. targetFree: Target 1.2 became free: source 1.2, which claimed it, now claims 1.3.',
        'newTarget 1.3 gone; targetTaken: Target 1.3 was taken by source 1.2.',
      ]],
    ['files under other names', { source: all, target: all }, { source: [a, b, c, edited(4)], target: all, paths: ['a/old plan.md', 'b.md'] },
      ['match 1.4 changed: quote; ownTextChanged: The text of 1.4 changed.']],
  ];
  it.each(cases)('%s', (_, before, after, expected) => check(before, after, expected));

  it('is never the document where the reader cut an equal text otherwise', () => {
    const before = crosswalkFacts('r1', { source: [a, b], target: [a, b] });
    const [left, right] = before.documents;
    if (left === undefined || right === undefined) throw new Error('two documents');
    const after = { ...before, snapshot: { ...before.snapshot, id: 'r2' }, documents: [{ ...left, units: left.units.slice(0, -1) }, right], matches: before.matches.slice(0, -1) };
    expect(told(compareRuns(before, after))).toEqual(['match 1.2>- gone; rulesChanged: The text of old.md is the same, but Collate cut 1.2 in another way than it did before.']);
  });
});

describe('why a finding is not what it was', () => {
  const cites = (text: string) => ({ ...a, text });
  const cases: readonly (readonly [string, ReturnType<typeof analysisFacts>, ReturnType<typeof analysisFacts>, readonly string[]])[] = [
    ['nothing changed', analysisFacts('r1', [cites('See Section 9.1 and 9.2.'), b], ['9.1', '9.2']), analysisFacts('r2', [b, cites('See Section 9.1 and 9.2.')], ['9.1', '9.2']), []],
    ['the words of its provision', analysisFacts('r1', [cites('See Section 9.1 and 9.2.'), b], ['9.1', '9.2']), analysisFacts('r2', [cites('See Section 9.2 only.'), b], ['9.2']),
      ['crossReference.unresolved 1.1 gone; ownTextChanged: The text of 1.1 changed.']],
    ['other words in its place', analysisFacts('r1', [cites('See Section 9.1 of it.'), b], ['9.1']), analysisFacts('r2', [cites('See Section 9.3 of it.'), b], ['9.3']),
      ['crossReference.unresolved 1.1 changed: quote; ownTextChanged: The text of 1.1 changed.']],
    ['a provision it names is gone', analysisFacts('r1', [cites('See Section 1.3 for it.'), b, c], []), analysisFacts('r2', [cites('See Section 1.3 for it.'), b], ['1.3']),
      ['crossReference.unresolved 1.1 new; referenceChanged: 1.3, which it names, is gone.']],
    ['its provision is gone', analysisFacts('r1', [cites('See Section 9.1 of it.'), b], ['9.1']), analysisFacts('r2', [b], []),
      ['crossReference.unresolved 1.1>- gone; unitGone: 1.1 is no longer in the document.']],
    ['the rules', analysisFacts('r1', [cites('See Section 9.1 of it.'), b], ['9.1']), analysisFacts('r2', [cites('See Section 9.1 of it.'), b], []),
      ['crossReference.unresolved 1.1 gone; rulesChanged: Documents and settings are the same: the rules of Collate changed between the runs.']],
  ];
  it.each(cases)('%s', (_, before, after, expected) => expect(told(compareRuns(before, after))).toEqual(expected));
});

describe('runs that cannot be compared', () => {
  const given: CrosswalkGiven = { source: all, target: all };
  const own = crosswalkFacts('r1', given);
  const refused: readonly (readonly [string, () => unknown, string])[] = [
    ['a run and itself', () => compareRuns(own, own), 'Run r1 was named twice; name an older and a newer run.'],
    ['a run that was stopped', () => compareRuns(own, crosswalkFacts('r2', { ...given, run: { state: 'cancelled', resumable: true } })), 'Run r2 has not finished, so what it did not reach would look gone. Finish it first: collate resume r2.'],
    ['a run that failed', () => compareRuns(crosswalkFacts('r0', { ...given, run: { state: 'failed' } }), own), 'Run r0 has not finished, so what it did not reach would look gone. Name a finished run.'],
    ['runs of two kinds', () => compareRuns(analysisFacts('r0', all, []), own), 'Run r0 is a document run, run r1 a crosswalk run; only runs of one kind can be compared.'],
    ['other documents', () => compareRuns(crosswalkFacts('r0', { source: all, target: [8, 9, 10, 11, 12, 13, 14].map((n) => provision(n)), paths: ['old.md', 'other.md'] }), own),
      'Run r0 read old.md and other.md, run r1 read old.md and new.md: they share too little to be versions of each other. Name two runs over the same documents.'],
  ];
  it.each(refused)('%s', (_, compare, sentence) => expect(compare).toThrow(sentence));
});
