import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { oneLine } from '../engine/index.ts';
import { UsageError } from './session.ts';

/** The two plans of a conversion file as paths, and what of the file is not done. */
export interface Conversion {
  readonly source: string;
  readonly target: string;
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

/** Reads a conversion file (schemas/conversion.schema.json). `path` is absolute; `typed` is how the user knows it. */
export async function readConversion(path: string, typed: string): Promise<Conversion> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    throw new UsageError(code === 'ENOENT' ? `${typed} is not there.` : `${typed} cannot be read: ${oneLine(thrown instanceof Error ? thrown.message : String(thrown))}`);
  }
  const value = parsed(text, typed);
  const [stranger] = unknownNames(value, ['$schema', ...SIDES]);
  if (stranger !== undefined) throw new UsageError(`${typed} names "${oneLine(stranger)}", which this version cannot do. It takes source and target: ${EXAMPLE}`);
  const [source, target] = SIDES.map((side) => {
    const one = value[side];
    const plan = isRecord(one) ? one['plan'] : undefined;
    if (!isRecord(one) || typeof plan !== 'string' || plan === '') throw new UsageError(`${typed} has no plan in "${side}". It looks like this: ${EXAMPLE}`);
    const [extra] = unknownNames(one, ['plan', 'adoption']);
    if (extra !== undefined || !optionalPath(one['adoption'])) throw new UsageError(`${typed}, "${side}": "${oneLine(extra ?? 'adoption')}" is not understood. A package has a plan and may have an adoption agreement, both paths.`);
    return { plan: join(dirname(path), plan), adoption: one['adoption'] !== undefined };
  }) as [Package, Package];
  const left = source.adoption || target.adoption ? `The adoption agreements ${typed} names are not compared yet; the plans are.` : '';
  return { source: source.plan, target: target.plan, left };
}

interface Package {
  readonly plan: string;
  readonly adoption: boolean;
}
