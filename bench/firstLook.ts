/**
 * What a first look by a cheaper model saves: the sample plans with and without it, at list prices of a large and a small model of one
 * family. The models are fakes that count tokens as the engine estimates them and write answers of a usual length. A perfect look names
 * the one candidate the other model would choose; a wide one names the four nearest; one that keeps everything saves nothing.
 */
import { readFileSync } from 'node:fs';
import { createEngine, DEFAULT_SETTINGS, type Settings } from '../server/src/engine/index.ts';
import { estimateTokens } from '../server/src/engine/models/tokenCount.ts';
import type { CallResult, Completion, CompletionCall } from '../server/src/engine/ports.ts';
import { nodeClock, nodeYield } from '../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../server/src/adapters/nodeSleep.ts';
import type { Metric } from '../shared/model.ts';
import { askedRows, fakeModel, nearest, plainJudge, type AskedRow } from '../test/fakes/fakeModel.ts';
import { fakePorts } from '../test/fakes/fakePorts.ts';
import { report, type BenchRow } from './benches.ts';

const FAMILIES = [['gpt-4.1', 'gpt-4.1-mini'], ['gpt-4o', 'gpt-4o-mini']] as const;
const PAIRS = [
  ['alder-birch', 'plans/alder-basic-plan.md', 'plans/birch-basic-plan.md'],
  ['cedar-dogwood plan', 'packages/cedar/basic-plan.md', 'packages/dogwood/basic-plan.txt'],
  ['cedar-dogwood form', 'packages/cedar/adoption-agreement.md', 'packages/dogwood/adoption-agreement.txt'],
] as const;
/** Characters of a reason, so that an answer has the 280 tokens of the habits forecasts begin with. */
const REASON = 640;

type Look = (row: AskedRow) => readonly string[];
const LOOKS: readonly (readonly [name: string, look: Look])[] = [
  ['perfect', (row) => nearest(row).slice(0, 1)],
  ['wide', (row) => nearest(row).slice(0, 4)],
  ['keeps everything', ({ candidates }) => candidates.map(({ id }) => id)],
];

interface Ran {
  readonly verify: Metric;
  readonly prefilter: Metric | null;
  readonly costUsd: number;
}

async function run(source: string, target: string, [large, small]: readonly [string, string], look: Look | null): Promise<Ran> {
  const files = new Map([source, target].map((path) => [path, readFileSync(new URL(`../samples/${path}`, import.meta.url), 'utf8')]));
  const complete = async (call: CompletionCall): Promise<CallResult<Completion>> => {
    const items = askedRows(call).map((row) => {
      if (call.model === small) return { id: row.id, sameMatter: look?.(row) ?? [] };
      const answer = plainJudge(row) as { readonly why: string };
      return { ...answer, why: answer.why.padEnd(REASON, ' and so on') };
    });
    const text = JSON.stringify({ items });
    const tokensIn = call.messages.reduce((sum, { content }) => sum + estimateTokens(content), estimateTokens(JSON.stringify(call.schema.json)));
    return { ok: true, value: { text, finish: 'stop' }, usage: { tokensIn, tokensOut: estimateTokens(text), tokensCached: 0, estimated: false } };
  };
  const model = { ...fakeModel(), complete };
  const { runs } = createEngine({ ...fakePorts({ files, modelProvider: async () => ({ ok: true, value: model }) }), clock: nodeClock, sleep: nodeSleep, yieldToHost: nodeYield });
  const settings: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', budgetPerRun: 0, models: { ...DEFAULT_SETTINGS.models, verify: large, prefilter: look === null ? '' : small } };
  const started = await runs.start({ workflow: 'crosswalk', inputs: [source, target].map((path) => ({ key: path, path })), settings });
  if (!started.ok) throw new Error(started.failure.message);
  const { metrics, state, stateReason } = await runs.settled(started.value);
  const of = (operation: string): Metric | null => metrics.find((metric) => metric.operation === operation) ?? null;
  const verify = of('verify');
  if (verify === null || state !== 'done') throw new Error(`The run ended ${state}: ${stateReason ?? ''}`);
  return { verify, prefilter: of('prefilter'), costUsd: metrics.reduce((sum, { costUsd }) => sum + costUsd, 0) };
}

const started = performance.now();
const rows: BenchRow[] = [];
const percent = (now: number, before: number): string => `${now > before ? '+' : ''}${((now / before - 1) * 100).toFixed(0)} %`;
for (const family of FAMILIES) {
  for (const [name, source, target] of PAIRS) {
    const without = await run(source, target, family, null);
    for (const [kind, look] of LOOKS) {
      const ran = await run(source, target, family, look);
      const saves = ran.costUsd < without.costUsd;
      rows.push({
        name: `${name}, ${family.join(' and ')}, ${kind}`,
        asked: kind === 'keeps everything' ? 'not asked' : 'cheaper than without',
        reached: `${ran.prefilter?.items ?? 0} of ${without.verify.items} rows looked at; tokens to ${family[0]} ${ran.verify.tokensIn} in, ${ran.verify.tokensOut} out (${percent(ran.verify.tokensIn, without.verify.tokensIn)} in), ${ran.verify.calls} calls; in all $${ran.costUsd.toFixed(3)} (${percent(ran.costUsd, without.costUsd)})`,
        baseline: `${without.verify.tokensIn} in, ${without.verify.tokensOut} out, ${without.verify.calls} calls, $${without.costUsd.toFixed(3)}`,
        isMissed: kind !== 'keeps everything' && !saves,
      });
    }
  }
}
report((performance.now() - started) / 1_000, `${PAIRS.length} pairs of documents, ${FAMILIES.length} families of models`, { rows });
