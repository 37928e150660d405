import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../../schemas/output.schema.json' with { type: 'json' };
import { LEDGER_KINDS, type Election, type Output, type OutputUnit } from '../../../shared/model.ts';
import { crosswalkOutput, transcriptOutput } from './reportFixture.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ } });
const validate = ajv.compile(schema);

/** What a unit has that was cut from pages and is a table. */
const LAID_OUT: Pick<OutputUnit, 'omitted' | 'table'> = { omitted: [{ start: 3, end: 9 }], table: { rows: [{ cells: [{ start: 0, end: 3, text: '20%' }] }] } };
const ELECTION: Election = {
  type: 'singleSelect', typeFrom: 'words', state: 'ambiguous', stateReason: 'A blank is empty.',
  options: [{ label: 'Age ____', selected: true, depth: 0, box: { start: 0, end: 3 }, words: { start: 4, end: 12 }, fillIns: [{ start: 8, end: 12, value: null }] }],
  blanks: [{ start: 20, end: 26, value: '21' }], citations: [{ text: '(Plan Section 3.1)', section: '3.1', start: 30, end: 48 }],
};

/** One output with every property of the shape in it. */
function fullOutput(): Output {
  const crosswalk = crosswalkOutput();
  const transcript = transcriptOutput();
  const entry = { total: 1, decided: 1, abstained: 0, skipped: 0, failed: 0, reasons: {} };
  const runs = [...crosswalk.runs, ...transcript.runs];
  return {
    ...crosswalk,
    documents: [...crosswalk.documents, ...transcript.documents],
    runs: runs.map((run, at) => (at === 0 ? { ...run, metrics: run.metrics.map((metric) => ({ ...metric, unanswered: 1, unansweredUsd: 0.5 })), units: run.units.map((unit, k) => (k === 0 ? { ...unit, ...LAID_OUT, election: ELECTION } : unit)), ledger: { ...Object.fromEntries(LEDGER_KINDS.map((kind) => [kind, entry])), ...run.ledger } } : run)),
  };
}

type Json = Record<string, any>;

function definitions(): readonly (readonly [string, Json])[] {
  const found: (readonly [string, Json])[] = [];
  const visit = (path: string, node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node && 'type' in node && node.type === 'object') found.push([path, node]);
    for (const [key, value] of Object.entries(node)) if (key !== 'allOf') visit(`${path}/${key}`, value);
  };
  visit('', schema);
  return found;
}

describe('output.schema.json', () => {
  it('accepts an output with everything in it', () => {
    expect(validate(fullOutput()), JSON.stringify(validate.errors)).toBe(true);
  });

  it('describes every property, closes every object, and names nothing the full output does not have', () => {
    const used = new Set<string>();
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        used.add(key);
        visit(value);
      }
    };
    visit(fullOutput());
    for (const [path, node] of definitions()) {
      expect(node['additionalProperties'], path).toBeDefined();
      for (const [name, property] of Object.entries(node['properties'] as Json)) {
        expect(property['description'], `${path}/${name}`).toMatch(/\w/);
        expect(used, `${path}/${name} is not in the full output`).toContain(name);
      }
    }
  });

  const rejects: readonly (readonly [string, (output: Json) => void])[] = [
    ['another version', (o) => void (o['schemaVersion'] = 2)],
    ['no documents', (o) => void delete o['documents']],
    ['an unknown property of the output', (o) => void (o['extra'] = 1)],
    ['an unknown property of a run', (o) => void (o['runs'][0]['extra'] = 1)],
    ['an unknown property of a unit', (o) => void (o['runs'][0]['units'][0]['textStart'] = 1)],
    ['an unknown kind of document', (o) => void (o['documents'][0]['kind'] = 'memo')],
    ['a run at work', (o) => void (o['runs'][0]['state'] = 'running')],
    ['a number for a date', (o) => void (o['runs'][0]['startedAt'] = 1_763_734_140_000)],
    ['a negative time at work', (o) => void (o['runs'][0]['activeMs'] = -1)],
    ['a date without a zone', (o) => void (o['runs'][0]['startedAt'] = '2025-11-21T14:09:00')],
    ['an unknown kind of ledger', (o) => void (o['runs'][0]['ledger']['page'] = o['runs'][0]['ledger']['document'])],
    ['a ledger without an outcome', (o) => void delete o['runs'][0]['ledger']['sourceProvision']['skipped']],
    ['a reason that counts nothing', (o) => void (o['runs'][0]['ledger']['sourceProvision']['reasons'] = { none: 0 })],
    ['a span without its quote', (o) => void delete o['runs'][0]['units'][0]['span']['quote']],
    ['a span on line 0', (o) => void (o['runs'][0]['units'][0]['span']['line'] = 0)],
    ['a negative offset', (o) => void (o['runs'][0]['units'][0]['span']['start'] = -1)],
    ['an unknown relation', (o) => void (o['runs'][0]['matches'][0]['relation'] = 'similar')],
    ['a source row that is new', (o) => void (o['runs'][0]['matches'][1]['relation'] = 'new')],
    ['decided without a relation', (o) => void (o['runs'][0]['matches'][0]['relation'] = null)],
    ['abstained without a reason', (o) => void delete o['runs'][0]['matches'][4]['reason']],
    ['abstained with a relation', (o) => void (o['runs'][0]['matches'][4]['relation'] = 'same')],
    ['the same with an impact', (o) => void (o['runs'][0]['matches'][1]['impact'] = 'low')],
    ['changed without a variance', (o) => void (o['runs'][0]['matches'][0]['variance'] = 'none')],
    ['changed without a target', (o) => void (o['runs'][0]['matches'][0]['targets'] = [])],
    ['split with one target', (o) => void o['runs'][0]['matches'][3]['targets'].pop()],
    ['missing with a target', (o) => void (o['runs'][0]['matches'][5]['targets'] = o['runs'][0]['matches'][0]['targets'])],
    ['a confidence above 1', (o) => void (o['runs'][0]['matches'][0]['confidence'] = 91)],
    ['more than 20 candidates', (o) => void (o['runs'][0]['matches'][0]['candidates'] = Array.from({ length: 21 }, () => ({ targetId: 't', score: 1, claimed: false })))],
    ['a difference of nothing', (o) => { const d = o['runs'][0]['matches'][0]['differences'][0]; delete d.source; delete d.target; }],
    ['a new target that is not decided and new', (o) => void (o['runs'][0]['newTargets'][1]['relation'] = 'new')],
    ['a decided finding without evidence', (o) => void (o['runs'][1]['findings'][0]['evidence'] = [])],
    ['an analysis skipped without a reason', (o) => void delete o['runs'][1]['analyses'][1]['reason']],
    ['a share in percent', (o) => void (o['runs'][1]['speakers'][0]['share'] = 47)],
  ];
  it.each(rejects)('refuses %s', (_, damage) => {
    const output = structuredClone(fullOutput()) as unknown as Json;
    damage(output);
    expect(validate(output)).toBe(false);
  });
});
