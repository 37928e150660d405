import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { oneLine, type Correction, type TypeGroups } from '../engine/index.ts';
import { readCorrections } from './corrections.ts';
import { UsageError } from '../usageError.ts';
import { readTypeGroups } from './typeGroups.ts';

/** Two documents to compare, as absolute paths. */
export interface DocumentPair {
  readonly source: string;
  readonly target: string;
  /** What the file says they are; the plans are told by their content. */
  readonly kind: 'adoptionAgreement' | null;
}

/** A plan and its adoption agreement, as absolute paths. */
export interface Package {
  readonly plan: string;
  readonly adoption: string | null;
}

/** What a conversion file asks for: the plans, and the adoption agreements where both packages name one. */
export interface Conversion {
  readonly pairs: readonly DocumentPair[];
  /** The documents of either side, source first: a plan sends its reader to the adoption agreement of its own side. */
  readonly packages: readonly [Package, Package];
  /** By absolute path of the document. */
  readonly corrections: ReadonlyMap<string, readonly Correction[]>;
  /** Provision types that may answer each other; null where the file leaves that to the engine. */
  readonly typeGroups: TypeGroups | null;
  /** A sentence on what is named and not compared; empty where everything is. */
  readonly left: string;
}

const EXAMPLE = '{ "source": { "plan": "old.md" }, "target": { "plan": "new.md" } }';
const SIDES = ['source', 'target'] as const;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names that are not `known`, so that a slip of the pen is told and not passed over. */
function unknownNames(value: Readonly<Record<string, unknown>>, known: readonly string[]): readonly string[] {
  return Object.keys(value).filter((name) => !known.includes(name));
}

function parsed(text: string, path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (thrown) {
    throw new UsageError(`${path} is not JSON: ${oneLine(thrown instanceof Error ? thrown.message : String(thrown))}`);
  }
  if (!isRecord(value)) throw new UsageError(`${path} is not a conversion. It looks like this: ${EXAMPLE}`);
  return value;
}

function optionalPath(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value !== '');
}

async function textOf(path: string, typed: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    throw new UsageError(code === 'ENOENT' ? `${typed} is not there.` : `${typed} cannot be read: ${oneLine(thrown instanceof Error ? thrown.message : String(thrown))}`);
  }
}

/** The corrections of a file by absolute path of their document, whatever else it holds. */
export async function readCorrectionsFile(path: string, typed: string): Promise<ReadonlyMap<string, readonly Correction[]>> {
  const value = parsed(await textOf(path, typed), typed);
  if (value['corrections'] === undefined) throw new UsageError(`${typed} has no "corrections".`);
  return readCorrections(value['corrections'], typed, dirname(path));
}

/** Reads a conversion file (schemas/conversion.schema.json). `path` is absolute; `typed` is how the user knows it. */
export async function readConversion(path: string, typed: string): Promise<Conversion> {
  const value = parsed(await textOf(path, typed), typed);
  const folder = dirname(path);
  const [stranger] = unknownNames(value, ['$schema', ...SIDES, 'corrections', 'typeGroups']);
  if (stranger !== undefined) throw new UsageError(`${typed} names "${oneLine(stranger)}", which this version cannot do. It takes source, target, corrections and typeGroups: ${EXAMPLE}`);
  const [source, target] = SIDES.map((side) => {
    const one = value[side];
    const plan = isRecord(one) ? one['plan'] : undefined;
    if (!isRecord(one) || typeof plan !== 'string' || plan === '') throw new UsageError(`${typed} has no plan in "${side}". It looks like this: ${EXAMPLE}`);
    const [extra] = unknownNames(one, ['plan', 'adoption']);
    if (extra !== undefined || !optionalPath(one['adoption'])) throw new UsageError(`${typed}, "${side}": "${oneLine(extra ?? 'adoption')}" is not understood. A package has a plan and may have an adoption agreement, both paths.`);
    return { plan: join(folder, plan), adoption: one['adoption'] === undefined ? null : join(folder, one['adoption']) };
  }) as [Package, Package];
  const pairs: DocumentPair[] = [{ source: source.plan, target: target.plan, kind: null }];
  if (source.adoption !== null && target.adoption !== null) pairs.push({ source: source.adoption, target: target.adoption, kind: 'adoptionAgreement' });
  const corrections = value['corrections'] === undefined ? new Map<string, readonly Correction[]>() : readCorrections(value['corrections'], typed, folder);
  const named = new Set([source.plan, target.plan, source.adoption, target.adoption]);
  const foreign = [...corrections.keys()].find((document) => !named.has(document));
  if (foreign !== undefined) throw new UsageError(`${typed} corrects ${relative(folder, foreign)}, which is no document of its packages.`);
  const typeGroups = value['typeGroups'] === undefined ? null : readTypeGroups(value['typeGroups'], typed, [...corrections.values()].flat());
  return { pairs, packages: [source, target], corrections, typeGroups, left: leftOut(source, target, typed) };
}

/** What is said where one package only has an adoption agreement. */
function leftOut(source: Package, target: Package, typed: string): string {
  if ((source.adoption === null) === (target.adoption === null)) return '';
  const [has, lacks] = source.adoption === null ? ['target', 'source'] : ['source', 'target'];
  return `${typed} names an adoption agreement of the ${has} only, so elections are not compared; the plans are. Name the one of the ${lacks} to have both compared.`;
}
