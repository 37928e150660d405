import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { costWords } from '../../../shared/words/costWords.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import { createEngine, DEFAULT_SETTINGS, renderReport, type Settings } from '../../../server/src/engine/index.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { value } from './scenarios.ts';

const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8');
const FILES = new Map([['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')]]);
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' } };

it.each([[true, /^about \$/u], [false, /^(< )?\$/u]])('tokens and cost of a model that reports none (%s) are estimates wherever they are told, and of others they are not', async (estimated, words) => {
  const model = fakeModel({ estimated });
  const { runs } = createEngine({ ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: nodeClock, sleep: nodeSleep, yieldToHost: nodeYield });
  const id = value(await runs.start({ workflow: 'crosswalk', inputs: ['alder.md', 'birch.md'].map((key) => ({ key, path: key })), settings: SETTINGS }));
  const end = await runs.settled(id);
  const asked = end.metrics.filter(({ calls }) => calls > 0);
  expect(asked.map(({ operation, estimated: isEstimate }) => [operation, isEstimate])).toEqual([['verify', estimated]]);
  expect(costWords(end)).toMatch(words);
  const output = value(await runs.output([id]));
  expect(output.runs[0]?.metrics.filter(({ calls }) => calls > 0).map((metric) => metric.estimated)).toEqual([estimated]);
  expect(/about \$/u.test(renderReport(output))).toBe(estimated);
});
