import { describe, expect, it } from 'vitest';
import { kindFor } from '../../../server/src/engine/documents/kinds.ts';
import { ownWords, read } from './read.ts';

describe('JSONL records', () => {
  const text = [
    '{"id":"r-1","title":"Entry","text":"An \\"Employee\\"\\nmay enter.","path":["Part I","Service"]}',
    'not json',
    '',
    '{"id":"r-1","text":"Second with the same id."}',
    '{"title":"no text"}',
  ].join('\n');

  it('are a unit a line, on the line of the file, with the words as they are meant', () => {
    const document = read(text, 'a.jsonl');
    expect(document.units.map((unit) => [unit.id, unit.title, unit.path, unit.span.line])).toEqual([
      ['r-1', 'Entry', ['Part I', 'Service'], 1],
      ['r-1', undefined, undefined, 4],
    ]);
    expect(ownWords(document, 0)).toBe('An "Employee" may enter.');
    expect(new Set(document.units.map((unit) => unit.key)).size).toBe(2);
  });

  it('that cannot be read are named with their place; the rest is read', () => {
    expect(read(text, 'a.jsonl').problems.map((problem) => [problem.severity, problem.message, problem.span?.line])).toEqual([
      ['error', 'Line 2 is not JSON; it was left out.', 2],
      ['error', 'Line 5 has no "text"; it was left out.', 5],
      ['warning', 'The id "r-1" stands on more than one line.', 4],
    ]);
  });
});

describe('kinds', () => {
  it('given by glob win in their order', () => {
    const globs = { 'interviews/**/*.txt': 'transcript', '*.txt': 'document' } as const;
    expect(kindFor('interviews/a/b.txt', globs)).toBe('transcript');
    expect(kindFor('notes/b.txt', globs)).toBe('document');
    expect(kindFor('b.md', globs)).toBeUndefined();
  });
});
