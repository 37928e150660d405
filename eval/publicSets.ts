import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** A public crosswalk with gold pairs. The files stay where they are; nothing of them is kept in the project. */
export interface PublicSet {
  readonly name: string;
  /** Sets of one family share their origin: calibration is checked by leaving out whole families. */
  readonly family: 'asvs' | 'csf' | 'reqtrace';
  readonly folder: string;
  /** Only the units that can be assessed: the rest are headings. */
  readonly leaf: boolean;
}

export const PUBLIC_SETS: readonly PublicSet[] = [
  { name: 'ASVS 4 to 5', family: 'asvs', folder: 'xw-asvs-v4-to-v5', leaf: false },
  { name: 'CSF 1.1 to 2.0', family: 'csf', folder: 'xw-nist-csf11-to-csf20', leaf: true },
  { name: 'reqtrace cm1', family: 'reqtrace', folder: 'xw-reqtrace/cm1-nasa', leaf: false },
  { name: 'reqtrace gannt', family: 'reqtrace', folder: 'xw-reqtrace/gannt', leaf: false },
  { name: 'reqtrace modis', family: 'reqtrace', folder: 'xw-reqtrace/modisdataset', leaf: false },
  { name: 'reqtrace warc', family: 'reqtrace', folder: 'xw-reqtrace/warc', leaf: false },
];

export interface PublicRecord {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly path: readonly string[];
}

/** Folder of the public sets, or null where there is none. `COLLATE_EVAL_SETS` names another. */
export function setsFolder(): string | null {
  const folder = process.env['COLLATE_EVAL_SETS'] ?? fileURLToPath(new URL('../../shared/eval', import.meta.url));
  return existsSync(join(folder, 'score_crosswalk.py')) ? folder : null;
}

export interface LoadedSet {
  readonly set: PublicSet;
  readonly source: readonly PublicRecord[];
  readonly target: readonly PublicRecord[];
  /** By source: indices of its targets. */
  readonly gold: readonly ReadonlySet<number>[];
}

export function loadSet(folder: string, set: PublicSet): LoadedSet {
  const source = records(join(folder, set.folder, 'source.jsonl'), set.leaf);
  const target = records(join(folder, set.folder, 'target.jsonl'), set.leaf);
  const sourceAt = new Map(source.map((record, i) => [record.id, i]));
  const targetAt = new Map(target.map((record, j) => [record.id, j]));
  const gold = source.map(() => new Set<number>());
  const [, ...pairs] = readFileSync(join(folder, set.folder, 'gold.csv'), 'utf8').split('\n');
  for (const pair of pairs) {
    const [sourceId = '', targetId = ''] = pair.split(',').map((cell) => cell.trim());
    const i = sourceAt.get(sourceId);
    const j = targetAt.get(targetId);
    if (i !== undefined && j !== undefined) gold[i]?.add(j);
  }
  return { set, source, target, gold };
}

function records(file: string, leaf: boolean): PublicRecord[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '');
  return lines
    .map((line) => JSON.parse(line) as Partial<PublicRecord> & { readonly id: string; readonly assessable?: boolean })
    .filter((record) => !leaf || record.assessable !== false)
    .map(({ id, title = '', text = '', path = [] }) => ({ id, title, text, path }));
}
