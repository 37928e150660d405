import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../../schemas/comparison.schema.json' with { type: 'json' };
import { CARRIED, CAUSES, COMPARED_FIELDS, ROW_STATES } from '../../../shared/comparison.ts';
import { compareRuns } from '../../../server/src/engine/runs/comparison/compareRuns.ts';
import { provision } from '../carryOver/plan.ts';
import { comparison, nothingMoved } from './comparisonFixture.ts';
import { analysisFacts } from './facts.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ } });
const validate = ajv.compile(schema);

type Json = Record<string, any>;

describe('comparison.schema.json', () => {
  const findings = (): unknown => compareRuns(analysisFacts('r1', [provision(1), provision(2)], ['was told']), analysisFacts('r2', [provision(1), provision(3)], []));
  it.each([['rows of every state', comparison], ['nothing moved', nothingMoved], ['findings', findings]])('accepts %s', (_, make) => {
    expect(validate(make()), JSON.stringify(validate.errors)).toBe(true);
  });

  it('has a row of every state to be tried on', () => {
    expect(new Set(comparison().rows.map(({ state }) => state))).toEqual(new Set(ROW_STATES));
  });

  it('knows the names the engine uses', () => {
    const { row, change, cause } = schema.$defs;
    expect(row.properties.state.enum).toEqual(ROW_STATES);
    expect(row.properties.carried.enum).toEqual(CARRIED);
    expect(change.properties.field.enum).toEqual(COMPARED_FIELDS);
    expect(cause.properties.cause.enum).toEqual(CAUSES);
  });

  const rejects: readonly (readonly [string, (json: Json) => void])[] = [
    ['another version', (c) => void (c['schemaVersion'] = 2)],
    ['an unknown property', (c) => void (c['extra'] = 1)],
    ['an unknown property of a row', (c) => void (c['rows'][0]['extra'] = 1)],
    ['a row without its unit', (c) => void delete c['rows'][0]['before']],
    ['an unknown state', (c) => void (c['rows'][0]['state'] = 'moved')],
    ['an unknown cause', (c) => void (c['rows'][0]['causes'][0]['cause'] = 'fate')],
    ['a run at work', (c) => void (c['after']['state'] = 'running')],
    ['a changed row without a cause', (c) => void (c['rows'].find((row: Json) => row['state'] === 'changed')['causes'] = [])],
    ['a changed row without a change', (c) => void (c['rows'].find((row: Json) => row['state'] === 'changed')['changes'] = [])],
    ['an unchanged row with a cause', (c) => void (c['rows'].find((row: Json) => row['state'] === 'unchanged')['causes'] = [{ cause: 'unitGone', sentence: 'x', units: [] }])],
    ['a span without its quote', (c) => void delete c['rows'][0]['after']['span']['quote']],
    ['a similarity in percent', (c) => void (c['rows'][0]['similarity'] = 97)],
    ['a document that is neither', (c) => void (c['documents'][0]['how'] = 'alike')],
  ];
  it.each(rejects)('refuses %s', (_, damage) => {
    const json = structuredClone(comparison()) as unknown as Json;
    damage(json);
    expect(validate(json)).toBe(false);
  });
});
