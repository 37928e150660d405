import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { DocumentKind } from '../../../shared/model.ts';
import type { RunInput } from '../engine/index.ts';

/**
 * The key a document goes by: its path relative to the folder, with `/`; outside of the folder its absolute path, so
 * that two documents of one name never share a key. The same file gives the same key however it was typed.
 */
export function documentKey(folder: string, path: string): string {
  const absolute = resolve(folder, path);
  const inside = relative(folder, absolute);
  const outside = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return (outside ? absolute : inside).split(sep).join('/');
}

/** A typed path as the engine takes it. */
export function runInput(folder: string, path: string, kind: DocumentKind | null): RunInput {
  return { key: documentKey(folder, path), path: resolve(folder, path), ...(kind === null ? {} : { kind }) };
}

/** Inputs without repeats, in the order typed. */
export function distinctInputs(inputs: readonly RunInput[]): readonly RunInput[] {
  const seen = new Set<string>();
  return inputs.filter(({ key }) => !seen.has(key) && seen.add(key));
}
