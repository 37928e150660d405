import { readFileSync } from 'node:fs';
import { failureOf } from '../../../shared/failure.ts';
import { pathOf } from './home.ts';

/** A heading of docs/diagnostics.md names one code: `### crosswalk.changed`. */
const HEADING = /^#+ `?([\w.]+)`?\s*$/;

/** Where each diagnostic code is explained: the page with the line of its heading, which is how an editor opens a file. */
export function diagnosticDocs(page: string | undefined, unreadable: (reason: string) => void): (code: string) => string | null {
  const path = page === undefined ? null : pathOf(page);
  if (page === undefined || path === null) return () => null;
  const lines = new Map<string, number>();
  for (const [index, line] of textOf(path, unreadable).split('\n').entries()) {
    const code = HEADING.exec(line)?.[1];
    if (code !== undefined) lines.set(code, index + 1);
  }
  return (code) => {
    const line = lines.get(code);
    return line === undefined ? null : `${page}#L${line}`;
  };
}

/** Diagnostics are worth more than their explanations: without the page they have no link. */
function textOf(path: string, unreadable: (reason: string) => void): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    unreadable(`Diagnostic codes have no links: ${failureOf(thrown).message}`);
    return '';
  }
}
