import { join } from 'node:path';
import { oneLine, type Correction } from '../engine/index.ts';
import { UsageError } from '../usageError.ts';

/** What each action must say besides where. */
const ACTIONS: Readonly<Record<Correction['action'], string | null>> = { join: null, split: 'before', heading: 'line', type: 'type' };
const ADDRESS = ['unit', 'hash', 'words'];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function actionOf(value: unknown): Correction['action'] | null {
  return typeof value === 'string' && Object.hasOwn(ACTIONS, value) ? (value as Correction['action']) : null;
}

function correctionOf(value: unknown, where: string): { readonly document: string; readonly correction: Correction } {
  const refuse = (what: string): never => {
    throw new UsageError(`${where} ${what}`);
  };
  if (!isRecord(value)) return refuse('is not a correction: { "document": "old.md", "action": "join", "words": "its first words" }.');
  const action = actionOf(value['action']);
  if (action === null) return refuse(`has no action that is known; it can be ${Object.keys(ACTIONS).join(', ')}.`);
  const { document } = value;
  if (!isText(document)) return refuse('names no "document".');
  const needed = ACTIONS[action];
  const known = ['document', 'action', ...ADDRESS, ...(needed === null ? [] : [needed])];
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined) return refuse(`(${action}): "${oneLine(stranger)}" is not understood.`);
  const empty = known.find((name) => value[name] !== undefined && !isText(value[name]));
  if (empty !== undefined) return refuse(`(${action}): "${empty}" is text.`);
  if (needed !== null && value[needed] === undefined) return refuse(`(${action}) needs "${needed}".`);
  if (needed !== 'before' && needed !== 'line' && value['words'] === undefined && (value['unit'] === undefined || value['hash'] === undefined)) {
    return refuse(`(${action}) needs "words" of the unit, or its "unit" key with the "hash" it had: a key alone may be another unit after an edit.`);
  }
  const { document: _document, ...correction } = value;
  return { document, correction: correction as unknown as Correction };
}

/** Reads the corrections of a file as they are typed, by absolute path of their document. `folder` is the file's own. */
export function readCorrections(value: unknown, typed: string, folder: string): ReadonlyMap<string, readonly Correction[]> {
  if (!Array.isArray(value)) throw new UsageError(`${typed}: "corrections" is a list.`);
  const byDocument = new Map<string, Correction[]>();
  value.forEach((one: unknown, at) => {
    const { document, correction } = correctionOf(one, `${typed}: correction ${String(at + 1)}`);
    const path = join(folder, document);
    const own = byDocument.get(path);
    if (own === undefined) byDocument.set(path, [correction]);
    else own.push(correction);
  });
  return byDocument;
}
