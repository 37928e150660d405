import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Match, Relation } from '../shared/model.ts';
import type { CollateDocument } from '../server/src/engine/documents/document.ts';
import { readText } from '../server/src/engine/documents/readDocument.ts';
import { unitNumbers } from './unitNumbers.ts';
import { runCrosswalk, type CrosswalkResult } from './runCrosswalk.ts';

/** What a person says of the two sample plans; provisions go by their printed numbers. */
export interface ExpectedPlans {
  readonly source: string;
  readonly target: string;
  readonly pairs: readonly {
    readonly source: string;
    readonly targets: readonly string[];
    readonly relation: Relation;
    readonly moved: boolean;
    readonly differences?: readonly { readonly kind: string; readonly source: string; readonly target: string }[];
  }[];
  readonly missing: readonly string[];
  readonly new: readonly string[];
}

export interface PlanFigures {
  readonly pairs: number;
  /** Share of the pairs whose best candidate is one of the right targets. */
  readonly recallAt1: number;
  /** Of the targets claimed, the share that is right; of the right ones, the share claimed. */
  readonly precision: number;
  readonly recall: number;
  /** Planted differences: named with another effect, left for review, and called the same: the mistake that costs most. */
  readonly planted: { readonly total: number; readonly changed: number; readonly abstained: number; readonly calledSame: readonly string[] };
  /** Rows decided `same` or `reworded`, and the share of them of which a person says so too. */
  readonly calm: { readonly total: number; readonly right: number };
  readonly missing: { readonly expected: number; readonly found: number; readonly wrong: readonly string[] };
}

const SAMPLES = new URL('../samples/plans/', import.meta.url);

function sample(name: string): CollateDocument {
  const read = readText({ key: name, path: name, text: readFileSync(fileURLToPath(new URL(name, SAMPLES)), 'utf8') });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

export function expectedPlans(): ExpectedPlans {
  return JSON.parse(readFileSync(fileURLToPath(new URL('alder-birch.expected.json', SAMPLES)), 'utf8')) as ExpectedPlans;
}

/** Runs the crosswalk of the two sample plans and holds it against what a person says. */
export async function scorePlans(): Promise<{ readonly figures: PlanFigures; readonly result: CrosswalkResult }> {
  const expected = expectedPlans();
  const source = sample(expected.source);
  const target = sample(expected.target);
  const result = await runCrosswalk(source, target);
  const numbers = unitNumbers(target.units);
  const rows = new Map([...unitNumbers(source.units)].map(([key, number]) => [number, result.matches.find(({ sourceId }) => sourceId === key)]));
  return { figures: figuresOf(expected, rows, numbers), result };
}

export function figuresOf(expected: Pick<ExpectedPlans, 'missing'> & { readonly pairs: readonly Omit<ExpectedPlans['pairs'][number], 'moved'>[] }, rows: ReadonlyMap<string, Match | undefined>, numbers: ReadonlyMap<string, string>): PlanFigures {
  const targetsOf = (match: Match | undefined): readonly string[] => match?.targets.map(({ targetId }) => numbers.get(targetId) ?? '') ?? [];
  let first = 0;
  let rightClaims = 0;
  let claims = 0;
  let changed = 0;
  let abstained = 0;
  let calm = 0;
  let rightCalm = 0;
  const calledSame: string[] = [];
  const wrongMissing: string[] = [];
  for (const pair of expected.pairs) {
    const match = rows.get(pair.source);
    const [best] = match?.candidates ?? [];
    if (best !== undefined && pair.targets.includes(numbers.get(best.targetId) ?? '')) first += 1;
    rightClaims += targetsOf(match).filter((number) => pair.targets.includes(number)).length;
    const isCalm = match?.relation === 'same' || match?.relation === 'reworded';
    if (isCalm) {
      calm += 1;
      if (pair.relation === 'same' || pair.relation === 'reworded') rightCalm += 1;
    }
    if (pair.relation === 'changed') {
      if (isCalm) calledSame.push(pair.source);
      else if (match?.relation === 'changed') changed += 1;
      else if (match?.outcome === 'abstained') abstained += 1;
    }
    if (match?.relation === 'missing') wrongMissing.push(pair.source);
  }
  for (const match of rows.values()) claims += targetsOf(match).length;
  const right = expected.pairs.reduce((sum, { targets }) => sum + targets.length, 0);
  const planted = expected.pairs.filter(({ relation }) => relation === 'changed').length;
  return {
    pairs: expected.pairs.length,
    recallAt1: first / expected.pairs.length,
    precision: rightClaims / Math.max(1, claims),
    recall: rightClaims / right,
    planted: { total: planted, changed, abstained, calledSame },
    calm: { total: calm, right: rightCalm },
    missing: { expected: expected.missing.length, found: expected.missing.filter((number) => rows.get(number)?.relation === 'missing').length, wrong: wrongMissing },
  };
}
