import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Unit } from '../shared/model.ts';
import { readText } from '../server/src/engine/documents/readDocument.ts';
import type { CollateDocument } from '../server/src/engine/documents/document.ts';
import { runCrosswalk, type CrosswalkResult } from './runCrosswalk.ts';
import { figuresOf, type ExpectedPlans, type PlanFigures } from './samplePlans.ts';

type Pair = ExpectedPlans['pairs'][number];

/** What a person says of two adoption agreements; fields go by their printed numbers, see `fieldNumbers`. */
export interface ExpectedAdoption extends Omit<ExpectedPlans, 'pairs'> {
  readonly pairs: readonly Omit<Pair, 'moved'>[];
}

const PACKAGES = new URL('../samples/packages/', import.meta.url);

function text(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, PACKAGES)), 'utf8');
}

export function expectedAdoption(): ExpectedAdoption {
  return (JSON.parse(text('cedar-dogwood.adoption.expected.json')) as { readonly adoption: ExpectedAdoption }).adoption;
}

export function readAgreement(name: string): CollateDocument {
  const read = readText({ key: name, path: name, text: text(name), kind: 'adoptionAgreement' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

/** What a person calls each field, by its key: the printed number; a line to fill in goes by the item above and its name, as `73 Title`. */
export function fieldNumbers(units: readonly Pick<Unit, 'key' | 'kind' | 'number' | 'title'>[]): ReadonlyMap<string, string> {
  let above = '';
  const names = new Map<string, string>();
  for (const { key, kind, number, title } of units) {
    if (number !== undefined) above = number;
    if (kind === 'field') names.set(key, number ?? `${above} ${title ?? ''}`.trim());
  }
  return names;
}

export interface AdoptionFigures extends PlanFigures {
  /** Planted differences that are claimed to have no counterpart: of these the row says nothing. */
  readonly plantedMissing: readonly string[];
  /** Pairs a person calls the same or a rewording: said so, left for review, called changed. */
  readonly equal: { readonly total: number; readonly right: number; readonly abstained: number; readonly calledChanged: readonly string[] };
  /** Fields that a person names and the reader does not find. */
  readonly unread: readonly string[];
}

/** Runs the crosswalk of the two sample adoption agreements and holds it against what a person says. */
export async function scoreAdoption(): Promise<{ readonly figures: AdoptionFigures; readonly result: CrosswalkResult }> {
  const expected = expectedAdoption();
  const source = readAgreement(expected.source);
  const target = readAgreement(expected.target);
  const result = await runCrosswalk(source, target);
  const numbers = fieldNumbers(target.units);
  const bySource = new Map(result.matches.map((match) => [match.sourceId, match]));
  const rows = new Map([...fieldNumbers(source.units)].map(([key, number]) => [number, bySource.get(key)]));
  const read = new Set(numbers.values());
  const named = new Set([...expected.pairs.flatMap(({ targets }) => targets), ...expected.new]);
  const unread = [...named].filter((number) => !read.has(number));
  unread.push(...[...expected.pairs.map((pair) => pair.source), ...expected.missing].filter((number) => !rows.has(number)));
  const isEqual = ({ relation }: { readonly relation: string | null }): boolean => relation === 'same' || relation === 'reworded';
  const equal = expected.pairs.filter(isEqual);
  const rowsOfEqual = equal.map((pair) => [pair.source, rows.get(pair.source)] as const);
  const figures: AdoptionFigures = {
    ...figuresOf(expected, rows, numbers),
    plantedMissing: expected.pairs.filter(({ source: number, relation }) => relation === 'changed' && rows.get(number)?.relation === 'missing').map((pair) => pair.source),
    equal: {
      total: equal.length,
      right: rowsOfEqual.filter(([, row]) => row !== undefined && isEqual(row)).length,
      abstained: rowsOfEqual.filter(([, row]) => row?.outcome === 'abstained').length,
      calledChanged: rowsOfEqual.filter(([, row]) => row?.relation === 'changed').map(([number]) => number),
    },
    unread,
  };
  return { figures, result };
}
