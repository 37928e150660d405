import { describe, expect, it } from 'vitest';
import { documentReferences, numberingOf, pageFurniture, readEditorText } from '../../../server/src/engine/index.ts';
import type { DocumentKind } from '../../../shared/model.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { value } from '../runs/scenarios.ts';

const numbered = (n: number): string => `${String(1 + Math.floor(n / 50))}.${String(1 + (n % 50))}`;

const TEXTS: readonly (readonly [name: string, kind: DocumentKind, section: (n: number) => string])[] = [
  ['headings', 'document', (n) => `## ${numbered(n)} Title ${String(n)}\n\nMember ${String(n)} vests at once.\n`],
  ['terms in quotes with marks inside', 'document', (n) => `## "Term **of** ${String(n)}"\n\nIt is paid then.\n`],
  ['definitions', 'basicPlanDocument', (n) => `${numbered(n)} "Term ${String(n)}" means what Section ${numbered(n % 30)} says.\n`],
  ['references to both documents', 'basicPlanDocument', (n) => `## ${numbered(n)} Title\n\nSee Section ${numbered(n % 30)} and Section ${String(1 + (n % 30))} of the Adoption Agreement.\n`],
  ['references to both documents, of any kind', 'document', (n) => `## ${numbered(n)} Title\n\nSee Section ${numbered(n % 30)} and Section ${String(1 + (n % 30))} of the Adoption Agreement.\n`],
  ['questions', 'adoptionAgreement', (n) => `## ${numbered(n)} Is member ${String(n)} vested?\n\n[ ] Yes [x] No (Plan Section ${numbered(n % 30)}) ____\n`],
  ['tables', 'document', (n) => `## ${numbered(n)} Title\n\n| a | b |\n|---|---|\n| ${String(n)} | 2 |\n`],
];

/** What is looked at by those methods that look at all of a list or a text: elements, and characters. */
function worked(work: () => void): number {
  let count = 0;
  const lists = ['some', 'every', 'find', 'findIndex', 'findLast', 'filter'] as const;
  const [arrays, strings] = [Array.prototype as unknown as Record<string, unknown>, String.prototype as unknown as Record<string, unknown>];
  const before = [...lists.map((name) => [arrays, name, arrays[name]] as const), ...(['indexOf', 'includes'] as const).map((name) => [strings, name, strings[name]] as const)];
  for (const name of lists) {
    const original = arrays[name] as (this: unknown, look: (...of: unknown[]) => unknown) => unknown;
    arrays[name] = function (this: unknown, look: (...of: unknown[]) => unknown): unknown {
      return original.call(this, (...of) => {
        count += 1;
        return look(...of);
      });
    };
  }
  const { indexOf, includes } = String.prototype;
  strings['indexOf'] = function (this: string, sought: string, from = 0): number {
    const at = indexOf.call(this, sought, from);
    count += (at === -1 ? this.length : at) - from;
    return at;
  };
  strings['includes'] = function (this: string, sought: string, from = 0): boolean {
    count += this.length - from;
    return includes.call(this, sought, from);
  };
  try {
    work();
  } finally {
    for (const [owner, name, original] of before) owner[name] = original;
  }
  return count;
}

/** All an open document is read for, of so many sections. */
function readAll(sections: number, kind: DocumentKind, section: (n: number) => string): void {
  const text = Array.from({ length: sections }, (_, n) => section(n)).join('\n');
  const document = value(readEditorText({ path: 'a.md', key: 'a.md', kind, text }, DEFAULT_SETTINGS));
  if (document.units.length < sections) throw new Error(`Only ${String(document.units.length)} of ${String(sections)} sections are units.`);
  numberingOf(document.units);
  documentReferences(document);
  pageFurniture(text);
}

describe('a document of four times as many sections', () => {
  it.each(TEXTS)('takes about four times the work: %s', (_, kind, section) => {
    const [few, many] = [500, 2_000].map((sections) => worked(() => readAll(sections, kind, section)));
    expect((many ?? 0) / (few ?? 1)).toBeLessThan(5);
  });
});
