import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CollateDocument } from '../server/src/engine/documents/document.ts';
import { readText } from '../server/src/engine/documents/readDocument.ts';
import { runCrosswalk } from './runCrosswalk.ts';
import { scoreAdoption } from './sampleAdoption.ts';
import { figuresOf, type ExpectedPlans, type PlanFigures } from './samplePlans.ts';

const PACKAGES = new URL('../samples/packages/', import.meta.url);

function text(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, PACKAGES)), 'utf8');
}

function sample(name: string): CollateDocument {
  const read = readText({ key: name, path: name, text: text(name) });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

export interface PackageFigures extends PlanFigures {
  /** Printed numbers that a person names and the reader finds no unit for. */
  readonly unread: readonly string[];
}

/** Runs the crosswalk of the package whose target is text taken from a PDF. */
export async function scorePackages(): Promise<PackageFigures> {
  const expected = JSON.parse(text('cedar-dogwood.expected.json')) as ExpectedPlans;
  const source = sample(expected.source);
  const target = sample(expected.target);
  const result = await runCrosswalk(source, target);
  const numbers = new Map(target.units.map((unit) => [unit.key, unit.number ?? '']));
  const rows = new Map(source.units.map((unit) => [unit.number ?? '', result.matches.find(({ sourceId }) => sourceId === unit.key)]));
  const read = new Set(numbers.values());
  const named = new Set([...expected.pairs.flatMap(({ targets }) => targets), ...expected.new]);
  return { ...figuresOf(expected, rows, numbers), unread: [...named].filter((number) => !read.has(number)) };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** Prints the figures; no floor is set on them yet. */
export async function printPackages(): Promise<void> {
  const { pairs, recallAt1, precision, recall, planted, calm, missing, unread } = await scorePackages();
  const list = (numbers: readonly string[]): string => (numbers.length === 0 ? '' : ` (${numbers.join(', ')})`);
  console.log(`sample package: ${pairs} pairs, best candidate right ${percent(recallAt1)}, claimed targets right ${percent(precision)}, found ${percent(recall)}; ${unread.length} target provisions not read${list(unread)}`);
  console.log(`    ${planted.total} planted differences of effect: ${planted.changed} named, ${planted.abstained} left for review, ${planted.calledSame.length} called the same${list(planted.calledSame)}`);
  console.log(`    same or reworded: ${calm.right} of ${calm.total} right; missing: ${missing.found} of ${missing.expected} found, ${missing.wrong.length} wrong${list(missing.wrong)}`);
  await printAdoption(list);
}

async function printAdoption(list: (numbers: readonly string[]) => string): Promise<void> {
  const { figures } = await scoreAdoption();
  const { pairs, recallAt1, precision, recall, planted, plantedMissing, calm, equal, missing, unread } = figures;
  console.log(`sample adoption agreements: ${pairs} pairs, best candidate right ${percent(recallAt1)}, claimed targets right ${percent(precision)}, found ${percent(recall)}; ${unread.length} fields not read${list(unread)}`);
  console.log(`    ${planted.total} planted differences of answer: ${planted.changed} named, ${planted.abstained} left for review, ${plantedMissing.length} called missing${list(plantedMissing)}, ${planted.calledSame.length} called the same${list(planted.calledSame)}`);
  console.log(`    same or reworded: ${calm.right} of ${calm.total} right; of the ${equal.total} that are, ${equal.right} said so, ${equal.abstained} left for review, ${equal.calledChanged.length} called changed${list(equal.calledChanged)}`);
  console.log(`    missing: ${missing.found} of ${missing.expected} found, ${missing.wrong.length} wrong${list(missing.wrong)}`);
}
